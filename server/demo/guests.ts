import type { Device } from "../../shared/model/people.ts";

/** Pages of the shop by short name, so that trails read at a glance. */
export const shopPages = {
  home: { path: "/", title: "Larchwell: quiet rooms for loud offices" },
  rooms: { path: "/rooms.html", title: "The rooms: Solo, Duet and Quartet | Larchwell" },
  pricing: { path: "/pricing.html", title: "Prices | Larchwell" },
  story: {
    path: "/case-study.html",
    title: "The Harbour Courier: a newsroom lowers its voice | Larchwell",
  },
  contact: { path: "/contact.html", title: "Talk to a person | Larchwell" },
} as const;

export type ShopPage = keyof typeof shopPages;

/** An invented visitor with a past. */
export type DemoGuest = {
  key: string;
  /** Null: never said. */
  name: string | null;
  email: string | null;
  zone: string;
  language: string;
  device: Device;
  source: string;
  trail: readonly ShopPage[];
  visits: number;
  /** When the latest visit ended; a guest with a talk came for that talk instead. */
  minutesAgo: number;
};

const mac: Device = { kind: "desktop", browser: "Safari", os: "macOS" };
const windows: Device = { kind: "desktop", browser: "Chrome", os: "Windows" };
const windowsEdge: Device = { kind: "desktop", browser: "Microsoft Edge", os: "Windows" };
const linux: Device = { kind: "desktop", browser: "Firefox", os: "Linux" };
const phone: Device = { kind: "phone", browser: "Safari", os: "iOS" };
const android: Device = { kind: "phone", browser: "Chrome", os: "Android" };
const tablet: Device = { kind: "tablet", browser: "Safari", os: "iPadOS" };

function guest(
  key: string,
  name: string | null,
  email: string | null,
  [zone, language]: readonly [string, string],
  device: Device,
  source: string,
  trail: readonly ShopPage[],
  visits = 1,
  minutesAgo = 7_000,
): DemoGuest {
  return { key, name, email, zone, language, device, source, trail, visits, minutesAgo };
}

const berlin = ["Europe/Berlin", "de-DE"] as const;
const paris = ["Europe/Paris", "fr-FR"] as const;
const london = ["Europe/London", "en-GB"] as const;
const newYork = ["America/New_York", "en-US"] as const;
const chicago = ["America/Chicago", "en-US"] as const;
const losAngeles = ["America/Los_Angeles", "en-US"] as const;
const sydney = ["Australia/Sydney", "en-AU"] as const;
const auckland = ["Pacific/Auckland", "en-NZ"] as const;
const mumbai = ["Asia/Kolkata", "en-IN"] as const;

export const demoGuests: readonly DemoGuest[] = [
  guest(
    "hanne",
    "Hanne Vestergaard",
    "hanne@fjordline-legal.example",
    ["Europe/Copenhagen", "da-DK"],
    mac,
    "search · quiet-office",
    ["home", "rooms", "pricing"],
    3,
  ),
  guest(
    "rafael",
    "Rafael Quintanilla",
    "rafael@brightacre.example",
    newYork,
    windows,
    "Direct",
    ["pricing", "contact"],
    2,
  ),
  guest(
    "noor",
    "Noor El-Amin",
    "noor.elamin@kitefield.example",
    london,
    phone,
    "newsletter · autumn-plans",
    ["rooms", "story", "pricing"],
    4,
  ),
  guest(
    "piotr",
    "Piotr Zalewski",
    "piotr@zalewski-architekci.example",
    ["Europe/Warsaw", "pl-PL"],
    windows,
    "room-compare",
    ["rooms", "rooms", "contact"],
    6,
  ),
  guest(
    "grace",
    "Grace Adeyemi-Ross",
    "grace@tallowmere.example",
    chicago,
    mac,
    "workplace-weekly · newsroom",
    ["story", "rooms", "pricing"],
    2,
  ),
  guest(
    "lukas",
    "Lukas Steinbrecher",
    "l.steinbrecher@nordhafen.example",
    berlin,
    windowsEdge,
    "search · quiet-office",
    ["home", "pricing"],
    1,
  ),
  guest(
    "sunita",
    "Sunita Raghavan",
    "sunita@mangrovesoft.example",
    mumbai,
    windows,
    "Direct",
    ["home", "rooms", "pricing", "contact"],
    3,
  ),
  guest(
    "oliver",
    "Oliver Penhaligon",
    "oliver@penandvale.example",
    sydney,
    mac,
    "lookaround.example",
    ["rooms", "contact"],
    2,
  ),
  guest(
    "camille",
    "Camille Durand-Leroy",
    "camille@atelier-septentrion.example",
    paris,
    tablet,
    "newsletter · autumn-plans",
    ["home", "rooms"],
    5,
  ),
  guest(
    "wren",
    "Wren Castellane",
    "wren@pollen-audio.example",
    losAngeles,
    mac,
    "workplace-weekly · newsroom",
    ["story", "rooms", "pricing", "contact"],
    2,
  ),
  guest(
    "tomas",
    "Tomás Ibarra",
    "tomas@cordillera-bank.example",
    ["America/Bogota", "es-CO"],
    windows,
    "search · quiet-office",
    ["home", "rooms"],
    1,
  ),
  guest(
    "aroha",
    "Aroha Tamihana",
    "aroha@southstar-council.example",
    auckland,
    windowsEdge,
    "Direct",
    ["pricing", "contact"],
    2,
  ),
  guest(
    "viktor",
    "Viktor Halvorsen",
    "viktor@isbre.example",
    ["Europe/Oslo", "nb-NO"],
    linux,
    "lookaround.example",
    ["rooms", "rooms"],
    3,
  ),
  guest(
    "dana",
    "Dana Whitlock",
    "dana.whitlock@cedarparish.example",
    newYork,
    phone,
    "search · quiet-office",
    ["home", "pricing", "contact"],
    1,
  ),
  guest(
    "jun",
    "Jun Takamine",
    "jun@takamine-studio.example",
    ["Asia/Tokyo", "ja-JP"],
    mac,
    "Direct",
    ["home", "rooms", "story"],
    2,
  ),
  guest(
    "bea",
    "Beatriz Fontoura",
    "bea@fontoura-clinics.example",
    ["America/Sao_Paulo", "pt-BR"],
    windows,
    "room-compare",
    ["pricing", "rooms"],
    1,
  ),
  guest("elias", "Elias Brandt", "elias@nordhafen.example", berlin, android, "Direct", ["contact"], 2),
  guest(
    "priya",
    "Priya Deshmukh",
    "priya@lanternpay.example",
    mumbai,
    mac,
    "lookaround.example",
    ["home", "story", "pricing"],
    3,
  ),
  guest("quiet-one", null, null, london, phone, "search · quiet-office", ["pricing"], 1),
  guest(
    "marguerite",
    "Marguerite O'Shea",
    "marguerite@harbour-courier.example",
    ["Europe/Dublin", "en-IE"],
    mac,
    "Direct",
    ["contact"],
    9,
  ),
  guest(
    "felix",
    "Felix Aumüller",
    "felix@aumueller-optik.example",
    ["Europe/Vienna", "de-AT"],
    windows,
    "newsletter · autumn-plans",
    ["rooms", "pricing"],
    2,
  ),
  guest("passer-1", null, null, chicago, windows, "lookaround.example", ["home", "rooms"], 1, 1),
  guest("passer-2", null, null, paris, android, "search · quiet-office", ["home"], 1, 2),
  guest(
    "passer-3",
    null,
    null,
    sydney,
    mac,
    "workplace-weekly · newsroom",
    ["story", "home", "pricing"],
    2,
    3,
  ),
  guest(
    "passer-4",
    "Ingrid Solbakken",
    "ingrid@solbakken.example",
    ["Europe/Oslo", "nb-NO"],
    tablet,
    "Direct",
    ["rooms", "pricing", "rooms"],
    7,
    4,
  ),
];

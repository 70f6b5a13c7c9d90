import type { PortraitName } from "./portraits/portraits.ts";

/** A meeting of the demo. Days are the host's working days: 1 is the next after today, -1 the latest before today. */
export type DemoAppointment = {
  key: string;
  host: PortraitName;
  guest: string;
  workday: number;
  /** Minutes after the host's day begins, in half hours. */
  minute: number;
  note: string;
  /** The slug of its meeting type; left out: the host's usual meeting. */
  type?: string;
  isCancelled?: boolean;
};

export const demoAppointments: readonly DemoAppointment[] = [
  {
    key: "hanne-plan",
    host: "zoe",
    guest: "hanne",
    workday: 1,
    minute: 90,
    note: "Placement of two Solos, we bring the plan as a PDF.",
  },
  {
    key: "oliver-measure",
    host: "mei-lin",
    guest: "oliver",
    workday: 1,
    minute: 120,
    note: "Spiral staircase and a balcony. Please bring the straps.",
  },
  {
    key: "tomas-branch",
    host: "desmond",
    guest: "tomas",
    workday: 1,
    minute: 30,
    note: "Rooms for a bank branch, two floors.",
    type: "larchwell-first-look",
  },
  {
    key: "aroha-tender",
    host: "imogen",
    guest: "aroha",
    workday: 1,
    minute: 0,
    note: "Tender form, page one.",
  },
  {
    key: "grace-floor",
    host: "desmond",
    guest: "grace",
    workday: 2,
    minute: 330,
    note: "70 seats, sketches with and without rooms.",
    type: "larchwell-first-look",
  },
  {
    key: "sunita-builder",
    host: "arjun",
    guest: "sunita",
    workday: 2,
    minute: 60,
    note: "Our builder will join. Slate, two Quartets.",
  },
  {
    key: "camille-red",
    host: "zoe",
    guest: "camille",
    workday: 3,
    minute: 240,
    note: "The two test plates in red.",
  },
  {
    key: "lukas-rent",
    host: "zoe",
    guest: "lukas",
    workday: 2,
    minute: 60,
    note: "Renting a Duet.",
    isCancelled: true,
  },
  {
    key: "noor-landlord",
    host: "imogen",
    guest: "noor",
    workday: -1,
    minute: 300,
    note: "With the landlord: two more rooms.",
  },
  {
    key: "rafael-quote",
    host: "desmond",
    guest: "rafael",
    workday: -1,
    minute: 270,
    note: "Going through the quote.",
    type: "larchwell-first-look",
  },
  {
    key: "marguerite-floor",
    host: "imogen",
    guest: "marguerite",
    workday: -3,
    minute: 120,
    note: "Second floor.",
  },
  { key: "piotr-library", host: "zoe", guest: "piotr", workday: -2, minute: 180, note: "Library, drawings." },
];

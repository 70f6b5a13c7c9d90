import { portraits } from "../../server/demo/portraits/portraits.ts";
import { demoTeam } from "../../server/demo/team.ts";
import type { ConversationId, MemberId, VisitorId } from "../../shared/model/ids.ts";
import type { BoardVisitor, Device, TeamMember, VisitorState } from "../../shared/model/people.ts";
import type { VisitorProfile } from "../../shared/protocol/rep-events.ts";
import { MINUTE } from "../../shared/time/local-day.ts";

// Invented people for the gallery. Ids are made here, which is why this file says `as`.

export const memberId = (key: string) => key as MemberId;
export const visitorId = (key: string) => key as VisitorId;
export const conversationId = (key: string) => key as ConversationId;

const presences = ["available", "available", "busy", "away", "offline"] as const;

export const team: TeamMember[] = demoTeam.map((member, at) => ({
  id: memberId(member.key),
  firstName: member.firstName,
  lastName: member.lastName,
  jobTitle: member.jobTitle,
  photoUrl: `data:image/svg+xml,${encodeURIComponent(portraits[member.key])}`,
  presence: presences[at] ?? "offline",
  role: member.role,
  isReady: true,
  zone: member.hours.zone,
  openChats: [2, 1, 4, 0, 0][at] ?? 0,
  capacity: 4,
  hasMissedOffers: false,
}));

const mac: Device = { kind: "desktop", browser: "Safari", os: "macOS" };
const windows: Device = { kind: "desktop", browser: "Chrome", os: "Windows" };
const phone: Device = { kind: "phone", browser: "Safari", os: "iOS" };

const pages = [
  ["/", "Larchwell: quiet rooms for loud offices"],
  ["/rooms.html", "The rooms: Solo, Duet and Quartet | Larchwell"],
  ["/pricing.html", "Prices | Larchwell"],
  ["/case-study.html", "The Harbour Courier: a newsroom lowers its voice | Larchwell"],
  ["/contact.html", "Talk to a person | Larchwell"],
] as const;

type Sketch = {
  id: string;
  name: string | null;
  email: string | null;
  state: VisitorState;
  trail: readonly number[];
  source: string;
  minutes: number;
  zone: string;
  device: Device;
  visits: number;
  ownerId?: MemberId;
  conversationId?: string;
};

const sketches: Sketch[] = [
  {
    id: "v-mina",
    name: "Mina Sørensen",
    email: "mina@fjordline.example",
    state: "waiting",
    trail: [0, 1, 2],
    source: "Search: phone booth office",
    minutes: 6,
    zone: "Europe/Copenhagen",
    device: mac,
    visits: 3,
    conversationId: "c-mina",
  },
  {
    id: "v-anon1",
    name: null,
    email: null,
    state: "waiting",
    trail: [4],
    source: "Newsletter, November",
    minutes: 1,
    zone: "America/Sao_Paulo",
    device: phone,
    visits: 1,
    conversationId: "c-anon1",
  },
  {
    id: "v-hanne",
    name: "Hanne Vosskamp",
    email: "hanne@northquay.example",
    state: "chatting",
    trail: [0, 3, 1, 2, 4, 2],
    source: "",
    minutes: 34,
    zone: "Europe/Berlin",
    device: windows,
    visits: 5,
    ownerId: memberId("imogen"),
    conversationId: "c-hanne",
  },
  {
    id: "v-tomas",
    name: "Tomáš Křenek",
    email: null,
    state: "chatting",
    trail: [2],
    source: "Partner: deskworks.example",
    minutes: 12,
    zone: "Europe/Prague",
    device: windows,
    visits: 2,
    ownerId: memberId("zoe"),
    conversationId: "c-tomas",
  },
  {
    id: "v-anon2",
    name: null,
    email: null,
    state: "browsing",
    trail: [0, 1],
    source: "",
    minutes: 2,
    zone: "Asia/Kolkata",
    device: phone,
    visits: 1,
  },
  {
    id: "v-aroha",
    name: "Aroha Te Whata",
    email: "aroha@harbourcourier.example",
    state: "browsing",
    trail: [3, 1, 2],
    source: "Campaign: quiet week",
    minutes: 9,
    zone: "Pacific/Auckland",
    device: mac,
    visits: 8,
  },
  {
    id: "v-anon3",
    name: null,
    email: null,
    state: "browsing",
    trail: [0],
    source: "Search: acoustic meeting pod with ventilation",
    minutes: 0,
    zone: "America/New_York",
    device: windows,
    visits: 1,
  },
  {
    id: "v-long",
    name: "Wolfgang-Maximilian Freiherr von und zu Unterschönhausen",
    email: "w.m.unterschoenhausen@a-rather-long-company-name.example",
    state: "browsing",
    trail: [1, 2, 3, 4, 0, 1],
    source: "A campaign with a name that nobody would ever say aloud",
    minutes: 71,
    zone: "Europe/Vienna",
    device: mac,
    visits: 2,
  },
  {
    id: "v-left",
    name: null,
    email: null,
    state: "left",
    trail: [0, 2],
    source: "",
    minutes: 4,
    zone: "Europe/Lisbon",
    device: phone,
    visits: 1,
  },
];

export function boardVisitors(now: number): BoardVisitor[] {
  return sketches.map((sketch) => visitorOf(sketch, now));
}

/** As many as asked for, each a little different. */
export function manyVisitors(count: number, now: number): BoardVisitor[] {
  return Array.from({ length: count }, (_, at) => {
    const sketch = sketches[at % sketches.length];
    if (!sketch) throw new Error("no sketch");
    const { conversationId: _conversation, ownerId: _owner, ...rest } = sketch;
    return visitorOf({ ...rest, id: `v-many-${at}`, state: "browsing", minutes: at % 90 }, now);
  });
}

function visitorOf(sketch: Sketch, now: number): BoardVisitor {
  const startedAt = now - sketch.minutes * MINUTE - 20_000;
  const trail = sketch.trail.map((index, at) => ({
    url: `https://larchwell.example${pages[index]?.[0] ?? "/"}`,
    title: pages[index]?.[1] ?? "",
    at: startedAt + (at * sketch.minutes * MINUTE) / sketch.trail.length,
  }));
  const page = trail.at(-1) ?? { url: "https://larchwell.example/", title: "" };
  return {
    id: visitorId(sketch.id),
    name: sketch.name,
    email: sketch.email,
    page,
    trail: trail.slice(-5),
    pages: trail.length,
    source: sketch.source,
    startedAt,
    seenAt: now - (sketch.state === "left" ? 2 * MINUTE : 0),
    zone: sketch.zone,
    language: "de-DE",
    device: sketch.device,
    visits: sketch.visits,
    state: sketch.state,
    conversationId: sketch.conversationId ?? null,
    ownerId: sketch.ownerId ?? null,
  };
}

export function profileOf(visitor: BoardVisitor): VisitorProfile {
  return {
    ...visitor,
    firstSeenAt: visitor.startedAt - visitor.visits * 3 * 86_400_000,
    visitPages: visitor.trail,
    earlier:
      visitor.visits > 2
        ? [
            {
              id: conversationId("c-old"),
              createdAt: visitor.startedAt - 12 * 86_400_000,
              closedAt: visitor.startedAt - 12 * 86_400_000 + 20 * MINUTE,
              preview: "Thanks, I will measure the lift and come back to you",
            },
          ]
        : [],
  };
}

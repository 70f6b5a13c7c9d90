import type { ConversationSummary, OfferView, RepSnapshot } from "../../shared/model/conversations.ts";
import type { Author, Fact } from "../../shared/model/facts.ts";
import type { MeetingId, MemberId, OfferId, RequestId } from "../../shared/model/ids.ts";
import type { TeamMeeting } from "../../shared/model/meetings.ts";
import type { CannedReply, MailLine } from "../../shared/protocol/console-routes.ts";
import { DAY, HOUR, MINUTE } from "../../shared/time/local-day.ts";
import { conversationId, memberId, visitorId } from "./console-people.ts";

const visitor: Author = { kind: "visitor" };
const rep = (key: string): Author => ({ kind: "rep", id: memberId(key) });
const system: Author = { kind: "system" };
const requestId = "r-1" as RequestId;

/** A conversation with everything in it. */
export function hanneFacts(now: number): Fact[] {
  const start = now - 40 * MINUTE;
  const lines: [minute: number, by: Author, body: Fact["body"]][] = [
    [-1440, visitor, { kind: "message", text: "Hello! Do your rooms fit through a 90 cm door?" }],
    [-1438, visitor, { kind: "rep_requested", requestId }],
    [-1437, rep("zoe"), { kind: "rep_joined", repId: memberId("zoe"), how: "claimed", epoch: 1 }],
    [
      -1436,
      rep("zoe"),
      {
        kind: "message",
        text: "They do: every panel is 84 cm wide at most, and we carry them in one by one.",
      },
    ],
    [-1430, rep("zoe"), { kind: "rep_left", repId: memberId("zoe"), why: "handed_over", epoch: 2 }],
    [-1430, rep("imogen"), { kind: "rep_joined", repId: memberId("imogen"), how: "handed_over", epoch: 3 }],
    [
      -1430,
      rep("zoe"),
      {
        kind: "note",
        text: "Hanne plans for 60 people on two floors. She wants a firm price before Friday.",
      },
    ],
    [0, visitor, { kind: "message", text: "Good morning, I am back with the floor plan." }],
    [
      1,
      visitor,
      {
        kind: "message",
        text: "Two questions:\n1. Can a Duet stand next to a window?\n2. What does it weigh? Our building manager asked, see https://northquay.example/building/rules",
      },
    ],
    [
      4,
      rep("imogen"),
      {
        kind: "message",
        text: "Good morning Hanne! A window is fine as long as 20 cm stay free for the air.",
      },
    ],
    [5, rep("imogen"), { kind: "message", text: "A Duet weighs 410 kg, spread over six feet." }],
    [6, visitor, { kind: "message", text: "👍" }],
    [9, visitor, { kind: "visitor_identified", name: "Hanne Vosskamp", email: "hanne@northquay.example" }],
    [20, rep("imogen"), { kind: "meeting_offered", hostId: memberId("imogen") }],
    [
      22,
      visitor,
      {
        kind: "meeting_booked",
        meetingId: "m-1" as MeetingId,
        hostId: memberId("imogen"),
        startAt: now + 26 * HOUR,
        endAt: now + 26.5 * HOUR,
      },
    ],
    [
      24,
      visitor,
      {
        kind: "message",
        text: "Booked. I will bring the plan as a PDF and our architect, if that is all right.",
      },
    ],
    [26, rep("imogen"), { kind: "message", text: "Perfect, see you then." }],
  ];
  return lines.map(([minute, by, body], at) => ({ seq: at + 1, at: start + minute * MINUTE, by, body }));
}

/** Words that no layout expects. */
export function oddFacts(now: number): Fact[] {
  const words = [
    "https://larchwell.example/a/very/long/address/that/has/no/place/to/break?and=goes&on=for&quite=a&while=until&it=ends".repeat(
      2,
    ),
    "هل يمكنكم التركيب قبل نهاية الشهر؟ نحتاج غرفتين صغيرتين للمكالمات.",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3),
    "One\n\n\nTwo\n\tThree\n".repeat(6),
    "<script>alert(1)</script> & <b>not bold</b>",
    "👩‍👩‍👧‍👦🏴‍☠️🎧",
    "It goes on and on. ".repeat(12),
  ];
  return words.map((text, at) => ({
    seq: at + 1,
    at: now - (words.length - at) * 8 * MINUTE,
    by: at % 3 === 2 ? rep("imogen") : visitor,
    body: { kind: at === 3 ? "note" : "message", text },
  }));
}

export function snapshotOf(key: string, facts: Fact[], change: Partial<RepSnapshot> = {}): RepSnapshot {
  const lastSeq = facts.at(-1)?.seq ?? 0;
  return {
    id: conversationId(`c-${key}`),
    isOpen: true,
    ownerId: memberId("imogen"),
    epoch: 3,
    lastSeq,
    visitorId: visitorId(`v-${key}`),
    facts,
    hasEarlier: false,
    marks: { visitorDelivered: lastSeq, visitorSeen: lastSeq, repDelivered: lastSeq, repSeen: lastSeq },
    request: null,
    ...change,
  };
}

export function shortFacts(now: number, words: string): Fact[] {
  return [
    { seq: 1, at: now - 5 * MINUTE, by: visitor, body: { kind: "message", text: words } },
    { seq: 2, at: now - 5 * MINUTE, by: visitor, body: { kind: "rep_requested", requestId } },
    {
      seq: 3,
      at: now - 4 * MINUTE,
      by: system,
      body: { kind: "request_fell_back", requestId, to: "meeting" },
    },
  ];
}

type Line = [
  key: string,
  name: string | null,
  text: string,
  minutes: number,
  change?: Partial<ConversationSummary>,
];

export function summaries(now: number): ConversationSummary[] {
  const me = memberId("imogen");
  const lines: Line[] = [
    [
      "hanne",
      "Hanne Vosskamp",
      "Perfect, see you then.",
      14,
      { preview: { text: "Perfect, see you then.", by: { kind: "rep", id: memberId("imogen") } } },
    ],
    [
      "mina",
      "Mina Sørensen",
      "Is anybody there? I have a question about the ventilation",
      1,
      { ownerId: null, isWaiting: true, unread: 1 },
    ],
    [
      "aroha",
      "Aroha Te Whata",
      "And the tender form, page one: who signs it on your side?",
      3,
      { unread: 2 },
    ],
    ["tomas", "Tomáš Křenek", "Děkuji, that helps a lot", 11, { ownerId: memberId("zoe") }],
    ["anon1", null, "hi", 1, { ownerId: null, isWaiting: true, unread: 1 }],
    [
      "message",
      "Grace Adeyemi",
      "Please write to me, I could not wait",
      190,
      {
        ownerId: null,
        unread: 1,
        visitor: {
          id: visitorId("v-grace"),
          name: "Grace Adeyemi",
          email: "grace@oakandpartners.example",
          isOnline: false,
        },
      },
    ],
    [
      "old",
      "Hanne Vosskamp",
      "Thanks, I will measure the lift and come back to you",
      60 * 24 * 12,
      { isOpen: false, closedAt: now - 12 * DAY },
    ],
    ["older", null, "ok thank you", 60 * 24 * 20, { isOpen: false, closedAt: now - 20 * DAY }],
  ];
  return lines.map(([key, name, words, minutes, change]) => ({
    id: conversationId(`c-${key}`),
    isOpen: true,
    ownerId: me,
    epoch: 3,
    lastSeq: 17,
    visitor: { id: visitorId(`v-${key}`), name, email: null, isOnline: minutes < 60 },
    preview: { text: words, by: { kind: "visitor" } },
    unread: 0,
    createdAt: now - minutes * MINUTE - HOUR,
    activeAt: now - minutes * MINUTE,
    closedAt: null,
    isWaiting: false,
    ...change,
  }));
}

export function offer(key: string, now: number, change: Partial<OfferView> = {}): OfferView {
  return {
    id: `o-${key}` as OfferId,
    requestId,
    conversationId: conversationId(`c-${key}`),
    state: "alerting",
    visitor: {
      id: visitorId(`v-${key}`),
      name: key === "mina" ? "Mina Sørensen" : null,
      page: { url: "https://larchwell.example/pricing.html", title: "Prices | Larchwell" },
      source: "Search: phone booth office",
    },
    text:
      key === "mina"
        ? "Is anybody there? I have a question about the ventilation of the Quartet in summer."
        : null,
    offeredAt: now - 6_000,
    expiresAt: now + 24_000,
    takenBy: null,
    ...change,
  };
}

export function meetings(now: number): TeamMeeting[] {
  const hour = Math.ceil(now / HOUR) * HOUR;
  const make = (
    key: string,
    host: string,
    guest: string,
    startAt: number,
    change: Partial<TeamMeeting> = {},
  ): TeamMeeting => ({
    id: `m-${key}` as MeetingId,
    state: "booked",
    hostId: memberId(host) as MemberId,
    startAt,
    endAt: startAt + 30 * MINUTE,
    guestName: guest,
    guestEmail: `${guest.split(" ")[0]?.toLowerCase()}@northquay.example`,
    note: "",
    zone: "Europe/Berlin",
    conversationId: null,
    createdAt: now - DAY,
    mailProblem: null,
    typeId: null,
    typeName: null,
    place: null,
    answers: [],
    coHostIds: [],
    hostNotes: "",
    isNoShow: false,
    tasks: [],
    ...change,
  });
  return [
    make("1", "imogen", "Hanne Vosskamp", hour, {
      note: "Placement of two Solos, we bring the plan as a PDF.",
      conversationId: conversationId("c-hanne"),
    }),
    make("2", "desmond", "Oliver Nwosu", hour + 15 * MINUTE, { zone: "America/New_York" }),
    make("3", "imogen", "Aroha Te Whata", hour + DAY, {
      zone: "Pacific/Auckland",
      note: "Tender form, page one. ".repeat(14),
      mailProblem: "550 mailbox unavailable",
    }),
    make("4", "zoe", "Wolfgang-Maximilian Freiherr von und zu Unterschönhausen", hour + DAY + 2 * HOUR),
    make("5", "arjun", "Sunita Rao", hour + 3 * DAY, { state: "cancelled" }),
    make("6", "imogen", "Tomáš Křenek", hour - 2 * DAY),
    make("7", "mei-lin", "Grace Adeyemi", hour - 3 * DAY, { state: "cancelled" }),
  ];
}

export const replies: CannedReply[] = [
  ["Delivery time", "Three to five weeks in Europe, five to seven in North America, India and Australia."],
  [
    "Two-week trial",
    "You are welcome to borrow a Solo for two weeks. We bring it, put it up, and take it back.",
  ],
  [
    "What we need for a quote",
    "Three things are enough for a firm price:\n1. how many people sit on the floor\n2. a photo of the floor plan\n3. the postcode",
  ],
  [
    "How quiet is it?",
    "Speech drops by about 32 dB: you hear that somebody is talking, but not what is said.",
  ],
  ["Offer a call", "Shall we look at your plan together? Half an hour is plenty."],
].map(([title = "", text = ""], at) => ({ id: `reply-${at}` as CannedReply["id"], title, text }));

export function mails(now: number): MailLine[] {
  const line = (
    key: string,
    to: string,
    subject: string,
    minutes: number,
    change: Partial<MailLine> = {},
  ): MailLine => ({
    id: `mail-${key}` as MailLine["id"],
    to,
    subject,
    createdAt: now - minutes * MINUTE,
    sentAt: now - minutes * MINUTE,
    problem: null,
    hasInvitation: false,
    ...change,
  });
  return [
    line("1", "hanne@northquay.example", "Your meeting with Imogen Hartley, Mon 23 Nov, 09:30", 3, {
      hasInvitation: true,
    }),
    line("2", "imogen@larchwell.example", "Hanne Vosskamp booked Mon 23 Nov, 09:30", 3, {
      hasInvitation: true,
    }),
    line("3", "aroha@harbourcourier.example", "Imogen answered you at Larchwell", 160, {
      sentAt: null,
      problem: "550 mailbox unavailable",
    }),
  ];
}

export const invitation = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//Foyer//EN",
  "METHOD:REQUEST",
  "BEGIN:VEVENT",
  "UID:m-1@foyer.example",
  "SEQUENCE:0",
  "DTSTAMP:20261122T140000Z",
  "DTSTART:20261123T093000Z",
  "DTEND:20261123T100000Z",
  'SUMMARY:Larchwell: Hanne Vosskamp and Imogen "Immy" Hartley 🎧',
  'ORGANIZER;CN="Imogen Hartley, Larchwell":mailto:imogen@larchwell.example',
  "ATTENDEE;CN=Hanne Vosskamp;PARTSTAT=NEEDS-ACTION:mailto:hanne@northquay.exam",
  " ple",
  "DESCRIPTION:We look at your plan together.\\nBring it as a PDF\\, please.",
  "STATUS:CONFIRMED",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

import type { RequestView, VisitorSnapshot } from "../../shared/model/conversations.ts";
import type { SharedFactBody, VisitorFact } from "../../shared/model/facts.ts";
import type { ConversationId, MeetingId, RequestId } from "../../shared/model/ids.ts";
import type { RepCard } from "../../shared/model/people.ts";
import type { BookingState } from "./fake-bookings.ts";
import { ada, long, nora, team, tomas } from "./people.ts";

/** One state of the panel, as the server would tell it. */
export type PanelState = {
  name: string;
  conversation: VisitorSnapshot | null;
  team?: RepCard[];
  kept?: Record<string, string>;
  isLineDown?: boolean;
  isTyping?: boolean;
  view?: "chat" | "book";
  direction?: "rtl";
  scheme?: "dark";
  color?: string;
  booking?: BookingState;
};

const now = Date.now();
const minute = 60_000;
const conversationId = "10000000-0000-4000-8000-000000000001" as ConversationId;
const requestId = "20000000-0000-4000-8000-000000000001" as RequestId;
const meetingId = "30000000-0000-4000-8000-000000000001" as MeetingId;

type Said = { by: "visitor" | RepCard | "system"; at: number; body: SharedFactBody };
const says = (by: Said["by"], minutesAgo: number, text: string): Said => ({
  by,
  at: now - minutesAgo * minute,
  body: { kind: "message", text },
});
const event = (minutesAgo: number, body: SharedFactBody): Said => ({
  by: "system",
  at: now - minutesAgo * minute,
  body,
});

function talk(
  said: Said[],
  more: Partial<VisitorSnapshot> & { request?: RequestView | null } = {},
): VisitorSnapshot {
  const facts = said.map(
    ({ by, at, body }, index): VisitorFact => ({
      seq: index + 1,
      at,
      by: by === "visitor" || by === "system" ? { kind: by } : { kind: "rep", id: by.id },
      body,
    }),
  );
  return {
    id: conversationId,
    isOpen: true,
    ownerId: null,
    epoch: 1,
    lastSeq: facts.length,
    facts,
    hasEarlier: false,
    marks: { visitorDelivered: facts.length, visitorSeen: facts.length, repDelivered: 0, repSeen: 0 },
    request: null,
    reps: [nora, tomas, ada, long],
    ...more,
  };
}

const question = says("visitor", 3, "Hi! Does the Duo work with two monitors on different floors?");
const joined = event(2, { kind: "rep_joined", repId: nora.id, how: "claimed", epoch: 1 });
const chatting = [
  says("visitor", 1_500, "Good evening, I saw the new model at a friend's place."),
  event(1_499, { kind: "rep_joined", repId: ada.id, how: "claimed", epoch: 1 }),
  says(ada, 1_498, "Good evening! Lovely to hear. What would you like to know?"),
  says("visitor", 1_490, "👍"),
  event(4, { kind: "rep_joined", repId: nora.id, how: "handed_over", epoch: 2 }),
  question,
  says(nora, 2, "Hello, it does. You need one base per floor; they find each other on their own."),
  says(nora, 2, "Here is how it looks: https://example.com/guides/two-floors (with drawings)."),
  says("visitor", 1, "Perfect. And what about the warranty?\nIs it two years?"),
];
const owned = { ownerId: nora.id, epoch: 2 };
const seen = { visitorDelivered: 9, visitorSeen: 9, repDelivered: 9, repSeen: 9 };
const startAt = now + 3 * 24 * 60 * minute;
const endAt = startAt + 30 * minute;
const wide = "W".repeat(90);

export const panelStates: PanelState[] = [
  { name: "Start", conversation: null },
  { name: "Start, nobody here", conversation: null, team: [{ ...nora, presence: "offline" }, ada] },
  { name: "Start, no team", conversation: null, team: [] },
  {
    name: "Finding someone",
    conversation: talk([question, event(3, { kind: "rep_requested", requestId })], {
      request: { id: requestId, state: "finding", deadlineAt: now + 80_000 },
    }),
  },
  {
    name: "Nobody free",
    conversation: talk([question, event(1, { kind: "request_fell_back", requestId, to: "meeting" })], {
      request: { id: requestId, state: "fallback", to: "meeting" },
    }),
  },
  { name: "Somebody joined", conversation: talk([question, joined], owned) },
  { name: "Chatting", conversation: talk(chatting, { ...owned, marks: seen }), isTyping: true },
  { name: "Line down", conversation: talk(chatting, { ...owned, marks: seen }), isLineDown: true },
  {
    name: "Outbox",
    conversation: talk([question, joined], owned),
    kept: {
      outbox: JSON.stringify([
        {
          clientId: "40000000-0000-4000-8000-000000000001",
          text: "This one was refused.",
          at: now,
          state: "failed",
        },
        {
          clientId: "40000000-0000-4000-8000-000000000002",
          text: "And this one waits for the line.",
          at: now,
          state: "waiting",
        },
      ]),
    },
  },
  {
    name: "Meeting offered and booked",
    conversation: talk(
      [
        question,
        joined,
        { ...event(2, { kind: "meeting_offered", hostId: nora.id }), by: nora },
        event(1, { kind: "meeting_booked", meetingId, hostId: nora.id, startAt, endAt }),
        event(1, {
          kind: "meeting_moved",
          meetingId,
          hostId: nora.id,
          startAt: startAt + 60 * minute,
          endAt: endAt + 60 * minute,
        }),
      ],
      owned,
    ),
  },
  {
    name: "Rep left",
    conversation: talk([
      ...chatting,
      event(0, { kind: "rep_left", repId: nora.id, why: "vanished", epoch: 3 }),
    ]),
  },
  {
    name: "Ended",
    conversation: talk([...chatting, event(0, { kind: "closed", by: "rep" })], { isOpen: false }),
  },
  {
    name: "Long text",
    conversation: talk(
      [says("visitor", 3, `${wide} ${wide}`), says(long, 2, `${wide}\n\nhttps://example.com/${wide}`)],
      {
        ownerId: long.id,
      },
    ),
    team: [long, ...team],
  },
  {
    name: "Right to left",
    conversation: talk(chatting, { ...owned, marks: seen }),
    direction: "rtl",
    isTyping: true,
  },
  { name: "Right to left, start", conversation: null, direction: "rtl" },
  { name: "Dark", conversation: talk(chatting, { ...owned, marks: seen }), scheme: "dark", isTyping: true },
  { name: "Dark, start", conversation: null, scheme: "dark" },
  { name: "Light site colour", conversation: talk(chatting, { ...owned, marks: seen }), color: "#ffd43b" },
  { name: "Booker", conversation: null, view: "book" },
  { name: "Booker, dark", conversation: null, view: "book", scheme: "dark" },
  { name: "Booker, right to left", conversation: null, view: "book", direction: "rtl" },
  { name: "Booker, no times", conversation: null, view: "book", booking: "empty" },
  { name: "Booker, not reachable", conversation: null, view: "book", booking: "failed" },
  { name: "Booker, just taken", conversation: null, view: "book", booking: "taken" },
  { name: "Booker, nobody", conversation: null, view: "book", booking: "nobody" },
  { name: "Booker, calendar unread", conversation: null, view: "book", booking: "unread" },
  { name: "Booker, waiting", conversation: null, view: "book", booking: "never" },
  { name: "Booker, of a type", conversation: null, view: "book", booking: "type" },
  { name: "Booker, questions", conversation: null, view: "book", booking: "questions" },
  { name: "Booker, questions, dark", conversation: null, view: "book", booking: "questions", scheme: "dark" },
  { name: "Booker, month", conversation: null, view: "book", booking: "month" },
  { name: "Booker, booked", conversation: null, view: "book", booking: "booked" },
  { name: "Booker, booked, room to come", conversation: null, view: "book", booking: "roomless" },
  {
    name: "Meeting booked without a chat",
    conversation: null,
    kept: { meeting: "https://foyer.example/meeting/t" },
  },
];

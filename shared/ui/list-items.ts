import type { Author, Fact, Marks, VisitorFact } from "../model/facts.ts";
import type { ClientId, Instant } from "../model/ids.ts";

export type ListedFact = Fact | VisitorFact;

/** A message on its way, as the outbox shows it. `waiting`: no link, or not its turn yet. */
export type PendingMessage = {
  clientId: ClientId;
  text: string;
  at: Instant;
  state: "waiting" | "sending" | "sent" | "failed";
  isNote?: boolean;
};

export type MessageItem = {
  kind: "message";
  key: string;
  by: Author;
  isOwn: boolean;
  isNote: boolean;
  text: string;
  at: Instant;
  /** First and last of a run of messages of one author within five minutes. */
  isFirst: boolean;
  isLast: boolean;
  /** Of own messages; `sent` and beyond are shown under the newest only. */
  state: PendingMessage["state"] | "delivered" | "seen" | null;
  pending: PendingMessage | null;
};

export type ListItem =
  | { kind: "day"; key: string; at: Instant }
  | { kind: "event"; key: string; fact: ListedFact }
  | MessageItem;

const RUN_MS = 5 * 60_000;

/**
 * Facts and the outbox as the lines of a list: day marks, events, and messages in runs of one author.
 * `dayOf` names the day of an instant in the reader's zone.
 */
export function listItems(
  facts: readonly ListedFact[],
  pending: readonly PendingMessage[],
  side: "visitor" | "rep",
  marks: Marks,
  dayOf: (at: Instant) => string,
): ListItem[] {
  const items: ListItem[] = [];
  const held = new Set<string | undefined>(facts.map((fact) => fact.clientId));
  const delivered = side === "visitor" ? marks.repDelivered : marks.visitorDelivered;
  const seen = side === "visitor" ? marks.repSeen : marks.visitorSeen;
  let day = "";
  let before: MessageItem | null = null;
  let newestOwn: MessageItem | null = null;

  const startDay = (at: Instant) => {
    const next = dayOf(at);
    if (next === day) return;
    day = next;
    before = null;
    items.push({ kind: "day", key: `d${next}`, at });
  };
  const add = (item: Omit<MessageItem, "kind" | "isFirst" | "isLast">) => {
    startDay(item.at);
    const goesOn: boolean =
      before !== null &&
      authorKey(before.by) === authorKey(item.by) &&
      before.isNote === item.isNote &&
      item.at - before.at < RUN_MS;
    if (goesOn && before) before.isLast = false;
    before = { ...item, kind: "message", isFirst: !goesOn, isLast: true };
    items.push(before);
    return before;
  };

  for (const fact of facts) {
    const { body, seq, at, by } = fact;
    if (body.kind === "hidden") continue;
    if (body.kind !== "message" && body.kind !== "note") {
      startDay(at);
      before = null;
      items.push({ kind: "event", key: `f${seq}`, fact });
      continue;
    }
    const isOwn = by.kind === side;
    const isNote = body.kind === "note";
    // One key for the life of a message, from outbox to fact, so that its node stays.
    const key = fact.clientId ?? `f${seq}`;
    const added = add({ key, by, isOwn, isNote, text: body.text, at, state: null, pending: null });
    if (isOwn && !isNote) {
      newestOwn = added;
      newestOwn.state = seq <= seen ? "seen" : seq <= delivered ? "delivered" : "sent";
    }
  }
  for (const message of pending) {
    if (held.has(message.clientId)) continue;
    const { clientId: key, text, state, at, isNote = false } = message;
    newestOwn = add({
      key,
      by: { kind: side } as Author,
      isOwn: true,
      isNote,
      text,
      at,
      state,
      pending: message,
    });
  }
  for (const item of items) {
    if (item.kind === "message" && item !== newestOwn && !item.pending) item.state = null;
  }
  return items;
}

function authorKey(by: Author): string {
  return by.kind === "rep" ? by.id : by.kind;
}

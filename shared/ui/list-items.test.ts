import { describe, expect, it } from "vitest";
import type { Marks, VisitorFact } from "../model/facts.ts";
import type { ClientId, MemberId } from "../model/ids.ts";
import { listItems, type MessageItem, type PendingMessage } from "./list-items.ts";

const repId = "r1" as MemberId;
const noon = Date.UTC(2026, 2, 10, 12);
const minute = 60_000;
const nothingSeen: Marks = { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 };
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function message(seq: number, by: "visitor" | "rep", at: number, clientId?: string): VisitorFact {
  return {
    seq,
    at,
    by: by === "visitor" ? { kind: "visitor" } : { kind: "rep", id: repId },
    ...(clientId && { clientId: clientId as ClientId }),
    body: { kind: "message", text: `text ${seq}` },
  };
}
const waiting = (clientId: string, at: number): PendingMessage => ({
  clientId: clientId as ClientId,
  text: "on its way",
  at,
  state: "waiting",
});
const messages = (items: ReturnType<typeof listItems>) =>
  items.filter((item): item is MessageItem => item.kind === "message");

describe("the lines of a list", () => {
  it("set a day mark before the first line of each day", () => {
    const items = listItems(
      [message(1, "visitor", noon), message(2, "visitor", noon + 24 * 60 * minute)],
      [],
      "visitor",
      nothingSeen,
      dayOf,
    );
    expect(items.map(({ kind }) => kind)).toEqual(["day", "message", "day", "message"]);
  });

  it("gather messages of one author within five minutes into a run", () => {
    const items = messages(
      listItems(
        [
          message(1, "rep", noon),
          message(2, "rep", noon + minute),
          message(3, "rep", noon + 20 * minute),
          message(4, "visitor", noon + 20 * minute),
        ],
        [],
        "visitor",
        nothingSeen,
        dayOf,
      ),
    );
    expect(items.map(({ isFirst, isLast }) => [isFirst, isLast])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it("leave out what this side may not see", () => {
    const hidden: VisitorFact = { seq: 2, at: noon, by: { kind: "system" }, body: { kind: "hidden" } };
    const items = listItems(
      [message(1, "rep", noon), hidden, message(3, "rep", noon)],
      [],
      "visitor",
      nothingSeen,
      dayOf,
    );
    expect(messages(items).map(({ isFirst }) => isFirst)).toEqual([true, false]);
    expect(items).toHaveLength(3);
  });

  it("show how far the newest own message has come, and no older one's", () => {
    const facts = [message(1, "visitor", noon), message(2, "visitor", noon), message(3, "rep", noon)];
    const states = (marks: Partial<Marks>) =>
      messages(listItems(facts, [], "visitor", { ...nothingSeen, ...marks }, dayOf)).map(
        ({ state }) => state,
      );
    expect(states({})).toEqual([null, "sent", null]);
    expect(states({ repDelivered: 3 })).toEqual([null, "delivered", null]);
    expect(states({ repDelivered: 3, repSeen: 2 })).toEqual([null, "seen", null]);
  });

  it("show a message of the outbox until its fact is there, under the same key", () => {
    const pending = [waiting("c1", noon)];
    const [before] = messages(listItems([], pending, "visitor", nothingSeen, dayOf));
    const after = messages(
      listItems([message(1, "visitor", noon, "c1")], pending, "visitor", nothingSeen, dayOf),
    );
    expect(after).toHaveLength(1);
    expect(after[0]?.key).toBe(before?.key);
    expect(before?.state).toBe("waiting");
    expect(after[0]?.state).toBe("sent");
  });
});

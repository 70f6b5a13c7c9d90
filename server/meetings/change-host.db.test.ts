import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import { bookMeeting } from "./book-meeting.ts";
import { changeHost } from "./change-host.ts";
import { holdSlot } from "./hold-slot.ts";
import { listSlots } from "./list-slots.ts";
import { countMeetingsAhead, listMeetingsToMove } from "./meetings-to-move.ts";
import { meetingOfLink } from "./show-meetings.ts";
import { type MeetingRow, meetingById } from "./store.ts";
import { at, createMeetingWorld, monday } from "./testing.ts";

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  world = await createMeetingWorld();
});
afterAll(() => world.close());

type Visitor = Awaited<ReturnType<typeof world.addVisitor>>;

async function setUp() {
  await world.setClock(monday);
  const place = await world.addWorkspace();
  const [host, colleague] = [await world.addHost(place.workspaceId), await world.addHost(place.workspaceId)];
  const visitor = await world.addVisitor(place);
  return { ...place, host, colleague, visitor, other: await world.addVisitor(place) };
}

async function hold(visitor: Visitor, host: MemberId, startAt: number) {
  const { offer } = await listSlots(world.deps, visitor, host);
  return holdSlot(world.deps, visitor, { host, startAt, offer });
}

async function book(visitor: Visitor, host: MemberId, startAt: number) {
  const held = await hold(visitor, host, startAt);
  if (held.outcome !== "held") throw new Error("not held");
  const form = { name: "Gustava Guest", email: "guest@example.org", note: "", zone: "Europe/Berlin" };
  const done = await bookMeeting(world.deps, visitor, {
    ...form,
    key: randomUUID(),
    holdId: held.hold.holdId,
  });
  if (done.outcome !== "booked") throw new Error("not booked");
  const row = await meetingById(world.db, visitor.workspaceId, done.meeting.id);
  if (row === undefined) throw new Error("a booked meeting is stored");
  return row;
}

/** By an admin, who need not be the host. */
const give = (meeting: MeetingRow, hostId: MemberId) =>
  changeHost(world.deps, meeting, { hostId, by: meeting.hostId });

const leave = (id: MemberId) =>
  world.db.updateTable("members").set({ is_active: false }).where("id", "=", id).execute();

async function mailsOf(meetingId: string, sequence: number) {
  const rows = await world.db
    .selectFrom("mails")
    .selectAll()
    .where("dedupe", "like", `meeting/${meetingId}/${sequence}/%`)
    .orderBy("dedupe")
    .execute();
  return new Map(rows.map((row) => [row.dedupe.split("/").at(-1), row]));
}

const tokenIn = (text: string | undefined) => /\/meeting\/([\w.~-]+)/.exec(text ?? "")?.[1] ?? "";

describe("a meeting given to another host", () => {
  it("keeps its time; guest, new and former host are told, and only the new host's link leads to it", async () => {
    const { host, colleague, visitor, workspaceId } = await setUp();
    const conversationId = await world.addConversation(visitor, host);
    const meeting = await book(visitor, host, at(10));
    const before = await mailsOf(meeting.id, 0);
    const hintsBefore = world.hints.length;
    const given = await give(meeting, colleague);
    expect(given).toMatchObject({
      outcome: "given",
      meeting: { hostId: colleague, startAt: at(10), sequence: 1 },
    });
    const mails = await mailsOf(meeting.id, 1);
    expect([...mails.keys()]).toEqual(["former", "guest", "host"]);
    const uid = (text: string | null | undefined) => /UID:.*/.exec(text ?? "")?.[0];
    expect(uid(mails.get("guest")?.invitation)).toBe(uid(before.get("guest")?.invitation));
    expect(mails.get("guest")?.invitation).toMatch(/SEQUENCE:1\r\n/);
    expect(mails.get("guest")?.subject).toContain("meets you on");
    expect(mails.get("former")?.invitation_method).toBe("CANCEL");
    // The time is the former host's again, and the new host's no longer.
    const startsOf = async (id: MemberId) => {
      const held = await hold(await world.addVisitor({ ...visitor }), id, at(10));
      return held.outcome;
    };
    expect([await startsOf(host), await startsOf(colleague)]).toEqual(["held", "slot_taken"]);
    await expect(meetingOfLink(world.deps, tokenIn(before.get("host")?.body_text))).rejects.toMatchObject({
      code: "not_found",
    });
    for (const text of [before.get("guest")?.body_text, mails.get("host")?.body_text])
      expect((await meetingOfLink(world.deps, tokenIn(text))).meeting.id).toBe(meeting.id);
    const facts = await world.db
      .selectFrom("facts")
      .select(["kind", "body"])
      .where("conversation_id", "=", conversationId)
      .orderBy("seq")
      .execute();
    expect(facts.map(({ kind }) => kind)).toEqual(["meeting_booked", "meeting_moved"]);
    // So that screens say who has it now, not that it was moved.
    expect(facts[1]?.body).toMatchObject({ hostId: colleague, formerHostId: host, startAt: at(10) });
    const lines = await world.db
      .selectFrom("audit")
      .select(["actor_id", "subject_name", "details"])
      .where("action", "=", "meeting_given")
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(lines).toEqual([
      {
        actor_id: host,
        subject_name: "Gustava Guest",
        details: { from: expect.any(String), to: expect.any(String) },
      },
    ]);
    // Both hosts' lists change: the booking told of the former one before, so only what came since counts.
    const since = world.hints.slice(hintsBefore);
    for (const hostId of [host, colleague])
      expect(since).toContainEqual({ kind: "meetings", workspaceId, hostId });
  });

  it("goes only to somebody who is free then: by hours, meetings, holds and the gap", async () => {
    const { host, colleague, visitor, other, workspaceId } = await setUp();
    const meeting = await book(visitor, host, at(10));
    const evening = await world.addHost(workspaceId, {
      weekly: [{ weekday: 1, spans: [{ start: 1_080, end: 1_200 }] }],
    });
    expect(await give(meeting, evening)).toEqual({ outcome: "slot_taken" });
    // Half past lies within the gap of five minutes.
    await hold(other, colleague, at(10, 30));
    expect(await give(meeting, colleague)).toEqual({ outcome: "slot_taken" });
    const stranger = await world.addHost((await world.addWorkspace()).workspaceId);
    expect(await give(meeting, stranger)).toEqual({ outcome: "slot_taken" });
    const gone = await world.addHost(workspaceId);
    await leave(gone);
    expect(await give(meeting, gone)).toEqual({ outcome: "slot_taken" });
    expect(await mailsOf(meeting.id, 1)).toEqual(new Map());
  });

  it("of two for the same time given to one host at once, one is (ten times)", async () => {
    for (let round = 0; round < 10; round++) {
      const { host, colleague, visitor, other, workspaceId } = await setUp();
      const third = await world.addHost(workspaceId);
      const meetings = [await book(visitor, host, at(10)), await book(other, third, at(10))];
      const ends = await Promise.all(meetings.map((one) => give(one, colleague)));
      expect(ends.map(({ outcome }) => outcome).sort()).toEqual(["given", "slot_taken"]);
    }
  });
});

describe("a host who was deactivated", () => {
  it("is neither offered nor booked, not even from a hold, and keeps a list of what is to be moved", async () => {
    const { host, colleague, visitor, other, workspaceId } = await setUp();
    const meeting = await book(visitor, host, at(10));
    const held = await hold(other, host, at(14));
    if (held.outcome !== "held") throw new Error("not held");
    await leave(host);
    await expect(listSlots(world.deps, other, host)).rejects.toMatchObject({ code: "not_found" });
    expect((await listSlots(world.deps, other, "any")).hosts.map(({ id }) => id)).toEqual([colleague]);
    const form = { name: "Other", email: "other@example.org", note: "", zone: "UTC", key: randomUUID() };
    expect(await bookMeeting(world.deps, other, { ...form, holdId: held.hold.holdId })).toEqual({
      outcome: "slot_taken",
    });
    expect(await listMeetingsToMove(world.deps, workspaceId, host)).toMatchObject([
      { meeting: { id: meeting.id }, freeHostIds: [colleague] },
    ]);
    const before = await mailsOf(meeting.id, 0);
    await expect(meetingOfLink(world.deps, tokenIn(before.get("host")?.body_text))).rejects.toMatchObject({
      code: "not_found",
    });
    await give(meeting, colleague);
    // Nothing is mailed to somebody who has left.
    expect([...(await mailsOf(meeting.id, 1)).keys()]).toEqual(["guest", "host"]);
    expect(await listMeetingsToMove(world.deps, workspaceId, host)).toEqual([]);
    expect(await countMeetingsAhead(world.db, workspaceId, [host])).toEqual(new Map());
  });
});

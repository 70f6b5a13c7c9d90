import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { AppError } from "../errors.ts";
import { bookMeeting } from "./book-meeting.ts";
import { cancelMeeting } from "./cancel-meeting.ts";
import { holdSlot, releaseHold } from "./hold-slot.ts";
import { listSlots, listSlotsToMove } from "./list-slots.ts";
import { moveMeeting } from "./move-meeting.ts";
import { setHours } from "./set-hours.ts";
import { meetingOfLink, meetingToChange } from "./show-meetings.ts";
import { at, createMeetingWorld, monday } from "./testing.ts";

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  world = await createMeetingWorld();
});
afterAll(() => world.close());

type Visitor = Awaited<ReturnType<typeof world.addVisitor>>;
const guest = (email = "guest@example.org") => ({
  key: randomUUID(),
  name: "Gustava “G” Guest",
  email,
  note: "",
  zone: "Europe/Berlin",
});

async function hold(visitor: Visitor, host: "any" | MemberId, startAt: number) {
  const { offer } = await listSlots(world.deps, visitor, host);
  return holdSlot(world.deps, visitor, { host, startAt, offer });
}

async function book(visitor: Visitor, host: "any" | MemberId, startAt: number, as = guest()) {
  const held = await hold(visitor, host, startAt);
  if (held.outcome !== "held") return held;
  return bookMeeting(world.deps, visitor, { ...as, holdId: held.hold.holdId });
}

/** How many connections wait for a lock. */
async function waiting() {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(world.db);
  return rows[0]?.count;
}

async function setUp(hosts = 1) {
  await world.setClock(monday);
  const place = await world.addWorkspace();
  const ids = await Promise.all(Array.from({ length: hosts }, () => world.addHost(place.workspaceId)));
  const [host] = ids;
  if (!host) throw new Error("no host");
  return {
    ...place,
    host,
    hosts: ids,
    visitor: await world.addVisitor(place),
    other: await world.addVisitor(place),
  };
}

describe("booking a meeting", () => {
  it("a hold that its visitor lets go of in the middle of the booking is over", async () => {
    const { host, visitor } = await setUp();
    const held = await hold(visitor, host, at(9));
    if (held.outcome !== "held") throw new Error("not held");
    const { holdId } = held.hold;
    let booking: ReturnType<typeof bookMeeting> | undefined;
    await world.db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom("meetings").where("id", "=", holdId).execute();
      booking = bookMeeting(world.deps, visitor, { ...guest(), holdId });
      await expect.poll(waiting).toBe(1);
    });
    expect(await booking).toEqual({ outcome: "expired" });
  });

  it("goes from the offered times over a hold to a meeting that others cannot have", async () => {
    const { host, visitor, other } = await setUp();
    const offered = await listSlots(world.deps, visitor, host);
    expect(decodeSlots(offered.slots)[0]).toBe(at(9));
    const booked = await book(visitor, host, at(9));
    expect(booked).toMatchObject({
      outcome: "booked",
      meeting: {
        state: "booked",
        startAt: at(9),
        endAt: at(9, 30),
        host: { id: host, jobTitle: "Advisor 🌿" },
      },
    });
    const left = decodeSlots((await listSlots(world.deps, other, host)).slots);
    // 9:30 lies within the gap of five minutes.
    expect(left[0]).toBe(at(10));
    expect(await hold(other, host, at(9, 30))).toEqual({ outcome: "slot_taken" });
  });

  it("repeated with the same key is the same meeting, one pair of mails, one fact", async () => {
    const { host, visitor, workspaceId } = await setUp();
    const conversationId = await world.addConversation(visitor, host);
    const held = await hold(visitor, host, at(11));
    if (held.outcome !== "held") throw new Error("not held");
    const wish = { ...guest(), holdId: held.hold.holdId };
    const tries = await Promise.all([1, 2, 3].map(() => bookMeeting(world.deps, visitor, wish)));
    const ids = tries.map((one) => (one.outcome === "booked" ? one.meeting.id : one.outcome));
    expect(new Set(ids).size).toBe(1);
    const mails = await world.db
      .selectFrom("mails")
      .selectAll()
      .where("workspace_id", "=", workspaceId)
      .execute();
    expect(mails.map((mail) => mail.invitation_method)).toEqual(["REQUEST", "REQUEST"]);
    const jobs = await world.pool.query(
      "select data from pgboss.job where data->>'task' = 'mail:send' and data->'payload'->>'workspaceId' = $1",
      [workspaceId],
    );
    expect(jobs.rowCount).toBe(2);
    const facts = await world.db
      .selectFrom("facts")
      .select(["kind", "author_kind"])
      .where("conversation_id", "=", conversationId)
      .execute();
    expect(facts).toEqual([{ kind: "meeting_booked", author_kind: "visitor" }]);
    expect(world.hints).toContainEqual({ kind: "meetings", workspaceId, hostId: host });
  });

  it("takes the hold's word for five minutes; then another visitor may have the time", async () => {
    const { host, visitor, other } = await setUp();
    const held = await hold(visitor, host, at(14));
    if (held.outcome !== "held") throw new Error("not held");
    expect(held.hold.expiresAt).toBe(monday + 5 * MINUTE);
    expect(await hold(other, host, at(14))).toEqual({ outcome: "slot_taken" });
    await world.setClock(monday + 5 * MINUTE);
    expect((await book(other, host, at(14))).outcome).toBe("booked");
    expect(await bookMeeting(world.deps, visitor, { ...guest(), holdId: held.hold.holdId })).toEqual({
      outcome: "expired",
    });
  });

  it("keeps the notice that counted when the time was offered", async () => {
    const { host, visitor } = await setUp();
    await world.setClock(at(8, 30));
    const { offer, slots } = await listSlots(world.deps, visitor, host);
    expect(decodeSlots(slots)[0]).toBe(at(9));
    await world.setClock(at(8, 34));
    const held = await holdSlot(world.deps, visitor, { host, startAt: at(9), offer });
    if (held.outcome !== "held") throw new Error("not held");
    await world.setClock(at(8, 38));
    expect((await bookMeeting(world.deps, visitor, { ...guest(), holdId: held.hold.holdId })).outcome).toBe(
      "booked",
    );
  });

  it("is refused with another visitor's offer, an altered or old one, and for a time that was not on offer", async () => {
    const { host, visitor, other } = await setUp();
    const { offer, offerExpiresAt } = await listSlots(world.deps, visitor, host);
    const wish = { host, startAt: at(9), offer };
    const refused = (code: string) => expect.objectContaining({ code });
    await expect(holdSlot(world.deps, other, wish)).rejects.toEqual(refused("bad_signature"));
    await expect(holdSlot(world.deps, visitor, { ...wish, offer: `x${offer}` })).rejects.toEqual(
      refused("bad_signature"),
    );
    await expect(holdSlot(world.deps, visitor, { ...wish, host: "any" })).rejects.toEqual(
      refused("bad_signature"),
    );
    for (const startAt of [at(3), at(9, 10), at(9, 0, 5), 0, 8_640_000_000_000_000, monday - 1]) {
      expect(await holdSlot(world.deps, visitor, { ...wish, startAt })).toEqual({ outcome: "slot_taken" });
    }
    await world.setClock(offerExpiresAt);
    await expect(holdSlot(world.deps, visitor, wish)).rejects.toEqual(refused("expired"));
  });

  it("a new hold lets go of the visitor's last one, so that a change of mind blocks nothing", async () => {
    const { host, visitor, other } = await setUp();
    await hold(visitor, host, at(10));
    expect((await hold(visitor, host, at(10, 30))).outcome).toBe("held");
    const held = await hold(other, host, at(9, 30));
    expect(held.outcome).toBe("held");
    if (held.outcome === "held") await releaseHold(world.deps, other, held.hold.holdId);
    expect((await hold(await world.addVisitor(visitor), host, at(9, 30))).outcome).toBe("held");
  });

  it("with any of the team goes to the rep one talks with, then to whoever has fewest meetings, until nobody is free", async () => {
    const place = await setUp(3);
    const talking = place.hosts[1];
    await world.addConversation(place.visitor, talking);
    const first = await book(place.visitor, "any", at(9));
    expect(first).toMatchObject({ meeting: { host: { id: talking } } });
    const rest = new Set<string>();
    for (const email of ["a@example.org", "b@example.org"]) {
      const one = await book(await world.addVisitor(place), "any", at(9), guest(email));
      if (one.outcome === "booked") rest.add(one.meeting.host.id);
    }
    expect(rest).toEqual(new Set(place.hosts.filter((id) => id !== talking)));
    expect((await book(place.other, "any", at(9))).outcome).toBe("slot_taken");
  });

  it("a visitor, and an address, may have three meetings ahead", async () => {
    const { host, visitor, other } = await setUp();
    for (const hour of [9, 10, 11]) expect((await book(visitor, host, at(hour))).outcome).toBe("booked");
    expect(await hold(visitor, host, at(12))).toEqual({ outcome: "too_many_meetings" });
    expect(await book(other, host, at(12))).toEqual({ outcome: "too_many_meetings" });
    expect((await book(other, host, at(12), guest("else@example.org"))).outcome).toBe("booked");
  });

  it("another workspace's host, hold and meeting do not exist", async () => {
    const ours = await setUp();
    const theirs = await setUp();
    const notFound = expect.objectContaining({ code: "not_found" });
    await expect(listSlots(world.deps, ours.visitor, theirs.host)).rejects.toEqual(notFound);
    const held = await hold(theirs.visitor, theirs.host, at(9));
    if (held.outcome !== "held") throw new Error("not held");
    const wish = { ...guest(), holdId: held.hold.holdId };
    expect(await bookMeeting(world.deps, ours.visitor, wish)).toEqual({ outcome: "expired" });
    const booked = await bookMeeting(world.deps, theirs.visitor, wish);
    if (booked.outcome !== "booked") throw new Error("not booked");
    const admin = { memberId: ours.host, workspaceId: ours.workspaceId, role: "admin" } as const;
    await expect(meetingToChange(world.db, admin, booked.meeting.id)).rejects.toEqual(notFound);
    expect(await bookMeeting(world.deps, ours.visitor, wish)).toEqual({ outcome: "expired" });
  });
});

describe("a booked meeting", () => {
  async function booked() {
    const place = await setUp();
    const conversationId = await world.addConversation(place.visitor, place.host);
    const done = await book(place.visitor, place.host, at(10));
    if (done.outcome !== "booked") throw new Error("not booked");
    const mails = await world.db
      .selectFrom("mails")
      .selectAll()
      .where("meeting_id", "=", done.meeting.id)
      .orderBy("dedupe")
      .execute();
    const tokens = mails.map((mail) => /\/meeting\/([\w.~-]+)/.exec(mail.body_text)?.[1] ?? "");
    return { ...place, conversationId, meeting: done.meeting, mails, tokens };
  }
  const factsOf = async (id: string) =>
    (
      await world.db
        .selectFrom("facts")
        .select("body")
        .where("conversation_id", "=", id as never)
        .orderBy("seq")
        .execute()
    ).map(({ body }) => body);

  it("is mailed to both sides, each with a link of its own, the same event in both", async () => {
    const { mails, tokens } = await booked();
    expect(mails.map((mail) => mail.to_address.split("@")[1])).toEqual(["example.org", "team.example"]);
    expect(tokens[0]).not.toBe(tokens[1]);
    const events = mails.map((mail) => mail.invitation?.match(/^(UID|SEQUENCE|DTSTART):.*$/gm));
    expect(events[0]).toEqual(events[1]);
    expect(mails[0]?.body_text).toContain("16:00 to 16:30, Berlin time (UTC+2)");
    expect(mails[0]?.message_id).toBe(`<${mails[0]?.id}@foyer.example>`);
  });

  it("can be moved by its link to a time offered for it, even one that touches the old", async () => {
    const { tokens, visitor, host, conversationId, meeting: before } = await booked();
    const { meeting, link } = await meetingOfLink(world.deps, tokens[0] ?? "");
    expect(meeting.id).toBe(before.id);
    const { offer, slots } = await listSlotsToMove(world.deps, link);
    expect(decodeSlots(slots)).toContain(at(10, 30));
    expect(decodeSlots(slots)).not.toContain(before.startAt);
    const wish = { startAt: at(10, 30), offer, zone: "Europe/Paris" };
    const moved = await moveMeeting(world.deps, meeting, link.recipient, wish);
    expect(moved).toMatchObject({ outcome: "moved", meeting: { startAt: at(10, 30), sequence: 1 } });
    // The same wish again: nothing new happens.
    expect(await moveMeeting(world.deps, meeting, link.recipient, wish)).toEqual(moved);
    expect((await factsOf(conversationId)).map(({ kind }) => kind)).toEqual([
      "meeting_booked",
      "meeting_moved",
    ]);
    expect(decodeSlots((await listSlots(world.deps, visitor, host)).slots)).toContain(at(9, 30));
    const invitations = await world.db
      .selectFrom("mails")
      .select(["invitation", "body_text"])
      .where("dedupe", "=", `meeting/${meeting.id}/1/guest`)
      .execute();
    expect(invitations[0]?.invitation).toMatch(/SEQUENCE:1\r\n/);
    expect(invitations[0]?.body_text).toContain("(no longer)");
  });

  it("is not moved onto a time that somebody else has meanwhile", async () => {
    const { tokens, other, host } = await booked();
    const { meeting, link } = await meetingOfLink(world.deps, tokens[0] ?? "");
    const { offer } = await listSlotsToMove(world.deps, link);
    expect((await book(other, host, at(13))).outcome).toBe("booked");
    const wish = { startAt: at(13), offer, zone: "Europe/Paris" };
    expect(await moveMeeting(world.deps, meeting, "guest", wish)).toEqual({ outcome: "slot_taken" });
  });

  it("can be cancelled once by its link; the time is free again and both are told", async () => {
    const { tokens, other, host, conversationId } = await booked();
    const { meeting, link } = await meetingOfLink(world.deps, tokens[0] ?? "");
    await Promise.all([
      cancelMeeting(world.deps, meeting, link.recipient),
      cancelMeeting(world.deps, meeting, "host"),
    ]);
    expect((await factsOf(conversationId)).map(({ kind }) => kind)).toEqual([
      "meeting_booked",
      "meeting_cancelled",
    ]);
    const mails = await world.db
      .selectFrom("mails")
      .select(["invitation_method", "invitation"])
      .where("dedupe", "like", `meeting/${meeting.id}/1/%`)
      .execute();
    expect(mails.map((mail) => mail.invitation_method)).toEqual(["CANCEL", "CANCEL"]);
    expect((await book(other, host, at(10), guest("else@example.org"))).outcome).toBe("booked");
    const again = await meetingOfLink(world.deps, tokens[0] ?? "");
    expect(again.meeting.state).toBe("cancelled");
    await expect(listSlotsToMove(world.deps, link)).rejects.toBeInstanceOf(AppError);
  });

  it("may be cancelled by its host and by an admin, not by a colleague", async () => {
    const { host, workspaceId, meeting } = await booked();
    const colleague = await world.addHost(workspaceId);
    const asked = (memberId: MemberId, role: "rep" | "admin" | "meetings_only") =>
      meetingToChange(world.db, { memberId, workspaceId, role }, meeting.id);
    await expect(asked(colleague, "rep")).rejects.toEqual(expect.objectContaining({ code: "forbidden" }));
    await expect(asked(colleague, "meetings_only")).rejects.toEqual(
      expect.objectContaining({ code: "not_found" }),
    );
    expect((await asked(host, "rep")).id).toBe(meeting.id);
    expect((await asked(colleague, "admin")).id).toBe(meeting.id);
  });

  it("cannot be cancelled or moved when it is over", async () => {
    const { tokens } = await booked();
    const { meeting, link } = await meetingOfLink(world.deps, tokens[1] ?? "");
    expect(link.recipient).toBe("host");
    await world.setClock(at(10, 30));
    await expect(cancelMeeting(world.deps, meeting, "host")).rejects.toEqual(
      expect.objectContaining({ code: "expired" }),
    );
  });
});

describe("hours", () => {
  it("a shorter gap opens times beside what is booked already, a longer one closes them", async () => {
    const { host, visitor, other, workspaceId } = await setUp();
    const member = { memberId: host, workspaceId };
    const hours = (
      await world.db.selectFrom("members").select("hours").where("id", "=", host).executeTakeFirstOrThrow()
    ).hours;
    expect((await book(visitor, host, at(10))).outcome).toBe("booked");
    expect(await hold(other, host, at(10, 30))).toEqual({ outcome: "slot_taken" });
    await setHours(world.db, member, { ...hours, bufferMinutes: 0 });
    expect((await book(other, host, at(10, 30), guest("b@example.org"))).outcome).toBe("booked");
    await setHours(world.db, member, { ...hours, bufferMinutes: 45 });
    const late = await world.addVisitor({ workspaceId, siteId: visitor.siteId });
    const left = decodeSlots((await listSlots(world.deps, late, host)).slots);
    expect(left[0]).toBe(at(12));
    expect((await book(late, host, at(12), guest("c@example.org"))).outcome).toBe("booked");
  });
});

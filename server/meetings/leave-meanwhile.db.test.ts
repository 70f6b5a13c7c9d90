import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ConversationId, MemberId } from "../../shared/model/ids.ts";
import { deactivateMember } from "../accounts/members/deactivate-member.ts";
import { createLog } from "../log.ts";
import { createRouting } from "../routing/create-routing.ts";
import { bookMeeting } from "./book-meeting.ts";
import { changeHost } from "./change-host.ts";
import { holdSlot } from "./hold-slot.ts";
import { listSlots } from "./list-slots.ts";
import { meetingById } from "./store.ts";
import { at, createMeetingWorld, monday } from "./testing.ts";

// A host is deactivated while a booking of theirs is under way: the booking stands before, and is listed, or finds nobody.
let world: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  world = await createMeetingWorld();
});
afterAll(() => world.close());

async function setUp() {
  await world.setClock(monday);
  const place = await world.addWorkspace();
  const add = () => world.addHost(place.workspaceId);
  const [host, colleague, boss] = [await add(), await add(), await add()];
  await world.db.updateTable("members").set({ role: "admin" }).where("id", "=", boss).execute();
  const visitor = await world.addVisitor(place);
  const conversationId = await world.addConversation(visitor);
  return { ...place, host, colleague, visitor, conversationId, admin: { ...place, memberId: boss } };
}
type Set = Awaited<ReturnType<typeof setUp>>;

async function book({ visitor, host }: Set) {
  const { offer } = await listSlots(world.deps, visitor, host);
  const held = await holdSlot(world.deps, visitor, { host, startAt: at(10), offer });
  if (held.outcome !== "held") throw new Error("not held");
  const form = { name: "Gustava Guest", email: "guest@example.org", note: "", zone: "UTC" };
  const { holdId } = held.hold;
  return () => bookMeeting(world.deps, visitor, { ...form, key: randomUUID(), holdId });
}

const deps = () => {
  const log = createLog({ level: "silent", part: "test" });
  return { ...world.deps, routing: createRouting({ db: world.db, bus: world.deps.bus, log }) };
};

/** Both need it at their end: whoever has begun stands still there until `work` is done. */
async function whileStopped(id: ConversationId, work: () => Promise<void>) {
  await world.db.transaction().execute(async (trx) => {
    await sql`select id from conversations where id = ${id} for update`.execute(trx);
    await work();
  });
}

async function waiting(kind: "advisory" | "transactionid" | "tuple"): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_locks l
    join pg_stat_activity a on a.pid = l.pid where a.datname = current_database()
    and not l.granted and l.locktype = ${kind}`.execute(world.db);
  return rows[0]?.count ?? 0;
}

async function isActive(id: MemberId) {
  const row = await world.db
    .selectFrom("members")
    .select("is_active")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.is_active;
}

it.each(["booked", "given"] as const)("a meeting that is being %s is finished first", async (what) => {
  const set = await setUp();
  let start: () => Promise<{ outcome: string }> = await book(set);
  let leaving = set.host;
  if (what === "given") {
    const booked = await start();
    const id = (booked as { meeting?: { id: never } }).meeting?.id;
    const meeting = await meetingById(world.db, set.workspaceId, id as never);
    if (meeting === undefined) throw new Error("not booked");
    // The one who is to get it goes: not only the former host's time is spoken for.
    leaving = set.colleague;
    start = () => changeHost(world.deps, meeting, { hostId: leaving, by: set.admin.memberId });
  }
  const order: string[] = [];
  let both: Promise<unknown> = Promise.resolve();
  await whileStopped(set.conversationId, async () => {
    const meeting = start().then(({ outcome }) => void order.push(outcome));
    await expect.poll(() => waiting("transactionid")).toBe(1);
    const left = deactivateMember(deps(), set.admin, leaving, null).then(() => void order.push("left"));
    both = Promise.all([meeting, left]);
    // It waits for the meeting, or is done already.
    await expect.poll(async () => (await waiting("advisory")) > 0 || !(await isActive(leaving))).toBe(true);
    expect(await isActive(leaving)).toBe(true);
  });
  await both;
  expect(order).toEqual([what, "left"]);
  const { rows } = await sql`select id from meetings where host_id = ${leaving} and state = 'booked'`.execute(
    world.db,
  );
  expect(rows).toHaveLength(1);
});

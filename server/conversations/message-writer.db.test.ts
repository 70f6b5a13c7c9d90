import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClientId, ConversationId } from "../../shared/model/ids.ts";
import { visitorAskSchemas } from "../../shared/protocol/visitor-schemas.ts";
import { createRoutingWorld } from "../routing/testing.ts";
import { catchUp, createFollower } from "./catch-up.ts";
import type { FactItem, Writer } from "./fact-item.ts";
import { handOver } from "./hand-over.ts";
import { listConversations } from "./list-conversations.ts";
import { createMessageWriter } from "./message-writer.ts";
import { takeConversation } from "./take-conversation.ts";

let world: Awaited<ReturnType<typeof createRoutingWorld>>;

beforeAll(async () => {
  world = await createRoutingWorld();
});
afterAll(() => world.close());

/** The writer of a process that hears no hint of the others: what it remembers is soon behind. */
const deafWriter = () =>
  createMessageWriter({
    pool: world.pool,
    bus: { subscribe: () => () => undefined },
    follower: { follow: () => undefined },
  });

async function talk() {
  const team = await world.addTeam(2);
  const begun = await world.startTalk(team);
  const [repId = "" as never, colleagueId = "" as never] = team.reps;
  const rep = { memberId: repId, workspaceId: team.workspaceId };
  const taken = await takeConversation(world.node(), rep, begun.id);
  if (!("epoch" in taken)) throw new Error("somebody else took it");
  const item = (writer: Writer, clientId = randomUUID()): FactItem => ({
    workspaceId: team.workspaceId,
    conversationId: begun.id,
    writer,
    clientId: clientId as ClientId, // As browsers make them.
    body: { kind: "message", text: "Hello" },
  });
  const visitor: Writer = { kind: "visitor", id: begun.visitorId };
  return { id: begun.id, rep, colleagueId, epoch: taken.epoch, item, visitor };
}

async function numbersOf(id: ConversationId) {
  const { rows } = await world.pool.query<{ seq: number; client_id: string | null }>(
    "select seq, client_id from facts where conversation_id = $1 order by seq",
    [id],
  );
  return rows;
}

it("two processes that write to one conversation at once leave no hole and no double", async () => {
  const { id, item, visitor, rep, epoch } = await talk();
  const writers = [deafWriter(), deafWriter()];
  const sends = Array.from({ length: 60 }, (_, index) =>
    item(index % 2 === 0 ? visitor : { kind: "rep", id: rep.memberId, epoch }),
  );
  // Each goes to both, as a client does that was cut off before its ack came.
  const answers = await Promise.all(
    sends.map(async (send) => Promise.all(writers.map((writer) => writer.write(send)))),
  );
  for (const [one, other] of answers) {
    expect([one?.outcome, other?.outcome].sort()).toEqual(["repeated", "stored"]);
    expect(one).toMatchObject({ seq: (other as { seq: number }).seq });
  }
  const facts = await numbersOf(id);
  expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, index) => index + 1));
  expect(
    facts.filter(({ client_id }) => client_id !== null && sends.some((send) => send.clientId === client_id)),
  ).toHaveLength(60);
});

it("a writer that has not heard of a new owner refuses the former one all the same", async () => {
  const { item, rep, colleagueId, epoch, id } = await talk();
  const writer = deafWriter();
  const byFormer = () => writer.write(item({ kind: "rep", id: rep.memberId, epoch }));
  expect((await byFormer()).outcome).toBe("stored");
  const node = { ...world.node(), presenceOf: async () => "available" as const };
  await handOver(node, rep, { conversationId: id, epoch, toId: colleagueId, note: "" });
  expect((await byFormer()).outcome).toBe("stale_owner");
});

async function rowOf(id: ConversationId) {
  const { rows } = await world.pool.query(
    "select last_seq, visitor_spoke_seq, visitor_seen, rep_spoke_seq from conversations where id = $1",
    [id],
  );
  return rows[0];
}

it("what a killed process has left behind catches up, and is told", async () => {
  const { id, item, visitor } = await talk();
  const answer = await deafWriter().write(item(visitor));
  const seq = "seq" in answer ? answer.seq : 0;
  expect((await rowOf(id)).last_seq).toBeLessThan(seq);
  const { db, log, bus, hints } = world.node();
  hints.length = 0;
  await createFollower({ db, bus, log }).close();
  expect(await rowOf(id)).toMatchObject({ last_seq: seq, visitor_spoke_seq: seq, visitor_seen: seq });
  expect(hints).toContainEqual(expect.objectContaining({ kind: "conversation", conversationId: id }));
});

it("waits for no row that somebody holds, and names it; the others catch up", async () => {
  const [held, free] = [await talk(), await talk()];
  for (const one of [held, free]) await deafWriter().write(one.item(one.visitor));
  const before = await rowOf(held.id);
  const left = await world.db.transaction().execute(async (trx) => {
    await trx.selectFrom("conversations").select("id").where("id", "=", held.id).forUpdate().execute();
    return catchUp(world.node().db, [held.id, free.id]);
  });
  expect(left).toEqual([held.id]);
  expect(await rowOf(held.id)).toEqual(before);
  expect((await rowOf(free.id)).last_seq).toBeGreaterThan(before.last_seq - 1);
  expect(await catchUp(world.node().db, [held.id])).toEqual([]);
  expect((await rowOf(held.id)).last_seq).toBe(before.last_seq + 1);
});

it("a list that is read in that second shows the message", async () => {
  const { id, item, visitor, rep } = await talk();
  const words = item(visitor);
  const answer = await deafWriter().write({ ...words, body: { kind: "message", text: "Just now" } });
  const { conversations } = await listConversations(world.db, rep, "mine", null);
  const line = conversations.find((one) => one.id === id);
  expect(line).toMatchObject({ lastSeq: "seq" in answer ? answer.seq : 0, preview: { text: "Just now" } });
});

it("an id in upper case is the same id", () => {
  const schema = visitorAskSchemas["message:send"];
  const id = "01A20FCF-73CB-7B79-86D7-48B24A21A22E";
  expect(schema.parse({ conversationId: id, clientId: id, text: "Hello" })).toMatchObject({
    conversationId: id.toLowerCase(),
    clientId: id.toLowerCase(),
  });
});

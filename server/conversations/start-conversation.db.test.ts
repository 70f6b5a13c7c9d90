import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClientId } from "../../shared/model/ids.ts";
import { until } from "../promises/test-link.ts";
import { createNode, createRoutingWorld } from "../routing/testing.ts";
import { appendFacts } from "./append-facts.ts";
import { closeConversation } from "./close-conversation.ts";
import { startConversation } from "./start-conversation.ts";
import { lockById, saveClosed } from "./store.ts";

let world: Awaited<ReturnType<typeof createRoutingWorld>>;
beforeAll(async () => {
  world = await createRoutingWorld();
});
afterAll(() => world.close());

const newClientId = () => randomUUID() as ClientId; // As a frame makes them.

async function textsOf(visitorId: string) {
  const { rows } = await world.pool.query<{ id: string; text: string }>(
    `select c.id, f.body ->> 'text' as text from conversations c join facts f on f.conversation_id = c.id
     where c.visitor_id = $1 and f.kind = 'message' order by c.created_at, f.seq`,
    [visitorId],
  );
  return rows;
}

it("the same words again are the same conversation, open or closed, and stand there once", async () => {
  const team = await world.addTeam(1);
  const visitor = await world.addVisitor(team);
  const words = { clientId: newClientId(), text: "Hello" };
  const first = await startConversation(world.node(), visitor, words);
  expect((await startConversation(world.node(), visitor, words)).id).toBe(first.id);
  await closeConversation(world.node(), { kind: "visitor", access: visitor }, first.id);
  expect((await startConversation(world.node(), visitor, words)).id).toBe(first.id);
  const next = await startConversation(world.node(), visitor, { clientId: newClientId(), text: "Me again" });
  expect(next.id).not.toBe(first.id);
  // Repeated after another has begun: still the first one's words, and no part of the second.
  expect((await startConversation(world.node(), visitor, words)).id).toBe(first.id);
  expect(await textsOf(visitor.visitorId)).toEqual([
    { id: first.id, text: "Hello" },
    { id: next.id, text: "Me again" },
  ]);
});

it("a dozen of the same start at once, at two processes, open one conversation with one message", async () => {
  const second = createNode(world.url);
  const team = await world.addTeam(1);
  const visitor = await world.addVisitor(team);
  const words = { clientId: newClientId(), text: "Hello" };
  const started = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      startConversation(index % 2 ? second : world.node(), visitor, words),
    ),
  );
  expect(new Set(started.map((one) => one.id)).size).toBe(1);
  expect(await textsOf(visitor.visitorId)).toHaveLength(1);
  await second.close();
});

it("words whose first try is stored and whose conversation ends while they are repeated stay one message", async () => {
  const team = await world.addTeam(1);
  const talk = await world.startTalk(team);
  const clientId = newClientId();
  let goOn = (): void => undefined;
  const meanwhile = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let hold = (): void => undefined;
  const isHeld = new Promise<void>((resolve) => {
    hold = resolve;
  });
  // The first try, in a transaction that ends only when the repeat has begun.
  const firstTry = world.db.transaction().execute(async (trx) => {
    await lockById(trx, talk.workspaceId, talk.id);
    await appendFacts(trx, [
      {
        workspaceId: talk.workspaceId,
        conversationId: talk.id,
        writer: { kind: "visitor", id: talk.visitorId },
        clientId,
        body: { kind: "message", text: "Once" },
      },
    ]);
    await saveClosed(trx, talk.id);
    hold();
    await meanwhile;
  });
  await isHeld;
  const repeat = startConversation(world.node(), talk, { clientId, text: "Once" });
  await until("the repeat waits for it", async () => {
    const { rows } = await world.pool.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows.length > 0;
  });
  goOn();
  await firstTry;
  expect((await repeat).id).toBe(talk.id);
  const texts = await textsOf(talk.visitorId);
  expect(texts.filter(({ text }) => text === "Once")).toEqual([{ id: talk.id, text: "Once" }]);
  const { rows } = await world.pool.query("select id from conversations where visitor_id = $1", [
    talk.visitorId,
  ]);
  expect(rows).toHaveLength(1);
});

import type { Pool } from "pg";
import { expect, it } from "vitest";
import type { ClientId, ConversationId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { FactItem } from "./fact-item.ts";
import { createLoadGauge, createMessageWriter, gatherMs } from "./message-writer.ts";

/** Takes statements and answers them when the test says so. */
function fakePool() {
  const statements: { conversations: string[]; answer(): void; fail(error: Error): void }[] = [];
  const query = ({ values }: { values: string[] }) =>
    new Promise<{ rows: { told: string }[] }>((resolve, reject) => {
      const conversations = values[1]?.replace(/[{}]/g, "").split(",") ?? [];
      const told = conversations
        .map((_, index) => `${index + 1} ${statements.length + 1} 1000 visitor`)
        .join();
      statements.push({ conversations, answer: () => resolve({ rows: [{ told }] }), fail: reject });
    });
  return { pool: { query } as unknown as Pool, statements };
}

function words(conversation: string, clientId: string, visitor = "visitor"): FactItem {
  return {
    workspaceId: "workspace" as WorkspaceId,
    conversationId: conversation as ConversationId,
    writer: { kind: "visitor", id: visitor as VisitorId },
    clientId: clientId as ClientId,
    body: { kind: "message", text: "Hello" },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("what arrives in one turn is stored in one statement, whatever the conversations", async () => {
  const { pool, statements } = fakePool();
  const writer = createMessageWriter(pool);
  const all = Promise.all([writer.write(words("a", "1")), writer.write(words("b", "2"))]);
  await turn();
  expect(statements.map(({ conversations }) => conversations)).toEqual([["a", "b"]]);
  statements[0]?.answer();
  expect((await all).map(({ outcome }) => outcome)).toEqual(["stored", "stored"]);
});

it("a conversation stands in a statement once; its next message goes with the next one", async () => {
  const { pool, statements } = fakePool();
  const writer = createMessageWriter(pool);
  const all = Promise.all([
    writer.write(words("a", "1")),
    writer.write(words("a", "2")),
    writer.write(words("b", "3")),
  ]);
  await turn();
  await turn();
  expect(statements.map(({ conversations }) => conversations)).toEqual([["a", "b"], ["a"]]);
  for (const { answer } of statements) answer();
  await all;
});

it("a repeat while the first try is under way shares its answer; another writer's same id is its own send", async () => {
  const { pool, statements } = fakePool();
  const writer = createMessageWriter(pool);
  const first = writer.write(words("a", "1"));
  expect(writer.write(words("a", "1"))).toBe(first);
  const other = writer.write(words("b", "1", "somebody else"));
  expect(other).not.toBe(first);
  await turn();
  expect(statements.flatMap(({ conversations }) => conversations)).toEqual(["a", "b"]);
  for (const { answer } of statements) answer();
  await Promise.all([first, other]);
});

it("after a failure the same send may be tried again", async () => {
  const { pool, statements } = fakePool();
  const writer = createMessageWriter(pool);
  const first = writer.write(words("a", "1"));
  await turn();
  statements[0]?.fail(new Error("the database went away"));
  await expect(first).rejects.toThrow("went away");
  const again = writer.write(words("a", "1"));
  await turn();
  statements[1]?.answer();
  expect((await again).outcome).toBe("stored");
});

it("closing waits for what is under way and refuses what comes later", async () => {
  const { pool, statements } = fakePool();
  const writer = createMessageWriter(pool);
  const first = writer.write(words("a", "1"));
  await turn();
  let isClosed = false;
  const closed = writer.close().then(() => {
    isClosed = true;
  });
  await expect(writer.write(words("b", "2"))).rejects.toThrow("closed");
  expect(isClosed).toBe(false);
  statements[0]?.answer();
  await closed;
  expect((await first).outcome).toBe("stored");
});

it("messages wait for company only under load, and never long", () => {
  expect([0, 0.5, 1].map(gatherMs)).toEqual([0, 0, 0]);
  expect(gatherMs(2)).toBeGreaterThan(3);
  expect(gatherMs(1_000)).toBe(25);
});

it("the load is that of the last tenths of a second; a silence forgets it", () => {
  const load = createLoadGauge();
  for (let count = 1; count <= 3_000; count++) load.count(count / 2);
  expect(load.perMs()).toBeGreaterThan(1.8);
  expect(load.perMs()).toBeLessThan(2.1);
  load.count(60_000);
  expect(load.perMs()).toBe(0);
});

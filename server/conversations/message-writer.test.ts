import type { Pool } from "pg";
import { expect, it } from "vitest";
import type { ClientId, ConversationId, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { HintListener } from "../realtime/hints.ts";
import type { FactItem } from "./fact-item.ts";
import { createLoadGauge, createMessageWriter, gatherMs } from "./message-writer.ts";

type Asked = {
  name: string;
  conversations: string[];
  answer(rows?: object[]): void;
  fail(error: Error): void;
};

/** Takes statements and answers them when the test says so: any conversation is there, open, and new. */
function fakePool() {
  const statements: Asked[] = [];
  const query = ({ name, values }: { name: string; values: string[] }) =>
    new Promise<{ rows: object[] }>((resolve, reject) => {
      const conversations = values[1]?.replace(/[{}]/g, "").split(",") ?? [];
      const rows =
        name === "load_heads"
          ? conversations.map((_, index) => headRow(index + 1))
          : [{ at: 1_000, stored: conversations }];
      statements.push({
        name,
        conversations,
        answer: (told = rows) => resolve({ rows: told }),
        fail: reject,
      });
    });
  return { pool: { query } as unknown as Pool, statements };
}

function headRow(n: number, lastSeq = 0) {
  return {
    n,
    workspace_id: "workspace",
    visitor_id: "visitor",
    owner_id: null,
    epoch: 0,
    is_open: true,
    last_seq: lastSeq,
    old_seq: null,
    old_at: null,
  };
}

function setUp() {
  const { pool, statements } = fakePool();
  const followed: string[] = [];
  let hear: HintListener = () => undefined;
  const writer = createMessageWriter({
    pool,
    bus: {
      subscribe(listener) {
        hear = listener;
        return () => undefined;
      },
    },
    follower: { follow: (id) => void followed.push(id) },
  });
  /** What was asked under these names. */
  const asked = (prefix: string) => statements.filter(({ name }) => name.startsWith(prefix));
  /** The conversation is known from now on. */
  const know = async (...conversations: string[]) => {
    const sent = conversations.map((id) => writer.write(words(id, `first of ${id}`)));
    await answerAll(statements);
    await Promise.all(sent);
    statements.length = 0;
    followed.length = 0;
  };
  return {
    writer,
    statements,
    asked,
    know,
    followed,
    tell: (...hint: Parameters<HintListener>) => hear(...hint),
  };
}

async function answerAll(statements: readonly Asked[]) {
  let answered = 0;
  for (let idle = 0; idle < 3; idle++) {
    await turn();
    if (answered < statements.length) idle = -1;
    while (answered < statements.length) statements[answered++]?.answer();
  }
}

const taken = () => Object.assign(new Error("taken"), { code: "23505" });

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
  const { writer, statements, asked } = setUp();
  const all = Promise.all([writer.write(words("a", "1")), writer.write(words("b", "2"))]);
  await answerAll(statements);
  expect((await all).map(({ outcome }) => outcome)).toEqual(["stored", "stored"]);
  expect(statements.map(({ name, conversations }) => [name, conversations])).toEqual([
    ["load_heads", ["a", "b"]],
    ["insert_facts", ["a", "b"]],
  ]);
  expect(asked("insert")).toHaveLength(1);
});

it("asks for a conversation once, and numbers its messages on", async () => {
  const { writer, statements, know, followed } = setUp();
  await know("a");
  const sent = writer.write(words("a", "1"));
  await answerAll(statements);
  expect(await sent).toMatchObject({ outcome: "stored", seq: 2 });
  expect(statements.map(({ name }) => name)).toEqual(["insert_fact"]);
  expect(followed).toEqual(["a"]);
});

it("a conversation stands in a statement once, and in one at a time; its next message goes with a later one", async () => {
  const { writer, asked, know } = setUp();
  await know("a", "b");
  const sent = [words("a", "1"), words("a", "2"), words("b", "3")].map((item) => writer.write(item));
  await turn();
  await turn();
  expect(asked("insert").map(({ conversations }) => conversations)).toEqual([["a", "b"]]);
  asked("insert")[0]?.answer();
  await Promise.all([sent[0], sent[2]]);
  await turn();
  await turn();
  expect(asked("insert").map(({ conversations }) => conversations)).toEqual([["a", "b"], ["a"]]);
  asked("insert")[1]?.answer();
  expect(await sent[1]).toMatchObject({ seq: 3 });
});

it("when a number is taken, the others are stored and the head is read anew", async () => {
  const { writer, asked, know } = setUp();
  await know("a", "b");
  const sent = [writer.write(words("a", "1")), writer.write(words("b", "2"))];
  await turn();
  asked("insert_facts")[0]?.fail(taken());
  await turn();
  asked("insert_free_facts")[0]?.answer([{ at: 2_000, stored: ["b 2"] }]);
  expect(await sent[1]).toMatchObject({ outcome: "stored", seq: 2, at: 2_000 });
  await turn();
  await turn();
  asked("load_heads")[0]?.answer([headRow(1, 7)]);
  await turn();
  asked("insert_fact").at(-1)?.answer();
  expect(await sent[0]).toMatchObject({ outcome: "stored", seq: 8 });
});

it("a repeat of what is stored answers its number, whatever the head says by now", async () => {
  const { writer, asked, know } = setUp();
  await know("a");
  const again = writer.write(words("a", "1"));
  await turn();
  asked("insert_fact")[0]?.fail(taken());
  await turn();
  asked("insert_free_facts")[0]?.answer([{ at: 2_000, stored: [] }]);
  await turn();
  await turn();
  asked("load_heads")[0]?.answer([{ ...headRow(1, 4), is_open: false, old_seq: 3, old_at: 900 }]);
  expect(await again).toMatchObject({ outcome: "repeated", seq: 3, at: 900 });
});

it("refuses by what the database says, never by what it remembers", async () => {
  const { writer, asked, know } = setUp();
  await know("a");
  const byRep = { ...words("a", "1"), writer: { kind: "rep" as const, id: "rep" as MemberId, epoch: 1 } };
  const sent = writer.write(byRep);
  await turn();
  asked("load_heads")[0]?.answer([{ ...headRow(1, 5), owner_id: "rep", epoch: 1 }]);
  await turn();
  asked("insert_fact")[0]?.answer();
  expect(await sent).toMatchObject({ outcome: "stored", seq: 6 });

  const late = writer.write({ ...byRep, clientId: "2" as ClientId, writer: { ...byRep.writer, epoch: 0 } });
  await turn();
  asked("load_heads")[1]?.answer([{ ...headRow(1, 6), owner_id: "rep", epoch: 1 }]);
  expect(await late).toEqual({ outcome: "stale_owner" });
});

it("follows other processes' and verbs' facts by their hints", async () => {
  const { writer, statements, know, tell } = setUp();
  await know("a", "b");
  const hint = (id: string) => ({
    kind: "facts" as const,
    workspaceId: "workspace" as WorkspaceId,
    conversationId: id as ConversationId,
    visitorId: "visitor" as VisitorId,
    from: 2,
    to: 2,
  });
  const by = { kind: "visitor" as const };
  tell(hint("a"), [{ seq: 2, at: 1_000, by, body: { kind: "message", text: "Hello" } }]);
  tell(hint("b"), null);
  const sent = [writer.write(words("a", "1")), writer.write(words("b", "2"))];
  await turn();
  expect(statements.map(({ name, conversations }) => [name, conversations])).toEqual([["load_heads", ["b"]]]);
  statements[0]?.answer([headRow(1, 2)]);
  await answerAll(statements.slice(1));
  await turn();
  statements[1]?.answer();
  expect((await Promise.all(sent)).map((one) => "seq" in one && one.seq)).toEqual([3, 3]);
});

it("tries again what waited in a circle", async () => {
  const { writer, asked, know } = setUp();
  await know("a");
  const sent = writer.write(words("a", "1"));
  await turn();
  asked("insert_fact")[0]?.fail(Object.assign(new Error("deadlock"), { code: "40P01" }));
  await turn();
  await turn();
  asked("load_heads")[0]?.answer([headRow(1, 1)]);
  await turn();
  asked("insert_fact")[1]?.answer();
  expect(await sent).toMatchObject({ outcome: "stored", seq: 2 });
});

it("a repeat while the first try is under way shares its answer; another writer's same id is its own send", async () => {
  const { writer, statements } = setUp();
  const first = writer.write(words("a", "1"));
  expect(writer.write(words("a", "1"))).toBe(first);
  const other = writer.write(words("b", "1", "somebody else"));
  expect(other).not.toBe(first);
  await turn();
  expect(writer.write(words("a", "1"))).toBe(first);
  await answerAll(statements);
  expect((await first).outcome).toBe("stored");
  expect((await other).outcome).toBe("not_found");
});

it("after a failure the same send may be tried again, by a head that is read anew", async () => {
  const { writer, statements, know, asked } = setUp();
  await know("a");
  const first = writer.write(words("a", "1"));
  await turn();
  statements[0]?.fail(new Error("the database went away"));
  await expect(first).rejects.toThrow("went away");
  const again = writer.write(words("a", "1"));
  await turn();
  expect(asked("load_heads")).toHaveLength(1);
  await answerAll(statements.slice(1));
  await turn();
  statements.at(-1)?.answer();
  expect((await again).outcome).toBe("stored");
});

it("closing waits for what is under way and refuses what comes later", async () => {
  const { writer, statements, know } = setUp();
  await know("a");
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

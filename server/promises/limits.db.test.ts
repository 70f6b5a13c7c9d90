import { afterAll, beforeAll, expect, it } from "vitest";
import { createMessageWriter } from "../conversations/message-writer.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { connected, openTestLink } from "./test-link.ts";
import { openRep, signIn } from "./test-rep.ts";
import { arrive, beat, newClientId, openVisitor } from "./test-visitor.ts";
import { startTestWeb, type TestWeb } from "./test-web.ts";
import { addWorkspace, type TestWorkspace } from "./test-workspace.ts";

// What a visitor can do too often, and where its credential counts.
let database: TestDatabase;
let web: TestWeb;
let workspace: TestWorkspace;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 8 });
  web = await startTestWeb({ databaseUrl: database.url });
  workspace = await addWorkspace(database.db);
});
afterAll(async () => {
  await web.close();
  await database.close();
});

it("counts a visitor's credential on its own site only", async () => {
  const elsewhere = await addWorkspace(database.db, { name: "Elsewhere Ltd" });
  const visitor = await arrive(web.url, workspace.siteKey);
  expect((await beat(web.url, workspace.siteKey, "beat", visitor.credential)).credential).toBeUndefined();
  const there = await beat(web.url, elsewhere.siteKey, "beat", visitor.credential);
  expect(there.credential).toEqual(expect.any(String));
  expect(there.credential).not.toBe(visitor.credential);
});

it("knows no site by a key that cannot be one", async () => {
  for (const key of ["a\u0000b", "", "a b", "__proto__"])
    await expect(beat(web.url, key, "hello", null), key).rejects.toThrow(/404 .*not_found/);
});

it("lets a visitor tell of so many pages a minute, and of being there all the same", async () => {
  const visitor = await arrive(web.url, workspace.siteKey);
  const other = await arrive(web.url, workspace.siteKey);
  const pages = Array.from({ length: 200 }, (_, index) =>
    beat(web.url, workspace.siteKey, "page", visitor.credential, `https://shop.example/${index}`).then(
      () => "taken",
      (error: Error) => error.message,
    ),
  );
  const told = await Promise.all(pages);
  // The minute may have changed meanwhile, once.
  expect(told.filter((answer) => answer === "taken").length).toBeLessThanOrEqual(180);
  expect(told.some((answer) => /429 .*too_many/.test(answer))).toBe(true);
  await beat(web.url, workspace.siteKey, "beat", visitor.credential);
  await beat(web.url, workspace.siteKey, "page", other.credential);
});

it("lets a visitor make consoles ring so often, whatever it opens, closes or asks for again", async () => {
  const person = await arrive(web.url, workspace.siteKey);
  let visitor = await openVisitor(web.url, person);
  const codes = new Set<string>();
  for (let round = 0; round < 45; round++) {
    // A new link has all its packets again: theirs is another limit.
    if (round % 10 === 9) {
      visitor.close();
      visitor = await openVisitor(web.url, person);
    }
    const opened = await visitor.ask("conversation:start", { clientId: newClientId(), text: "Hello?" });
    codes.add(opened.ok ? "opened" : opened.code);
    if (!opened.ok) continue;
    const { id: conversationId } = opened.conversation;
    await visitor.ask("request:again", { conversationId });
    await visitor.ask("conversation:close", { conversationId });
  }
  expect([...codes]).toEqual(["opened", "too_many"]);
  visitor.close();
});

it("opens so many links for one visitor", async () => {
  const person = await arrive(web.url, workspace.siteKey);
  const links = await Promise.all(Array.from({ length: 30 }, () => openVisitor(web.url, person)));
  const oneMore = openTestLink({
    url: web.url,
    namespace: "/visitor",
    auth: { credential: person.credential },
  });
  await expect(connected(oneMore.socket)).rejects.toThrow("too_many");
  oneMore.close();
  for (const link of links) link.close();
});

it("shows a visitor the reps who spoke, not those who only left a note", async () => {
  const [first, second] = workspace.members;
  if (first === undefined || second === undefined) throw new Error("a workspace has two members");
  const [owner, reader] = await Promise.all(
    [first, second].map(async (member) => openRep(web.url, await signIn(web.url, member))),
  );
  if (owner === undefined || reader === undefined) throw new Error("two consoles were opened");
  const person = await arrive(web.url, workspace.siteKey);
  const hello = { visitorId: person.id, clientId: newClientId(), text: "Hello!" };
  const { conversationId } = await owner.askOk("visitor:pounce", hello);
  await reader.askOk("note:add", { conversationId, clientId: newClientId(), text: "I know them" });
  const visitor = await openVisitor(web.url, person);
  const { conversation } = await visitor.askOk("conversation:sync", { conversationId: null, since: 0 });
  expect(conversation?.reps.map(({ id }) => id)).toEqual([first.id]);
  for (const link of [owner, reader, visitor]) link.close();
});

it("stores the messages gathered with one that cannot be stored", async () => {
  const people = await Promise.all([1, 2, 3].map(() => arrive(web.url, workspace.siteKey)));
  const writer = createMessageWriter({
    pool: database.pool,
    bus: { subscribe: () => () => undefined },
    follower: { follow: () => undefined },
  });
  const sends = people.map(async (person, index) => {
    const link = await openVisitor(web.url, person);
    const { conversation } = await link.askOk("conversation:start", { clientId: newClientId(), text: "Hi" });
    link.close();
    // No field of ours lets half a character through any more; the database takes it in no JSON.
    const text = index === 1 ? "half a character: \ud83c" : "whole";
    return {
      workspaceId: workspace.id,
      conversationId: conversation.id,
      writer: { kind: "visitor", id: person.id },
      clientId: newClientId(),
      body: { kind: "message", text },
    } as const;
  });
  const items = await Promise.all(sends);
  const answers = await Promise.allSettled(items.map((item) => writer.write(item)));
  await writer.close();
  expect(answers.map((answer) => (answer.status === "fulfilled" ? answer.value.outcome : "failed"))).toEqual([
    "stored",
    "failed",
    "stored",
  ]);
});

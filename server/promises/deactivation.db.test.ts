import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Fact } from "../../shared/model/facts.ts";
import type { ConversationId } from "../../shared/model/ids.ts";
import { connectDatabase, type DatabaseConnection } from "../db/connect.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../db/embedded/start-embedded-postgres.ts";
import { migrate } from "../db/migrate.ts";
import { migrations } from "../db/migrations/all.ts";
import { createLog } from "../log.ts";
import { bundleProgram, type RunningProgram, startProgram } from "./test-program.ts";
import { openRep, type RepLink, signIn } from "./test-rep.ts";
import { arrive, newClientId, openVisitor, type VisitorLink } from "./test-visitor.ts";
import { freePort, testSecretKey } from "./test-web.ts";
import { addWorkspace } from "./test-workspace.ts";
import { asMember, call } from "./two-tenants.ts";

// A member's role or access ends in one of two real processes while they are at work in both.
const log = createLog({ level: "silent", part: "test" });
/** What the product promises, from the answer to the admin on. */
const promisedMs = 5_000;
let dataDir: string;
let postgres: EmbeddedPostgres;
let connection: DatabaseConnection;
let program: string;
let left: RunningProgram;
let right: RunningProgram;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "foyer-leaving-"));
  chmodSync(dataDir, 0o755); // As root PostgreSQL runs as another user, who must pass.
  [postgres, program] = await Promise.all([startEmbeddedPostgres({ dataDir, log }), bundleProgram()]);
  connection = connectDatabase({ url: postgres.url, log, poolSize: 4, name: "test" });
  await migrate(connection.pool, migrations, log);
  const env = { ROLE: "web", DATABASE_URL: postgres.url, SECRET_KEY: testSecretKey, DATABASE_POOL: "12" };
  left = await startProgram({ program, port: await freePort(), env });
  right = await startProgram({ program, port: await freePort(), env });
});
afterAll(async () => {
  await Promise.all([left.stop(), right.stop()]);
  await connection.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(dirname(program), { recursive: true, force: true });
});

/** An admin and a colleague, each with a console; and a rep with one at each process. */
async function setUp() {
  const { db } = connection;
  const workspace = await addWorkspace(db, { roles: ["admin", "rep", "rep"], capacity: 20 });
  const [admin, rep, colleague] = workspace.members;
  if (admin === undefined || rep === undefined || colleague === undefined)
    throw new Error("three were asked for");
  const [asAdmin, atLeft, atRight, asColleague] = await Promise.all([
    signIn(left.url, admin),
    signIn(left.url, rep),
    signIn(right.url, rep),
    signIn(right.url, colleague),
  ]);
  const links = await Promise.all([
    openRep(left.url, atLeft),
    openRep(right.url, atRight),
    openRep(right.url, asColleague),
  ]);
  const [repLeft, repRight, other] = links;
  await Promise.all(links.map((link) => link.askOk("console:sync", {})));
  return { workspace, admin, rep, colleague, asAdmin, atLeft, atRight, repLeft, repRight, other };
}

/** Visitors at both processes, whose conversations the rep has. */
async function startTalks({ workspace, repLeft, other }: Awaited<ReturnType<typeof setUp>>, howMany: number) {
  await other.askOk("availability:set", { isAvailable: false });
  const talks = await Promise.all(
    Array.from({ length: howMany }, async (_, index) => {
      const { url } = index % 2 ? left : right;
      const visitor = await openVisitor(url, await arrive(url, workspace.siteKey));
      const opened = await visitor.askOk("conversation:start", { clientId: newClientId(), text: "Hello" });
      const { id } = opened.conversation;
      const { offer } = await repLeft.hear(
        "offer:changed",
        (news) => news.offer.conversationId === id && news.offer.state === "alerting",
      );
      await repLeft.askOk("offer:accept", { offerId: offer.id });
      return { visitor, id };
    }),
  );
  await other.askOk("availability:set", { isAvailable: true });
  return talks;
}

function gone(link: RepLink): Promise<number> {
  return new Promise((resolve) => {
    if (!link.socket.connected) return resolve(performance.now());
    link.socket.once("disconnect", () => resolve(performance.now()));
  });
}

/** Words one after the other, each acknowledged or tried again with the same id, until told to stop. */
async function talkOn(link: VisitorLink, conversationId: ConversationId, isOver: () => boolean) {
  const sent: string[] = [];
  for (let n = 1; !isOver() || n < 20; n++) {
    const send = { conversationId, clientId: newClientId(), text: `Words ${n}` };
    while (!(await link.ask("message:send", send)).ok);
    sent.push(send.text);
  }
  return sent;
}

const textsOf = (facts: readonly Pick<Fact, "body" | "by">[], by: "visitor" | "rep") =>
  facts.flatMap((fact) => (fact.by.kind === by && fact.body.kind === "message" ? [fact.body.text] : []));

describe("a rep with consoles at two processes", () => {
  it("who is deactivated at one is gone from both in time; chats go on with colleagues, no word is lost or doubled", async () => {
    const set = await setUp();
    const { asAdmin, rep, colleague, repLeft, repRight, other } = set;
    const talks = await startTalks(set, 4);
    let isOver = false;
    const writing = talks.map(({ visitor, id }) => talkOn(visitor, id, () => isOver));
    // The rep writes too, to the last moment: what is acknowledged counts.
    const repSent = new Map<string, string[]>(talks.map(({ id }) => [id, []]));
    const repWriting = talks.map(async ({ id }, index) => {
      const link = index % 2 ? repLeft : repRight;
      for (let n = 1; link.socket.connected; n++) {
        const text = `Answer ${n}`;
        const answer = await link.ask("message:send", {
          conversationId: id,
          epoch: 1,
          clientId: newClientId(),
          text,
        });
        if (!answer.ok) return answer.code;
        repSent.get(id)?.push(text);
      }
      return "gone";
    });
    await expect
      .poll(() => Math.min(...[...repSent.values()].map(({ length }) => length)))
      .toBeGreaterThan(3);

    const ends = [gone(repLeft), gone(repRight)];
    const answer = await call(right.url, "POST", `/api/members/${rep.id}/deactivate`, asMember(asAdmin), {
      chatsTo: null,
    });
    const answeredAt = performance.now();
    expect(answer).toMatchObject({ status: 200, body: { member: { isActive: false, openChats: 0 } } });
    for (const at of await Promise.all(ends)) expect(at - answeredAt).toBeLessThan(promisedMs);
    for (const link of [repLeft, repRight])
      expect(await link.hear("session:ended")).toEqual({ because: "deactivated" });
    for (const code of await Promise.all(repWriting))
      expect(["gone", "stale_owner", "unavailable"]).toContain(code);

    // Each chat rings for the colleague, who takes it; its visitor has written on all the while.
    for (const { id } of talks) {
      const { offer } = await other.hear(
        "offer:changed",
        (news) => news.offer.conversationId === id && news.offer.state === "alerting",
      );
      await other.askOk("offer:accept", { offerId: offer.id });
    }
    isOver = true;
    const sent = await Promise.all(writing);
    for (const [index, { visitor, id }] of talks.entries()) {
      const { conversation } = await other.askOk("conversation:watch", { conversationId: id, since: 0 });
      const facts = await allFacts(other, id, conversation.facts);
      expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, at) => at + 1));
      expect(textsOf(facts, "visitor")).toEqual(["Hello", ...(sent[index] ?? [])]);
      // The last may have been stored without its answer having found the way back to a link that was being ended.
      const answers = textsOf(facts, "rep");
      const acknowledged = repSent.get(id) ?? [];
      expect(answers.slice(0, acknowledged.length)).toEqual(acknowledged);
      expect(answers.length - acknowledged.length).toBeLessThanOrEqual(1);
      expect(facts.map(({ body }) => body).filter(({ kind }) => /^rep_/.test(kind))).toMatchObject([
        { kind: "rep_requested" },
        { kind: "rep_joined", repId: rep.id, epoch: 1 },
        { kind: "rep_left", repId: rep.id, epoch: 2 },
        { kind: "rep_requested" },
        { kind: "rep_joined", repId: colleague.id, epoch: 3 },
      ]);
      visitor.close();
    }
    // The cookie opens nothing any more, at either process.
    for (const [url, session] of [
      [left.url, set.atLeft],
      [right.url, set.atRight],
    ] as const) {
      expect(await call(url, "GET", "/api/session", asMember(session), {})).toMatchObject({ status: 401 });
      await expect(openRep(url, session)).rejects.toThrow("unauthenticated");
    }
    other.close();
  });

  it("whose role changes has no link with the old one left in time, and comes back with the new one", async () => {
    const { asAdmin, rep, atLeft, atRight, repLeft, repRight, other } = await setUp();
    const ends = [gone(repLeft), gone(repRight)];
    const change = { role: "admin", chatsTo: null };
    const answer = await call(left.url, "POST", `/api/members/${rep.id}/role`, asMember(asAdmin), change);
    const answeredAt = performance.now();
    expect(answer.status).toBe(200);
    for (const at of await Promise.all(ends)) expect(at - answeredAt).toBeLessThan(promisedMs);
    for (const link of [repLeft, repRight])
      expect(await link.hear("session:ended")).toEqual({ because: "role_changed" });
    for (const [url, session] of [
      [left.url, atLeft],
      [right.url, atRight],
    ] as const) {
      const link = await openRep(url, session);
      expect((await link.askOk("console:sync", {})).me.role).toBe("admin");
      expect(await call(url, "GET", "/api/members", asMember(session), {})).toMatchObject({ status: 200 });
      link.close();
    }
    other.close();
  });
});

/** From the first on: a snapshot holds the latest only. */
async function allFacts(link: RepLink, conversationId: ConversationId, latest: readonly Fact[]) {
  let facts = [...latest];
  while ((facts[0]?.seq ?? 1) > 1) {
    const before = facts[0]?.seq ?? 1;
    const earlier = await link.askOk("conversation:history", { conversationId, before });
    facts = [...earlier.facts, ...facts];
  }
  return facts;
}

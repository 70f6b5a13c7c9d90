import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { wrongPerPair } from "../accounts/password-check.ts";
import { connectDatabase, type DatabaseConnection } from "../db/connect.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../db/embedded/start-embedded-postgres.ts";
import { migrate } from "../db/migrate.ts";
import { migrations } from "../db/migrations/all.ts";
import { createLog } from "../log.ts";
import { bundleProgram, type RunningProgram, startProgram } from "./test-program.ts";
import { openRep, signIn } from "./test-rep.ts";
import { arrive, newClientId, openVisitor } from "./test-visitor.ts";
import { freePort, testSecretKey } from "./test-web.ts";
import { addWorkspace } from "./test-workspace.ts";

// Two real processes of the built program on one real, durable database: what a company behind a balancer runs.
const log = createLog({ level: "silent", part: "test" });
let dataDir: string;
let postgres: EmbeddedPostgres;
let connection: DatabaseConnection;
let program: string;
let left: RunningProgram;
let right: RunningProgram;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "foyer-two-"));
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

async function setUp() {
  const workspace = await addWorkspace(connection.db);
  const [first, second] = workspace.members;
  if (first === undefined || second === undefined) throw new Error("two members were asked for");
  const [atLeft, atRight] = await Promise.all([signIn(left.url, first), signIn(right.url, second)]);
  const repLeft = await openRep(left.url, atLeft);
  const repRight = await openRep(right.url, atRight);
  await Promise.all([repLeft.askOk("console:sync", {}), repRight.askOk("console:sync", {})]);
  const person = await arrive(left.url, workspace.siteKey);
  const visitor = await openVisitor(left.url, person);
  const close = () => {
    for (const link of [repLeft, repRight, visitor]) link.close();
  };
  return { workspace, first, second, repLeft, repRight, person, visitor, close };
}

describe("a visitor on one process and a rep on another", () => {
  it("ring, claim, write, type, read and hand over as on one", async () => {
    const { repLeft, repRight, visitor, first, second, close } = await setUp();
    const opened = await visitor.askOk("conversation:start", { clientId: newClientId(), text: "Hello" });
    const conversationId = opened.conversation.id;

    const [ringsLeft, ringsRight] = await Promise.all([
      repLeft.hear("offer:changed", ({ offer }) => offer.state === "alerting"),
      repRight.hear("offer:changed", ({ offer }) => offer.state === "alerting"),
    ]);
    expect(ringsRight.offer).toMatchObject({ conversationId, text: "Hello" });
    await repRight.askOk("offer:accept", { offerId: ringsRight.offer.id });
    const told = await repLeft.hear("offer:changed", ({ offer }) => offer.state === "withdrawn");
    expect(told.offer).toMatchObject({ id: ringsLeft.offer.id, takenBy: second.id });
    expect(await repLeft.ask("offer:accept", { offerId: ringsLeft.offer.id })).toMatchObject({
      ok: false,
      code: "taken",
      takenBy: second.id,
    });
    await visitor.hear("fact:new", ({ facts }) => facts.some(({ body }) => body.kind === "rep_joined"));

    const watched = await repRight.askOk("conversation:watch", { conversationId, since: 0 });
    const { epoch } = watched.conversation;
    const fromRep = { conversationId, epoch, clientId: newClientId(), text: "Good day" };
    const { seq } = await repRight.askOk("message:send", fromRep);
    const reached = await visitor.hear("fact:new", ({ facts }) => facts.some((fact) => fact.seq === seq));
    expect(reached.facts).toMatchObject([{ seq, body: { kind: "message", text: "Good day" } }]);
    const back = { conversationId, clientId: newClientId(), text: "And to you" };
    const answered = await visitor.askOk("message:send", back);
    await repRight.hear("fact:new", ({ facts }) => facts.some((fact) => fact.seq === answered.seq));

    visitor.tell("typing:set", { conversationId, isTyping: true });
    await repRight.hear("typing:changed", (news) => news.by === "visitor" && news.isTyping);
    repRight.tell("typing:set", { conversationId, isTyping: true });
    await visitor.hear("typing:changed", (news) => news.repId === second.id && news.isTyping);

    await visitor.askOk("marks:set", { conversationId, delivered: seq, seen: seq });
    await repRight.hear("marks:changed", ({ marks }) => marks.visitorSeen >= seq);
    await repRight.askOk("marks:set", { conversationId, delivered: answered.seq, seen: answered.seq });
    await visitor.hear("marks:changed", ({ marks }) => marks.repSeen >= answered.seq);

    await repRight.askOk("conversation:hand_over", { conversationId, epoch, toId: first.id, note: "Yours" });
    await visitor.hear("fact:new", ({ facts }) =>
      facts.some(({ body }) => body.kind === "rep_joined" && body.repId === first.id),
    );
    await repLeft.hear("conversation:changed", (news) => news.conversation.ownerId === first.id);
    // Who handed over no longer types to the visitor; the note after it, on the same way, has arrived.
    const heardBefore = visitor.heard.length;
    repRight.tell("typing:set", { conversationId, isTyping: true });
    const note = { conversationId, clientId: newClientId(), text: "Good luck" };
    const noted = await repRight.askOk("note:add", note);
    await visitor.hear("fact:new", ({ facts }) => facts.some((fact) => fact.seq === noted.seq));
    expect(visitor.heard.slice(heardBefore).filter((one) => one.event === "typing:changed")).toEqual([]);
    const stale = await repRight.ask("message:send", { ...fromRep, clientId: newClientId() });
    expect(stale).toMatchObject({ ok: false, code: "stale_owner" });
    close();
  });

  it("of two claims at once, one at each process, exactly one wins (ten times)", async () => {
    const { repLeft, repRight, workspace, first, second, close } = await setUp();
    for (let round = 0; round < 10; round++) {
      const person = await arrive(right.url, workspace.siteKey);
      const visitor = await openVisitor(right.url, person);
      const opened = await visitor.askOk("conversation:start", { clientId: newClientId(), text: "Anyone?" });
      const conversationId = opened.conversation.id;
      const isThis = ({ offer }: { offer: { conversationId: string } }) =>
        offer.conversationId === conversationId;
      const [a, b] = await Promise.all([
        repLeft.hear("offer:changed", isThis),
        repRight.hear("offer:changed", isThis),
      ]);
      const claims = await Promise.all([
        repLeft.ask("offer:accept", { offerId: a.offer.id }),
        repRight.ask("offer:accept", { offerId: b.offer.id }),
      ]);
      expect(claims.filter((claim) => claim.ok)).toHaveLength(1);
      const winner = claims[0].ok ? first.id : second.id;
      expect(claims.find((claim) => !claim.ok)).toMatchObject({ code: "taken", takenBy: winner });
      const { conversation } = await visitor.askOk("conversation:sync", { conversationId, since: 0 });
      expect(conversation).toMatchObject({ ownerId: winner, epoch: 1 });
      expect(conversation?.facts.filter(({ body }) => body.kind === "rep_joined")).toHaveLength(1);
      await visitor.askOk("conversation:close", { conversationId });
      visitor.close();
    }
    close();
  });

  it("writes from both processes at once get one order, the same for all", async () => {
    const { repLeft, repRight, visitor, close } = await setUp();
    const opened = await visitor.askOk("conversation:start", { clientId: newClientId(), text: "Hello" });
    const conversationId = opened.conversation.id;
    const { offer } = await repRight.hear("offer:changed", (news) => news.offer.state === "alerting");
    await repRight.askOk("offer:accept", { offerId: offer.id });
    await repLeft.askOk("conversation:watch", { conversationId, since: 0 });
    const sends = await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const text = `Words ${index}`;
        const clientId = newClientId();
        if (index % 3 === 0) return visitor.askOk("message:send", { conversationId, clientId, text });
        if (index % 3 === 1) return repLeft.askOk("note:add", { conversationId, clientId, text });
        return repRight.askOk("message:send", { conversationId, clientId, text, epoch: 1 });
      }),
    );
    const seqs = sends.map((sent) => sent.seq).sort((a, b) => a - b);
    expect(new Set(seqs).size).toBe(30);
    const lists = await Promise.all(
      [repLeft, repRight].map(async (rep) => {
        const { conversation } = await rep.askOk("conversation:watch", { conversationId, since: 0 });
        return conversation.facts;
      }),
    );
    expect(lists[0]).toEqual(lists[1]);
    expect(lists[0]?.map((fact) => fact.seq)).toEqual(
      Array.from({ length: lists[0]?.length ?? 0 }, (_, index) => index + 1),
    );
    close();
  });
});

describe("guessing a password at both processes", () => {
  async function guess(url: string, email: string): Promise<string> {
    const response = await fetch(`${url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify({ email, password: "not the one" }),
    });
    const answer = (await response.json()) as { ok: boolean; code?: string };
    return answer.code ?? "signed in";
  }

  it("two hundred tries at once are two hundred tries: no more than the limit are looked at", async () => {
    const { members } = await addWorkspace(connection.db);
    const email = members[0]?.email ?? "";
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => guess(index % 2 === 0 ? left.url : right.url, email)),
    );
    const looked = answers.filter((code) => code === "unauthenticated");
    expect(looked).toHaveLength(wrongPerPair.points);
    expect(answers.filter((code) => code === "too_many")).toHaveLength(200 - looked.length);
    const { rows } = await connection.pool.query("select key from attempts");
    expect(JSON.stringify(rows)).not.toContain(email);
  });
});

/** Ten by default; BOOKING_ROUNDS=50 for the long run. */
const rounds = Number(process.env.BOOKING_ROUNDS ?? 10);
/** As many rounds share visitors: a network may bring 2,000 newcomers an hour, a visitor may have three meetings ahead. */
const roundsPerCrowd = 3;

describe("a hundred visitors who want one time, half of them at each process", () => {
  type Guest = { index: number; call: ReturnType<typeof callAs> };
  let crowd: { hosts: MemberId[]; guests: Guest[] };

  function callAs(url: string, credential: string) {
    return async (path: string, body?: object) => {
      const response = await fetch(url + path, {
        method: body === undefined ? "GET" : "POST",
        headers: { authorization: `Visitor ${credential}`, origin: url, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await response.json()) as { ok: boolean; code?: string } & Record<string, unknown>;
    };
  }

  async function gather() {
    const roles = Array.from({ length: roundsPerCrowd }, () => "meetings_only" as const);
    const { members, siteKey } = await addWorkspace(connection.db, { roles });
    const guests = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const { url } = index % 2 ? left : right;
        const { credential } = await arrive(url, siteKey);
        return { index, call: callAs(url, credential) };
      }),
    );
    return { hosts: members.map((member) => member.id), guests };
  }

  it.each(Array.from({ length: rounds }, (_, index) => index + 1))(
    "exactly one is booked, the others hear that it is taken (round %d)",
    async (round) => {
      if (round % roundsPerCrowd === 1) crowd = await gather();
      const host = crowd.hosts[round % roundsPerCrowd];
      const wishes = await Promise.all(
        crowd.guests.map(async (guest) => {
          const { offer, slots } = await guest.call(`/visitor/slots?host=${host}`);
          return { ...guest, offer, slots: decodeSlots(String(slots)) };
        }),
      );
      // Not the very first ones: those may begin while the test runs. Half want the next time, which lies in the gap.
      const wanted = [wishes[0]?.slots[20], wishes[0]?.slots[21]];
      const ends = await Promise.all(
        wishes.map(async ({ index, call, offer }) => {
          const startAt = wanted[Math.floor(index / 2) % 2];
          const held = await call("/visitor/holds", { host, startAt, offer });
          if (!held.ok) return held.code;
          const form = { name: "Guest", email: `guest${index}@example.org`, note: "", zone: "UTC" };
          const booked = await call("/visitor/meetings", { key: randomUUID(), holdId: held.holdId, ...form });
          return booked.ok ? "booked" : booked.code;
        }),
      );
      expect(ends.filter((end) => end === "booked")).toHaveLength(1);
      expect(new Set(ends)).toEqual(new Set(["booked", "slot_taken"]));
      const { rows } = await connection.pool.query(
        "select count(*)::int as count from meetings where host_id = $1 and state = 'booked'",
        [host],
      );
      expect(rows).toEqual([{ count: 1 }]);
    },
  );
});

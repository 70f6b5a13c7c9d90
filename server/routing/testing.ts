import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Fact } from "../../shared/model/facts.ts";
import type {
  ClientId,
  ConversationId,
  MemberId,
  OfferId,
  SiteId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import { defaultHours } from "../../shared/model/meetings.ts";
import type { RoutingSettings } from "../../shared/model/routing.ts";
import { createMember } from "../accounts/create-member.ts";
import { createSite } from "../accounts/create-site.ts";
import { createWorkspace } from "../accounts/create-workspace.ts";
import { startConversation } from "../conversations/start-conversation.ts";
import { connectDatabase, type Db } from "../db/connect.ts";
import { newId } from "../db/ids.ts";
import { createTestDatabase } from "../db/testing.ts";
import { createLog } from "../log.ts";
import type { Bus, Hint } from "../realtime/hints.ts";
import { type Accepted, acceptOffer } from "./accept-offer.ts";
import { lookAtRequests } from "./clock.ts";
import { createRouting } from "./create-routing.ts";
import { declineOffer } from "./decline-offer.ts";
import { whyThere } from "./why.ts";

const log = createLog({ level: "silent", part: "test" });

/** Ten o'clock of a Monday. */
export const start = Date.UTC(2026, 9, 5, 10);

/** The database's clock stands where it is put: in a table of one row, that every connection reads. */
async function holdClock(db: Db) {
  await sql`create table test_clock (now timestamptz not null)`.execute(db);
  await sql`insert into test_clock values (${new Date(start)})`.execute(db);
  await sql`create or replace function foyer_now() returns timestamptz language sql volatile
    as 'select now from test_clock'`.execute(db);
}

/** One server process as far as routing is concerned: objects of its own, a pool of its own, nothing in memory kept. */
export function createNode(url: string, poolSize = 6) {
  const { db, close } = connectDatabase({ url, log, poolSize, name: "test-node" });
  const hints: Hint[] = [];
  /** As this process's links are told them. */
  const news: { conversationId: ConversationId; facts: readonly Fact[] }[] = [];
  const bus: Bus = {
    publish(hint, facts = []) {
      hints.push(hint);
      if (hint.kind === "facts") news.push({ conversationId: hint.conversationId, facts });
    },
    subscribe: () => () => undefined,
    close: async () => undefined,
  };
  return { db, bus, log, hints, news, routing: createRouting({ db, bus, log }), close };
}

export type Node = ReturnType<typeof createNode>;

export async function createRoutingWorld() {
  const database = await createTestDatabase();
  const { db } = database;
  await holdClock(db);
  let node = createNode(database.url);
  let now = start;
  const here = new Set<VisitorId>();

  async function setClock(instant: number) {
    now = instant;
    await sql`update test_clock set now = ${new Date(instant)}`.execute(db);
    if (here.size > 0)
      await sql`update visits set seen_at = foyer_now() where visitor_id = any(${[...here]}::uuid[])`.execute(
        db,
      );
  }

  async function addTeam(
    size: number,
    routing: Partial<RoutingSettings> = {},
    { hasHours = true, capacity = 4 } = {},
  ) {
    const workspaceId = await createWorkspace(db, { name: "Testing Ltd", routing });
    const site = await createSite(db, {
      workspaceId,
      name: "Shop",
      origins: ["https://shop.example"],
      look: { color: "#2f5d4a", position: "right", companyName: "Testing Ltd" },
    });
    const reps: MemberId[] = [];
    for (let index = 0; index < size; index++) {
      const email = `rep${index}-${workspaceId.slice(-8)}@team.example`;
      const hours = { ...defaultHours("UTC"), ...(hasHours ? {} : { weekly: [] }) };
      const names = { firstName: `Robin${index}`, lastName: "Tester", jobTitle: "Advisor" };
      reps.push(
        await createMember(db, { workspaceId, email, role: "rep", ...names, zone: "UTC", hours, capacity }),
      );
    }
    // Among those never asked the order is that of the ids: the first of the list is asked first.
    const team = { workspaceId, siteId: site.id, reps: reps.sort() };
    for (const rep of reps) await arriveAtDesk(team, rep);
    return team;
  }

  /** A console that stays open: its lease is renewed far ahead. */
  async function arriveAtDesk(team: { workspaceId: WorkspaceId }, memberId: MemberId) {
    await sql`insert into rep_leases (member_id, node_id, workspace_id, lease_until)
      values (${memberId}, ${randomUUID()}, ${team.workspaceId}, '2100-01-01')`.execute(db);
  }

  async function addVisitor(team: { workspaceId: WorkspaceId; siteId: SiteId }) {
    const visitorId: VisitorId = newId();
    await db
      .insertInto("visitors")
      .values({
        id: visitorId,
        workspace_id: team.workspaceId,
        site_id: team.siteId,
        secret_hash: Buffer.alloc(32),
        device: JSON.stringify({ kind: "desktop", browser: "Test", os: "Test" }),
      })
      .execute();
    await db
      .insertInto("visits")
      .values({
        id: newId<"visit">(),
        workspace_id: team.workspaceId,
        visitor_id: visitorId,
        source: "Direct",
        pages: "[]",
      })
      .execute();
    here.add(visitorId);
    return { visitorId, workspaceId: team.workspaceId, siteId: team.siteId };
  }

  async function startTalk(team: { workspaceId: WorkspaceId; siteId: SiteId }) {
    const visitor = await addVisitor(team);
    const clientId = randomUUID() as ClientId; // As a frame makes them.
    const { id } = await startConversation(node, visitor, { clientId, text: "Is anybody there?" });
    return { ...visitor, id };
  }

  return {
    ...database,
    now: () => now,
    setClock,
    /** Moves the clock and looks, as each process does twice a second and, for what is slow, every three seconds. */
    async after(seconds: number, { isSlow = false } = {}) {
      await setClock(now + seconds * 1_000);
      await lookAtRequests(node, isSlow ? "all" : "due");
    },
    addTeam,
    addVisitor,
    startTalk,
    arriveAtDesk,
    node: () => node,
    /** The process dies and another takes its place. */
    async restart() {
      await node.close();
      node = createNode(database.url);
    },
    async leaveDesk(memberId: MemberId) {
      await sql`update rep_leases set lease_until = foyer_now() where member_id = ${memberId}`.execute(db);
    },
    /** The visitor's page is silent from now on. */
    leave: (visitorId: VisitorId) => void here.delete(visitorId),
    comeBack: (visitorId: VisitorId) => void here.add(visitorId),
    accept: (team: { workspaceId: WorkspaceId }, memberId: MemberId, offerId: OfferId): Promise<Accepted> =>
      acceptOffer(node, { memberId, workspaceId: team.workspaceId }, offerId),
    decline: (team: { workspaceId: WorkspaceId }, memberId: MemberId, offerId: OfferId) =>
      declineOffer(node, { memberId, workspaceId: team.workspaceId }, offerId),
    async offers(id: ConversationId) {
      const rows = await db
        .selectFrom("offers")
        .innerJoin("requests", "requests.id", "offers.request_id")
        .select(["offers.id", "offers.member_id", "offers.state"])
        .where("requests.conversation_id", "=", id)
        .orderBy("offers.offered_at")
        .orderBy("offers.id")
        .execute();
      return rows.map((row) => ({ id: row.id, repId: row.member_id, state: row.state }));
    },
    async requests(id: ConversationId) {
      const rows = await db
        .selectFrom("requests")
        .select(["state", "fallback_to", "due_at"])
        .where("conversation_id", "=", id)
        .orderBy("created_at")
        .orderBy("id")
        .execute();
      return rows.map((row) => ({ state: row.state, to: row.fallback_to, isLive: row.due_at !== null }));
    },
    async conversation(id: ConversationId) {
      return db
        .selectFrom("conversations")
        .select(["owner_id", "epoch", "is_open", "last_seq"])
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
    },
    async factKinds(id: ConversationId) {
      const rows = await db
        .selectFrom("facts")
        .select("kind")
        .where("conversation_id", "=", id)
        .orderBy("seq")
        .execute();
      return rows.map((row) => row.kind);
    },
    /** The decision log in words: `offered rep0`, `skipped rep1 AWAY`. */
    async why(team: { workspaceId: WorkspaceId; reps: readonly MemberId[] }, id: ConversationId) {
      const lines = await whyThere(db, team.workspaceId, id);
      return lines.map(({ step, repId, reason }) =>
        [step, repId === null ? "" : `rep${team.reps.indexOf(repId)}`, reason ?? ""]
          .filter(Boolean)
          .join(" "),
      );
    },
    async close() {
      await node.close();
      await database.close();
    },
  };
}

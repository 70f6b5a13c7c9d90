import { type Kysely, type Selectable, type SqlBool, sql } from "kysely";
import type { ConnectionProblem, ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";

type Db = Kysely<Database>;
export type ConnectionRow = Selectable<Database["connections"]>;

/** Which connection, in whose workspace. */
export type ConnectionRef = { workspaceId: WorkspaceId; connectionId: ConnectionId };

/** So long before its end an access is renewed already. */
const earlySeconds = 60;
const isEnding = sql<boolean>`coalesce(access_expires_at <= foyer_now() + make_interval(secs => ${earlySeconds}), false)`;

export function connectionRow(db: Db, { workspaceId, connectionId }: ConnectionRef) {
  return byRef(db, workspaceId, connectionId).executeTakeFirst();
}

/** Locked until the caller's transaction ends: whoever renews its access does so alone. */
export function lockConnection(db: Db, { workspaceId, connectionId }: ConnectionRef) {
  return byRef(db, workspaceId, connectionId).forUpdate().executeTakeFirst();
}

function byRef(db: Db, workspaceId: WorkspaceId, id: ConnectionId) {
  return db
    .selectFrom("connections")
    .selectAll()
    .select(isEnding.as("is_ending"))
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id);
}

/** Locked, in one order for everybody. */
export function lockConnections(
  db: Db,
  workspaceId: WorkspaceId,
  of: { id?: ConnectionId; memberId?: MemberId; providers?: readonly ProviderName[] } = {},
) {
  let query = db
    .selectFrom("connections")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("id")
    .forUpdate();
  if (of.id !== undefined) query = query.where("id", "=", of.id);
  if (of.memberId !== undefined) query = query.where("member_id", "=", of.memberId);
  if (of.providers !== undefined) query = query.where("provider", "in", of.providers);
  return query.execute();
}

export function lockAccount(
  db: Db,
  account: { workspaceId: WorkspaceId; memberId: MemberId; provider: ProviderName; accountId: string },
) {
  return db
    .selectFrom("connections")
    .select(["id", "account_id"])
    .where("workspace_id", "=", account.workspaceId)
    .where("member_id", "=", account.memberId)
    .where("provider", "=", account.provider)
    .where("account_id", "=", account.accountId)
    .forUpdate()
    .executeTakeFirst();
}

export type SavedConnection = {
  id: ConnectionId;
  workspaceId: WorkspaceId;
  memberId: MemberId;
  provider: ProviderName;
  accountId: string;
  accountName: string;
  serverUrl: string | null;
  scopes: readonly string[];
  sealedSecret: Buffer;
  expiresInSeconds: number | null;
  problem: ConnectionProblem | null;
};

/** Connected just now: whatever was wrong before is over. */
export async function upsertConnection(db: Db, saved: SavedConnection): Promise<void> {
  const fresh = {
    account_name: saved.accountName,
    server_url: saved.serverUrl,
    scopes: [...saved.scopes],
    sealed_secret: saved.sealedSecret,
    access_expires_at: expiry(saved.expiresInSeconds),
    problem: saved.problem,
    problem_at: saved.problem === null ? null : sql<Date>`foyer_now()`,
    // Whoever has just connected reads it on the page.
    told_at: saved.problem === null ? null : sql<Date>`foyer_now()`,
    tried_at: sql<Date>`foyer_now()`,
    good_at: sql<Date>`foyer_now()`,
    // Its calendars are listed, and read, by whoever looks next.
    list_due_at: sql<Date>`foyer_now()`,
  };
  await db
    .insertInto("connections")
    .values({
      id: saved.id,
      workspace_id: saved.workspaceId,
      member_id: saved.memberId,
      provider: saved.provider,
      account_id: saved.accountId,
      ...fresh,
    })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(fresh))
    .execute();
}

export async function updateTokens(
  db: Db,
  { workspace_id, id }: Pick<ConnectionRow, "workspace_id" | "id">,
  tokens: { sealedSecret: Buffer; expiresInSeconds: number | null; scopes: readonly string[] | null },
): Promise<void> {
  await db
    .updateTable("connections")
    .set({
      sealed_secret: tokens.sealedSecret,
      access_expires_at: expiry(tokens.expiresInSeconds),
      ...(tokens.scopes === null ? {} : { scopes: [...tokens.scopes] }),
    })
    .where("workspace_id", "=", workspace_id)
    .where("id", "=", id)
    .execute();
}

/** By the database's clock, which all processes share. */
function expiry(seconds: number | null) {
  return seconds === null ? null : sql<Date>`foyer_now() + make_interval(secs => ${seconds})`;
}

export async function deleteConnections(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly ConnectionId[],
): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom("connections").where("workspace_id", "=", workspaceId).where("id", "in", ids).execute();
}

// Health.

export async function markGood(
  db: Db,
  { workspaceId, connectionId }: ConnectionRef,
  ended: readonly ConnectionProblem[],
): Promise<{ ended: ConnectionProblem | null }> {
  const row = await db
    .updateTable("connections as c")
    .from(
      db
        .selectFrom("connections")
        .select(["id", "problem"])
        .where("workspace_id", "=", workspaceId)
        .where("id", "=", connectionId)
        .forUpdate()
        .as("before"),
    )
    .set({
      tried_at: sql<Date>`foyer_now()`,
      good_at: sql<Date>`foyer_now()`,
      problem: sql<ConnectionProblem | null>`case when ${isOneOf(ended)} then null else before.problem end`,
      problem_at: sql<Date | null>`case when ${isOneOf(ended)} then null else c.problem_at end`,
      told_at: sql<Date | null>`case when ${isOneOf(ended)} then null else c.told_at end`,
    })
    .whereRef("c.id", "=", "before.id")
    .returning(sql<ConnectionProblem | null>`case when ${isOneOf(ended)} then before.problem end`.as("ended"))
    .executeTakeFirst();
  return { ended: row?.ended ?? null };
}

function isOneOf(problems: readonly ConnectionProblem[]) {
  return sql<SqlBool>`before.problem = any(${[...problems]}::text[])`;
}

/** False: something else is wrong, or nothing. */
export async function clearProblem(
  db: Db,
  { workspaceId, connectionId }: ConnectionRef,
  problem: ConnectionProblem,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("connections")
    .set({ problem: null, problem_at: null, told_at: null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", connectionId)
    .where("problem", "=", problem)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function markProblem(
  db: Db,
  { workspaceId, connectionId }: ConnectionRef,
  problem: ConnectionProblem,
): Promise<void> {
  await db
    .updateTable("connections")
    .set({ problem, problem_at: sql<Date>`foyer_now()`, told_at: null, tried_at: sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", connectionId)
    .execute();
}

export async function markTried(db: Db, { workspaceId, connectionId }: ConnectionRef): Promise<void> {
  await db
    .updateTable("connections")
    .set({ tried_at: sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", connectionId)
    .execute();
}

/** Since when, by the database's clock, and whether that is `minutes` ago. */
export function problemAge(db: Db, { workspaceId, connectionId }: ConnectionRef, minutes: number) {
  return db
    .selectFrom("connections")
    .select(["problem_at", "told_at"])
    .select(sql<boolean>`problem_at <= foyer_now() - make_interval(mins => ${minutes})`.as("is_lasting"))
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", connectionId)
    .executeTakeFirst();
}

export async function markTold(db: Db, { workspaceId, connectionId }: ConnectionRef): Promise<void> {
  await db
    .updateTable("connections")
    .set({ told_at: sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", connectionId)
    .execute();
}

/** Whom a problem concerns. */
export function memberToTell(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  return db
    .selectFrom("members")
    .select(["id", "email", "first_name", "last_name", "role", "is_active"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .executeTakeFirst();
}

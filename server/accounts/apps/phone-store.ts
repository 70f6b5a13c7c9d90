import { type Kysely, sql } from "kysely";
import type { MemberId, PhoneCodeId, SessionId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;
type Owner = { workspaceId: WorkspaceId; sessionId: SessionId };

/** Of one session at most one code is open: the one on its screen. */
export async function insertPhoneCode(
  db: Db,
  code: { id: PhoneCodeId; secretHash: Buffer; memberId: MemberId; minutes: number } & Owner,
): Promise<Date> {
  await db
    .deleteFrom("phone_codes")
    .where((or) =>
      or.or([
        or("expires_at", "<", sql<Date>`foyer_now() - interval '1 hour'`),
        or.and([or("session_id", "=", code.sessionId), or("state", "=", "open")]),
      ]),
    )
    .execute();
  const row = await db
    .insertInto("phone_codes")
    .values({
      id: code.id,
      secret_hash: code.secretHash,
      workspace_id: code.workspaceId,
      member_id: code.memberId,
      session_id: code.sessionId,
      expires_at: sql`foyer_now() + make_interval(mins => ${code.minutes})`,
    })
    .returning("expires_at")
    .executeTakeFirstOrThrow();
  return row.expires_at;
}

/** As the console that made it sees it; undefined for any other. */
export function phoneCode(db: Db, { workspaceId, sessionId }: Owner, id: PhoneCodeId) {
  return db
    .selectFrom("phone_codes")
    .select(["state", "phone_label", "number", sql<boolean>`expires_at <= foyer_now()`.as("is_over")])
    .where("workspace_id", "=", workspaceId)
    .where("session_id", "=", sessionId)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function savePhoneAnswer(
  db: Db,
  { workspaceId, sessionId }: Owner,
  id: PhoneCodeId,
  state: "confirmed" | "refused",
): Promise<boolean> {
  const row = await db
    .updateTable("phone_codes")
    .set({ state })
    .where("workspace_id", "=", workspaceId)
    .where("session_id", "=", sessionId)
    .where("id", "=", id)
    .where("state", "=", "claimed")
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Not one that was just confirmed: its phone is about to come in. */
export async function deletePhoneCode(
  db: Db,
  { workspaceId, sessionId }: Owner,
  id: PhoneCodeId,
): Promise<boolean> {
  const row = await db
    .deleteFrom("phone_codes")
    .where("workspace_id", "=", workspaceId)
    .where("session_id", "=", sessionId)
    .where("id", "=", id)
    .where("state", "in", ["open", "claimed"])
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

// On the phone nobody is known yet: its rows are found by 256 bits, and only while the console's session lives.

const isAlive = sql<boolean>`p.expires_at > foyer_now() and m.is_active and exists
  (select 1 from sessions s where s.id = p.session_id and s.workspace_id = p.workspace_id and s.expires_at > foyer_now())`;

export function personBehindCode(db: Db, secretHash: Buffer) {
  return db
    .selectFrom("phone_codes as p")
    .innerJoin("members as m", (on) =>
      on.onRef("m.workspace_id", "=", "p.workspace_id").onRef("m.id", "=", "p.member_id"),
    )
    .innerJoin("workspaces as w", "w.id", "p.workspace_id")
    .select(["m.first_name", "m.last_name", "w.name as workspace_name"])
    .where("p.secret_hash", "=", secretHash)
    .where("p.state", "=", "open")
    .where(isAlive)
    .executeTakeFirst();
}

/** The first phone has it. It then has as many minutes again, to be confirmed. */
export async function claimPhoneCode(
  db: Db,
  secretHash: Buffer,
  claim: { claimHash: Buffer; label: string; number: number; minutes: number },
): Promise<boolean> {
  const { rows } = await sql`
    update phone_codes p
    set state = 'claimed', claim_hash = ${claim.claimHash}, phone_label = ${claim.label}, number = ${claim.number},
      expires_at = foyer_now() + make_interval(mins => ${claim.minutes})
    from members m
    where m.workspace_id = p.workspace_id and m.id = p.member_id
      and p.secret_hash = ${secretHash} and p.state = 'open' and ${isAlive}
    returning p.id`.execute(db);
  return rows.length === 1;
}

/** Whose claim it is, without a lock. */
export function personOfClaim(db: Db, claimHash: Buffer) {
  return db
    .selectFrom("phone_codes")
    .select(["workspace_id as workspaceId", "member_id as memberId"])
    .where("claim_hash", "=", claimHash)
    .executeTakeFirst();
}

/** Locked until the transaction ends: a claim opens one session. */
export function lockClaim(db: Db, claimHash: Buffer) {
  return db
    .selectFrom("phone_codes as p")
    .innerJoin("members as m", (on) =>
      on.onRef("m.workspace_id", "=", "p.workspace_id").onRef("m.id", "=", "p.member_id"),
    )
    .select(["p.id", "p.state", "p.workspace_id", "p.member_id", "p.phone_label"])
    .where("p.claim_hash", "=", claimHash)
    .where(isAlive)
    .forUpdate("p")
    .executeTakeFirst();
}

export async function notePhoneUse(db: Db, workspaceId: WorkspaceId, id: PhoneCodeId): Promise<void> {
  await db
    .updateTable("phone_codes")
    .set({ state: "used" })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

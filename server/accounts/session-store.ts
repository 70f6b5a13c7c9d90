import { type Kysely, sql } from "kysely";
import type { MemberId, SessionId, WorkspaceId } from "../../shared/model/ids.ts";
import type { SessionKind } from "../../shared/model/people.ts";
import type { Database } from "../db/tables.ts";

// The other half of this folder's SQL: sessions, and what they are proven by.

type Db = Kysely<Database>;

export function memberToSignIn(db: Db, email: string) {
  return db
    .selectFrom("members")
    .select(["id", "workspace_id", "password_hash"])
    .where(sql`lower(email)`, "=", email.trim().toLowerCase())
    .where("is_active", "=", true)
    .executeTakeFirst();
}

/** An active member, held as they are until the caller's transaction ends; false for anybody else. */
export async function lockActive(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<boolean> {
  const { rows } = await sql`
    select id from members where workspace_id = ${workspaceId} and id = ${id} and is_active for share`.execute(
    db,
  );
  return rows.length === 1;
}

/**
 * Whether this is the member's password still, and of use here. Asked after the lock and not with it: a question that has
 * waited for a lock sees other rows as they were before.
 */
export async function isPasswordNow(
  db: Db,
  workspaceId: WorkspaceId,
  id: MemberId,
  passwordHash: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("members as m")
    .innerJoin("workspaces as w", "w.id", "m.workspace_id")
    .select("m.id")
    .where("m.workspace_id", "=", workspaceId)
    .where("m.id", "=", id)
    .where("m.password_hash", "=", passwordHash)
    .where(sql<boolean>`(not w.is_sso_only or (m.is_break_glass and m.role = 'admin'))`)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertSession(
  db: Db,
  session: {
    tokenHash: Buffer;
    workspaceId: WorkspaceId;
    memberId: MemberId;
    days: number;
    kind: SessionKind;
    label: string;
    provedAt: number | null;
  },
): Promise<void> {
  await db
    .insertInto("sessions")
    .values({
      token_hash: session.tokenHash,
      workspace_id: session.workspaceId,
      member_id: session.memberId,
      kind: session.kind,
      label: session.label,
      proved_at: provedAtFirst(session),
      expires_at: sql`foyer_now() + make_interval(days => ${session.days})`,
    })
    .execute();
  await db
    .deleteFrom("sessions")
    .where("member_id", "=", session.memberId)
    .where("expires_at", "<=", sql<Date>`foyer_now()`)
    .execute();
}

/**
 * An app or a phone is let in by another session: nobody has proven anything on it. A provider may know somebody from last
 * week and ask nothing: what it says of that counts, and silence for never.
 */
function provedAtFirst({ kind, provedAt }: { kind: SessionKind; provedAt: number | null }) {
  if (kind === "password" || kind === "invitation") return sql<Date>`foyer_now()`;
  return sql<Date>`least(foyer_now(), to_timestamp(${kind === "sso" ? (provedAt ?? 0) / 1_000 : 0}::float8))`;
}

export async function deleteSession(db: Db, tokenHash: Buffer): Promise<MemberId | null> {
  const row = await db
    .deleteFrom("sessions")
    .where("token_hash", "=", tokenHash)
    .returning("member_id")
    .executeTakeFirst();
  return row?.member_id ?? null;
}

export function memberOfSession(db: Db, tokenHash: Buffer) {
  return db
    .selectFrom("sessions as s")
    .innerJoin("members as m", (join) =>
      join.onRef("m.id", "=", "s.member_id").onRef("m.workspace_id", "=", "s.workspace_id"),
    )
    .select([
      "m.id",
      "m.workspace_id",
      "m.role",
      "s.id as session_id",
      "s.kind",
      sql<boolean>`s.seen_at < foyer_now() - interval '1 minute'
        or m.seen_at is null or m.seen_at < foyer_now() - interval '1 minute'`.as("is_seen_stale"),
    ])
    .where("s.token_hash", "=", tokenHash)
    .where("s.expires_at", ">", sql<Date>`foyer_now()`)
    .where("m.is_active", "=", true)
    .executeTakeFirst();
}

export async function isActive(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<boolean> {
  const row = await db
    .selectFrom("members")
    .select("is_active")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.is_active === true;
}

/** Session and member were used now. Of many who note it at once, in whichever processes, one writes. */
export async function noteSessionSeen(db: Db, sessionId: SessionId, memberId: MemberId): Promise<void> {
  await sql`update sessions set seen_at = foyer_now()
    where id = ${sessionId} and seen_at < foyer_now() - interval '1 minute'`.execute(db);
  await sql`update members set seen_at = foyer_now()
    where id = ${memberId} and (seen_at is null or seen_at < foyer_now() - interval '1 minute')`.execute(db);
}

/** Attempts are counted by the clock of the processes, in milliseconds: an hour more than their end. */
export async function deleteEnded(db: Db): Promise<void> {
  await sql`delete from attempts where expire < extract(epoch from foyer_now()) * 1000 - 3600000`.execute(db);
  await sql`delete from one_use_secrets where expires_at < foyer_now() - interval '30 days'`.execute(db);
  await sql`delete from sessions where expires_at < foyer_now()`.execute(db);
  await sql`delete from sso_flows where expires_at < foyer_now()`.execute(db);
  // A day more than it could be used: clocks differ.
  await sql`delete from used_assertions where expires_at < foyer_now() - interval '1 day'`.execute(db);
  await sql`delete from device_codes where expires_at < foyer_now()`.execute(db);
  await sql`delete from phone_codes where expires_at < foyer_now()`.execute(db);
}

/** The password that a member of this session proves with; null hash for one who has none. */
export function passwordOfMember(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  return db
    .selectFrom("members")
    .select(["email", "password_hash"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .executeTakeFirst();
}

export async function noteProof(db: Db, workspaceId: WorkspaceId, sessionId: SessionId): Promise<void> {
  await db
    .updateTable("sessions")
    .set({ proved_at: sql`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", sessionId)
    .execute();
}

export async function hasProof(
  db: Db,
  workspaceId: WorkspaceId,
  sessionId: SessionId,
  minutes: number,
): Promise<boolean> {
  const row = await db
    .selectFrom("sessions")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", sessionId)
    .where("proved_at", ">", sql<Date>`foyer_now() - make_interval(mins => ${minutes})`)
    .executeTakeFirst();
  return row !== undefined;
}

export function sessionView(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  return db
    .selectFrom("members as m")
    .innerJoin("workspaces as w", "w.id", "m.workspace_id")
    .select(["m.id", "m.email", "m.first_name", "m.last_name", "m.role", "w.name as workspace_name"])
    .where("m.workspace_id", "=", workspaceId)
    .where("m.id", "=", memberId)
    .executeTakeFirst();
}

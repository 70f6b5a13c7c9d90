import { type Kysely, sql } from "kysely";
import type { MemberId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;

/** Everybody, also those who are deactivated; `id` null means all. */
export function memberRows(db: Db, workspaceId: WorkspaceId, id: MemberId | null) {
  let rows = db
    .selectFrom("members as m")
    .select((eb) => [
      "m.id",
      "m.email",
      "m.role",
      "m.first_name",
      "m.last_name",
      "m.job_title",
      "m.photo_id",
      "m.is_active",
      "m.is_available",
      "m.capacity",
      "m.seen_at",
      "m.deactivated_at",
      "m.zone_confirmed_at",
      "m.profile_confirmed_at",
      eb
        .exists(
          eb
            .selectFrom("rep_leases as l")
            .select(sql.lit(1).as("one"))
            .whereRef("l.member_id", "=", "m.id")
            .whereRef("l.workspace_id", "=", "m.workspace_id")
            .where("l.lease_until", ">", sql<Date>`foyer_now()`),
        )
        .as("has_lease"),
      eb
        .selectFrom("conversations as c")
        .select(sql<number>`count(*)::int`.as("count"))
        .whereRef("c.workspace_id", "=", "m.workspace_id")
        .whereRef("c.owner_id", "=", "m.id")
        .where("c.is_open", "=", true)
        .as("open_chats"),
      sql<TeamId[]>`array(select t.team_id from team_members t where t.workspace_id = m.workspace_id
        and t.member_id = m.id order by t.team_id)`.as("team_ids"),
    ])
    .where("m.workspace_id", "=", workspaceId)
    .orderBy(sql`lower(m.first_name)`)
    .orderBy(sql`lower(m.last_name)`)
    .orderBy("m.id");
  if (id !== null) rows = rows.where("m.id", "=", id);
  return rows.execute();
}

export type MemberTableRow = Awaited<ReturnType<typeof memberRows>>[number];

/** Who may do what changes one at a time in a workspace: whoever counts admins has locked it. */
export async function lockWorkspace(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await sql`select id from workspaces where id = ${workspaceId} for no key update`.execute(db);
}

export function standingOf(db: Db, workspaceId: WorkspaceId, id: MemberId) {
  return db
    .selectFrom("members")
    .select(["id", "role", "is_active", "first_name", "last_name", "email"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** Other admins who could come in by themselves: where passwords are off, those who may still use one. */
export async function otherAdmins(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<number> {
  const row = await db
    .selectFrom("members as m")
    .innerJoin("workspaces as w", "w.id", "m.workspace_id")
    .select(sql<number>`count(*)::int`.as("count"))
    .where("m.workspace_id", "=", workspaceId)
    .where("m.role", "=", "admin")
    .where("m.is_active", "=", true)
    .where("m.id", "<>", id)
    .where(sql<boolean>`(not w.is_sso_only or (m.is_break_glass and m.password_hash is not null))`)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function saveRole(db: Db, workspaceId: WorkspaceId, id: MemberId, role: Role): Promise<void> {
  await db
    .updateTable("members")
    // Who is an admin again one day does not keep a password by an old word.
    .set(role === "admin" ? { role } : { role, is_break_glass: false })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

export async function saveActive(
  db: Db,
  workspaceId: WorkspaceId,
  id: MemberId,
  isActive: boolean,
): Promise<void> {
  await db
    .updateTable("members")
    .set({ is_active: isActive, deactivated_at: isActive ? null : sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

/** True if the member may chat, and will until the caller's transaction ends: a change of role or state waits for it. */
export async function lockIfChatting(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<boolean> {
  const { rows } = await sql`
    select id from members where id = ${id} and workspace_id = ${workspaceId} and is_active
      and role <> 'meetings_only' for share`.execute(db);
  return rows.length > 0;
}

/** Sessions of browsers, phones and apps, secrets in mails, open invitations: whatever still leads in. Answers how many sessions. */
export async function deleteAccess(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<number> {
  const letIn = await endWhatTheyLetIn(db, workspaceId, id);
  const ended = await db
    .deleteFrom("sessions")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", id)
    .executeTakeFirst();
  await db
    .deleteFrom("one_use_secrets")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", id)
    .where("used_at", "is", null)
    .execute();
  return letIn + Number(ended.numDeletedRows);
}

/**
 * What an admin has let in, or was about to: their apps and phones, and whom they invited. None of it is to lead back to
 * what they were. The browsers they sit at go on. Answers how many sessions.
 */
export async function endWhatTheyLetIn(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<number> {
  // The codes before the sessions: one that is used just now has opened a session by then.
  await db
    .updateTable("device_codes")
    .set({ state: "denied" })
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", id)
    .where("state", "in", ["waiting", "authorized"])
    .execute();
  await db
    .deleteFrom("phone_codes")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", id)
    .execute();
  const ended = await db
    .deleteFrom("sessions")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", id)
    .where("kind", "in", ["app", "phone"])
    .executeTakeFirst();
  await db
    .updateTable("invitations")
    .set({ revoked_at: sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("invited_by", "=", id)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .execute();
  return Number(ended.numDeletedRows);
}

export async function openInvitationsBy(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<number> {
  const row = await db
    .selectFrom("invitations")
    .select(sql<number>`count(*)::int`.as("count"))
    .where("workspace_id", "=", workspaceId)
    .where("invited_by", "=", id)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .executeTakeFirstOrThrow();
  return row.count;
}

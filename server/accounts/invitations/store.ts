import { type Kysely, sql } from "kysely";
import type { InvitationId, MemberId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;

const inSevenDays = sql<Date>`foyer_now() + make_interval(days => ${limits.invitationDays})`;
const aMinuteAgo = sql<Date>`foyer_now() - interval '1 minute'`;

/** Open ones: neither used nor revoked, and not overtaken by an account that came another way. `id` null: all. */
export function openInvitations(db: Db, workspaceId: WorkspaceId, id: InvitationId | null) {
  let rows = db
    .selectFrom("invitations as i")
    .innerJoin("members as by", (on) =>
      on.onRef("by.id", "=", "i.invited_by").onRef("by.workspace_id", "=", "i.workspace_id"),
    )
    .select([
      "i.id",
      "i.email",
      "i.role",
      "i.sends",
      "i.sent_at",
      "i.expires_at",
      "by.first_name",
      "by.last_name",
      sql<boolean>`i.expires_at <= foyer_now()`.as("is_expired"),
      // A team that has been removed since is no longer named.
      sql<
        TeamId[]
      >`array(select t.id from teams t where t.workspace_id = i.workspace_id and t.id = any(i.team_ids)
        order by lower(t.name))`.as("team_ids"),
    ])
    .where("i.workspace_id", "=", workspaceId)
    .where("i.accepted_at", "is", null)
    .where("i.revoked_at", "is", null)
    .where(
      sql<boolean>`not exists (select from members m where m.workspace_id = i.workspace_id and lower(m.email) = lower(i.email))`,
    )
    // Those of one sending stand together, by address.
    .orderBy(sql`date_trunc('minute', i.sent_at)`, "desc")
    .orderBy(sql`lower(i.email)`);
  if (id !== null) rows = rows.where("i.id", "=", id);
  return rows.execute();
}

export type OpenInvitation = Awaited<ReturnType<typeof openInvitations>>[number];

export function teamNames(db: Db, workspaceId: WorkspaceId) {
  return db.selectFrom("teams").select(["id", "name"]).where("workspace_id", "=", workspaceId).execute();
}

/** Of these addresses, in lower case: those with an account in this workspace, and whether it is active. */
export async function membersOf(db: Db, workspaceId: WorkspaceId, emails: readonly string[]) {
  const rows = await db
    .selectFrom("members")
    .select([sql<string>`lower(email)`.as("email"), "is_active"])
    .where("workspace_id", "=", workspaceId)
    .where(sql`lower(email)`, "=", sql`any(${emails}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.email, row.is_active]));
}

/** Of these addresses: those with an open invitation, and whether it was sent within the last minute. */
export async function invitedOf(db: Db, workspaceId: WorkspaceId, emails: readonly string[]) {
  const rows = await db
    .selectFrom("invitations")
    .select([
      sql<string>`lower(email)`.as("email"),
      sql<boolean>`sent_at > foyer_now() - interval '1 minute'`.as("is_recent"),
    ])
    .where("workspace_id", "=", workspaceId)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where(sql`lower(email)`, "=", sql`any(${emails}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.email, row.is_recent]));
}

/** Who invites, and for whom; null for nobody who steers this workspace, which stays so until the transaction ends. */
export async function lockInviter(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  const row = await db
    .selectFrom("members as m")
    .innerJoin("workspaces as w", "w.id", "m.workspace_id")
    .select([
      "m.first_name",
      "m.last_name",
      "m.job_title",
      "m.photo_id",
      "m.email",
      "m.zone",
      "w.name as company",
      "w.color",
    ])
    .where("m.workspace_id", "=", workspaceId)
    .where("m.id", "=", memberId)
    .where("m.role", "=", "admin")
    .where("m.is_active", "=", true)
    .forShare("m")
    .executeTakeFirst();
  return row ?? null;
}

export type Inviter = NonNullable<Awaited<ReturnType<typeof lockInviter>>>;

/** Makes one, or gives the open one of this address a new secret; undefined: that had one within the last minute. */
export async function upsertInvitation(
  db: Db,
  invitation: {
    id: InvitationId;
    workspaceId: WorkspaceId;
    email: string;
    role: Role;
    teamIds: readonly TeamId[];
    tokenHash: Buffer;
    invitedBy: MemberId;
  },
) {
  return db
    .insertInto("invitations")
    .values({
      id: invitation.id,
      workspace_id: invitation.workspaceId,
      email: invitation.email,
      role: invitation.role,
      team_ids: [...invitation.teamIds],
      token_hash: invitation.tokenHash,
      invited_by: invitation.invitedBy,
      expires_at: inSevenDays,
    })
    .onConflict((conflict) =>
      conflict
        .expression(sql`workspace_id, lower(email)`)
        .where("accepted_at", "is", null)
        .where("revoked_at", "is", null)
        .doUpdateSet((eb) => ({
          role: eb.ref("excluded.role"),
          team_ids: eb.ref("excluded.team_ids"),
          token_hash: eb.ref("excluded.token_hash"),
          invited_by: eb.ref("excluded.invited_by"),
          sent_at: sql<Date>`foyer_now()`,
          expires_at: inSevenDays,
          sends: sql<number>`invitations.sends + 1`,
        }))
        .where("invitations.sent_at", "<=", aMinuteAgo),
    )
    .returning(["id", "email", "role", "team_ids", "sends", "expires_at"])
    .executeTakeFirst();
}

/** An open invitation, locked until the transaction ends. `wait_ms`: until it may be sent again. */
export function lockInvitation(db: Db, workspaceId: WorkspaceId, id: InvitationId) {
  return db
    .selectFrom("invitations")
    .select([
      "id",
      "email",
      "role",
      "team_ids",
      "sends",
      sql<number>`ceil(extract(epoch from sent_at + interval '1 minute' - foyer_now()) * 1000)::int`.as(
        "wait_ms",
      ),
    ])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
}

export async function markRevoked(db: Db, workspaceId: WorkspaceId, id: InvitationId): Promise<void> {
  await db
    .updateTable("invitations")
    .set({ revoked_at: sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

// Whoever holds a secret belongs to no workspace yet: the secret alone says which.

/** By its secret, with what the join page shows. `lock`: until the transaction ends, against a second tab. */
export function invitationOfSecret(db: Db, tokenHash: Buffer, { lock }: { lock: boolean }) {
  const row = db
    .selectFrom("invitations as i")
    .innerJoin("workspaces as w", "w.id", "i.workspace_id")
    .innerJoin("members as by", (on) =>
      on.onRef("by.id", "=", "i.invited_by").onRef("by.workspace_id", "=", "i.workspace_id"),
    )
    .select([
      "i.id",
      "i.workspace_id",
      "i.email",
      "i.role",
      "i.team_ids",
      "i.sends",
      "i.expires_at",
      "i.accepted_at",
      "i.revoked_at",
      "w.name as company",
      "w.is_sso_only",
      "by.first_name",
      "by.last_name",
      "by.job_title",
      "by.photo_id",
      sql<boolean>`by.is_active and by.role = 'admin'`.as("inviter_steers"),
      sql<boolean>`i.expires_at <= foyer_now()`.as("is_expired"),
      // An address has one account, whichever workspace it is in.
      sql<WorkspaceId | null>`(select m.workspace_id from members m where lower(m.email) = lower(i.email))`.as(
        "account_in",
      ),
    ])
    .where("i.token_hash", "=", tokenHash);
  return (lock ? row.forUpdate("i") : row).executeTakeFirst();
}

export type FoundInvitation = NonNullable<Awaited<ReturnType<typeof invitationOfSecret>>>;

/** The open invitation of an address, kept from others until the end of the transaction. */
export function openInvitationOf(db: Db, workspaceId: WorkspaceId, email: string) {
  return db
    .selectFrom("invitations as i")
    .innerJoin("members as by", (on) =>
      on.onRef("by.id", "=", "i.invited_by").onRef("by.workspace_id", "=", "i.workspace_id"),
    )
    .select(["i.id", "i.role", "i.team_ids"])
    .where("i.workspace_id", "=", workspaceId)
    .where(sql`lower(i.email)`, "=", email.toLowerCase())
    .where("i.accepted_at", "is", null)
    .where("i.revoked_at", "is", null)
    .where("i.expires_at", ">", sql<Date>`foyer_now()`)
    .where("by.is_active", "=", true)
    .where("by.role", "=", "admin")
    .forUpdate("i")
    .executeTakeFirst();
}

export async function markAccepted(
  db: Db,
  workspaceId: WorkspaceId,
  id: InvitationId,
  memberId: MemberId,
): Promise<void> {
  await db
    .updateTable("invitations")
    .set({ accepted_at: sql<Date>`foyer_now()`, member_id: memberId })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

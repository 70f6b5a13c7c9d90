import { type Kysely, sql } from "kysely";
import type {
  CannedReplyId,
  MemberId,
  PhotoId,
  SessionId,
  SiteId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import type { Role, SessionKind } from "../../shared/model/people.ts";
import type { RoutingSettings } from "../../shared/model/routing.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import type { Database, Greeting } from "../db/tables.ts";

type Db = Kysely<Database>;

// People and their sessions.

export function memberToSignIn(db: Db, email: string) {
  return db
    .selectFrom("members")
    .select(["id", "workspace_id", "password_hash"])
    .where(sql`lower(email)`, "=", email.trim().toLowerCase())
    .where("is_active", "=", true)
    .executeTakeFirst();
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
      // An app or a phone is let in by another session: nobody has proven anything on it.
      proved_at: session.kind === "app" || session.kind === "phone" ? sql`to_timestamp(0)` : sql`foyer_now()`,
      expires_at: sql`foyer_now() + make_interval(days => ${session.days})`,
    })
    .execute();
  await db
    .deleteFrom("sessions")
    .where("member_id", "=", session.memberId)
    .where("expires_at", "<=", sql<Date>`foyer_now()`)
    .execute();
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

export async function insertMember(
  db: Db,
  member: {
    id: MemberId;
    workspaceId: WorkspaceId;
    email: string;
    role: Role;
    firstName: string;
    lastName: string;
    jobTitle: string;
    zone: string;
    hours: MeetingHours;
    passwordHash: string | null;
    capacity: number;
    isConfirmed: boolean;
  },
): Promise<boolean> {
  const confirmedAt = member.isConfirmed ? sql<Date>`foyer_now()` : null;
  const row = await db
    .insertInto("members")
    .values({
      id: member.id,
      workspace_id: member.workspaceId,
      email: member.email,
      role: member.role,
      first_name: member.firstName,
      last_name: member.lastName,
      job_title: member.jobTitle,
      zone: member.zone,
      hours: JSON.stringify(member.hours),
      password_hash: member.passwordHash,
      capacity: member.capacity,
      zone_confirmed_at: confirmedAt,
      profile_confirmed_at: confirmedAt,
      hours_confirmed_at: confirmedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateAvailability(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  isAvailable: boolean,
): Promise<void> {
  await db
    .updateTable("members")
    .set({ is_available: isAvailable, away_reason: null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .execute();
}

/** Members as cards need them; `ids` null means all who are active. */
export function teamRows(db: Db, workspaceId: WorkspaceId, ids: readonly MemberId[] | null) {
  const rows = db
    .selectFrom("members as m")
    .select((eb) => [
      "m.id",
      "m.role",
      "m.first_name",
      "m.last_name",
      "m.job_title",
      "m.photo_id",
      "m.zone",
      "m.is_active",
      "m.is_available",
      "m.away_reason",
      "m.capacity",
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
        // Who left a while ago and may come back takes no place.
        .where(
          sql<boolean>`(c.active_at > foyer_now() - interval '10 minutes' or visitor_is_here(c.visitor_id))`,
        )
        .as("open_chats"),
    ])
    .where("m.workspace_id", "=", workspaceId)
    .orderBy("m.first_name")
    .orderBy("m.last_name")
    .orderBy("m.id");
  return ids === null
    ? rows.where("m.is_active", "=", true).execute()
    : rows.where("m.id", "=", sql<MemberId>`any(${ids}::uuid[])`).execute();
}

export type TeamRow = Awaited<ReturnType<typeof teamRows>>[number];

// Workspaces, sites, photos.

export async function insertWorkspace(
  db: Db,
  workspace: { id: WorkspaceId; name: string; color: string | undefined; routing: RoutingSettings },
): Promise<void> {
  const { id, name, color, routing } = workspace;
  await db
    .insertInto("workspaces")
    .values({ id, name, routing: JSON.stringify(routing), ...(color === undefined ? {} : { color }) })
    .execute();
}

export async function insertSite(
  db: Db,
  site: {
    id: SiteId;
    workspaceId: WorkspaceId;
    publicKey: string;
    name: string;
    origins: string[];
    look: SiteLook;
    greeting: Greeting | null;
  },
): Promise<void> {
  await db
    .insertInto("sites")
    .values({
      id: site.id,
      workspace_id: site.workspaceId,
      public_key: site.publicKey,
      name: site.name,
      origins: site.origins,
      look: JSON.stringify(site.look),
      greeting: site.greeting === null ? null : JSON.stringify(site.greeting),
    })
    .execute();
}

/** A row for each member of each site's own team; one without a member for an empty team. */
export function siteTeamRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("sites as s")
    .leftJoin("team_members as t", (on) =>
      on.onRef("t.workspace_id", "=", "s.workspace_id").onRef("t.team_id", "=", "s.team_id"),
    )
    .select(["s.id as site_id", "t.member_id"])
    .where("s.workspace_id", "=", workspaceId)
    .where("s.team_id", "is not", null)
    .execute();
}

/** Photos are public: visitors see them. The random part of the id is all that leads to one. */
export async function photoBytes(db: Db, id: PhotoId, size: "large" | "small"): Promise<Buffer | null> {
  const row = await db
    .selectFrom("photos")
    .select(`${size} as bytes`)
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.bytes ?? null;
}

export function cannedReplyRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("canned_replies")
    .select(["id", "title", "body as text"])
    .where("workspace_id", "=", workspaceId)
    .orderBy(sql`lower(title)`)
    .orderBy("id")
    .execute();
}

/** False when the workspace already has `most` of them. */
export async function insertCannedReply(
  db: Db,
  workspaceId: WorkspaceId,
  reply: { id: CannedReplyId; title: string; text: string },
  most: number,
): Promise<boolean> {
  const { rows } = await sql`
    insert into canned_replies (id, workspace_id, title, body)
    select ${reply.id}::uuid, ${workspaceId}::uuid, ${reply.title}, ${reply.text}
    where (select count(*) from canned_replies where workspace_id = ${workspaceId}) < ${most}
    returning id`.execute(db);
  return rows.length === 1;
}

export async function updateCannedReply(
  db: Db,
  workspaceId: WorkspaceId,
  reply: { id: CannedReplyId; title: string; text: string },
): Promise<boolean> {
  const row = await db
    .updateTable("canned_replies")
    .set({ title: reply.title, body: reply.text })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", reply.id)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteCannedReply(
  db: Db,
  workspaceId: WorkspaceId,
  id: CannedReplyId,
): Promise<boolean> {
  const row = await db
    .deleteFrom("canned_replies")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

import { type Kysely, sql } from "kysely";
import type { CannedReplyId, MemberId, PhotoId, SiteId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import type { Role } from "../../shared/model/people.ts";
import type { RoutingSettings } from "../../shared/model/routing.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import type { Database, Greeting } from "../db/tables.ts";

type Db = Kysely<Database>;

// People and their sessions.

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
      eb("m.profile_confirmed_at", "is not", null).$castTo<boolean>().as("is_profile_confirmed"),
      eb("m.zone_confirmed_at", "is not", null).$castTo<boolean>().as("is_zone_confirmed"),
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

/** A row for each member of each site's own team; one without a member for an empty team, and for no team. */
export function siteTeamRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("sites as s")
    .leftJoin("team_members as t", (on) =>
      on.onRef("t.workspace_id", "=", "s.workspace_id").onRef("t.team_id", "=", "s.team_id"),
    )
    .select(["s.id as site_id", "s.team_id", "t.member_id"])
    .where("s.workspace_id", "=", workspaceId)
    .where("s.removed_at", "is", null)
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

/** Pictures that were replaced so long ago, unless somebody shows them again. */
export async function deleteReplacedPhotos(db: Db, days: number): Promise<void> {
  await sql`
    delete from photos p where p.replaced_at < foyer_now() - make_interval(days => ${days})
      and not exists (select 1 from members m where m.workspace_id = p.workspace_id and m.photo_id = p.id)
      and not exists (select 1 from workspaces w where w.id = p.workspace_id and w.logo_id = p.id)`.execute(
    db,
  );
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

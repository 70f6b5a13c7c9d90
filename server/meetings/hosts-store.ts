import { type Kysely, sql } from "kysely";
import type { ConversationId, MemberId, PhotoId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import type { ReadinessFacts } from "../accounts/set-up/readiness.ts";
import type { Database } from "../db/tables.ts";
import type { TypeRow } from "./types-store.ts";

// The other half of this folder's SQL: what bookings need to know of hosts, guests and their workspace.

type Db = Kysely<Database>;

export type ActiveHost = {
  id: MemberId;
  hours: MeetingHours;
  readiness: ReadinessFacts;
  /** Meetings that may start on one day. */
  perDay: number | null;
};

/** Active members; `only` these, the hosts of `type`, and of a pool those of the team of the visitor's site, where it has one. */
export async function activeHosts(
  db: Db,
  workspaceId: WorkspaceId,
  {
    only,
    type = null,
    visitorId = null,
  }: {
    only: readonly MemberId[] | null;
    type?: Pick<TypeRow, "id" | "teamId"> | null;
    visitorId?: VisitorId | null;
  },
): Promise<ActiveHost[]> {
  if (only?.length === 0) return [];
  let query = db
    .selectFrom("members")
    .select((eb) => [
      "id",
      "hours",
      "first_name",
      "meetings_per_day",
      eb("profile_confirmed_at", "is not", null).$castTo<boolean>().as("is_profile_confirmed"),
      eb("zone_confirmed_at", "is not", null).$castTo<boolean>().as("is_zone_confirmed"),
    ])
    .where("workspace_id", "=", workspaceId)
    .where("is_active", "=", true)
    .orderBy("id");
  if (only !== null) query = query.where("id", "in", only);
  else if (visitorId !== null)
    query = query.where(
      sql<boolean>`not exists (select 1 from visitors v join sites s on s.id = v.site_id
        where v.id = ${visitorId} and v.workspace_id = members.workspace_id and s.team_id is not null and not exists
          (select 1 from team_members t where t.workspace_id = members.workspace_id and t.team_id = s.team_id
            and t.member_id = members.id))`,
    );
  if (type?.teamId != null)
    query = query.where(
      sql<boolean>`exists (select 1 from team_members t where t.workspace_id = members.workspace_id
        and t.team_id = ${type.teamId} and t.member_id = members.id)`,
    );
  else if (type !== null)
    query = query.where(
      sql<boolean>`exists (select 1 from meeting_type_hosts h where h.workspace_id = members.workspace_id
        and h.type_id = ${type.id} and h.member_id = members.id)`,
    );
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    hours: row.hours,
    perDay: row.meetings_per_day,
    readiness: {
      firstName: row.first_name,
      isProfileConfirmed: row.is_profile_confirmed,
      isZoneConfirmed: row.is_zone_confirmed,
    },
  }));
}

/** Whether this is a member who may sign in. */
export async function isActiveMember(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<boolean> {
  return (await activeHosts(db, workspaceId, { only: [id] })).length > 0;
}

export type HostPerson = {
  id: MemberId;
  name: string;
  jobTitle: string;
  email: string;
  zone: string;
  language: string;
  photoId: PhotoId | null;
};

export async function hostPerson(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<HostPerson> {
  const row = await db
    .selectFrom("members")
    .select(["id", "first_name", "last_name", "job_title", "email", "zone", "language", "photo_id"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return {
    id: row.id,
    name: `${row.first_name} ${row.last_name}`.trim(),
    jobTitle: row.job_title,
    email: row.email,
    zone: row.zone,
    language: row.language,
    photoId: row.photo_id,
  };
}

/** Whose name and colour a guest's mail bears, and the language the guest reads dates in. */
export async function guestSide(
  db: Db,
  workspaceId: WorkspaceId,
  visitorId: VisitorId | null,
): Promise<{ companyName: string; color: string; logoId: PhotoId | null; language: string | null }> {
  const row = await db
    .selectFrom("workspaces")
    .leftJoin("visitors", (on) =>
      on.onRef("visitors.workspace_id", "=", "workspaces.id").on("visitors.id", "=", visitorId),
    )
    .leftJoin("sites", "sites.id", "visitors.site_id")
    .select(["workspaces.name", "workspaces.color", "workspaces.logo_id", "sites.look", "visitors.language"])
    .where("workspaces.id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return {
    companyName: row.look?.companyName ?? row.name,
    color: row.look?.color ?? row.color,
    logoId: row.logo_id,
    language: row.language,
  };
}

/** Origins of all sites of the workspace. */
export async function siteOriginsOf(db: Db, workspaceId: WorkspaceId): Promise<string[]> {
  const rows = await db
    .selectFrom("sites")
    .select("origins")
    .where("workspace_id", "=", workspaceId)
    .where("removed_at", "is", null)
    .execute();
  return [...new Set(rows.flatMap(({ origins }) => origins))];
}

/** With whom this visitor last met or will meet. */
export async function lastHostOf(
  db: Db,
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
): Promise<MemberId | null> {
  const row = await db
    .selectFrom("meetings")
    .select("host_id")
    .where("workspace_id", "=", workspaceId)
    .where("visitor_id", "=", visitorId)
    .where("state", "=", "booked")
    .where("part_of", "is", null)
    .orderBy("start_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.host_id ?? null;
}

/** The conversation the visitor is in, and the rep who has it. */
export async function openConversation(
  db: Db,
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
): Promise<{ id: ConversationId; ownerId: MemberId | null } | null> {
  const row = await db
    .selectFrom("conversations")
    .select(["id", "owner_id"])
    .where("workspace_id", "=", workspaceId)
    .where("visitor_id", "=", visitorId)
    .where("is_open", "=", true)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, ownerId: row.owner_id };
}

export async function hoursOf(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<MeetingHours | undefined> {
  const row = await db
    .selectFrom("members")
    .select("hours")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .executeTakeFirst();
  return row?.hours;
}

export async function saveHoursZone(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  zone: string,
): Promise<void> {
  await db
    .updateTable("members")
    .set({ hours: sql`jsonb_set(hours::jsonb, '{zone}', to_jsonb(${zone}::text))` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .execute();
}

/**
 * Saves the hours. What is reserved already keeps at most the new gap after it: a longer one would refuse slots that are
 * now on offer. A longer new gap is kept by the slots that are offered from now on. The gap of a type is not the host's to change.
 */
export async function saveHours(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  hours: MeetingHours,
): Promise<void> {
  await db
    .updateTable("members")
    .set({ hours: JSON.stringify(hours), hours_confirmed_at: sql`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .execute();
  await sql`
    update meetings
    set during = tstzrange(start_at, least(upper(during), end_at + make_interval(mins => ${hours.bufferMinutes})), '[)')
    where workspace_id = ${workspaceId} and host_id = ${memberId} and state in ('held', 'booked')
      and not exists (select 1 from meeting_types t where t.id = meetings.type_id and t.buffer_minutes is not null)
      and end_at > foyer_now() - interval '1 day'
      and upper(during) > end_at + make_interval(mins => ${hours.bufferMinutes})`.execute(db);
}

/** The pool is asked when the owner's first time is farther than this; 0: always. */
export async function ownerFirstDays(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const row = await db
    .selectFrom("workspaces")
    .select("owner_first_days")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return row.owner_first_days;
}

export async function saveOwnerFirstDays(db: Db, workspaceId: WorkspaceId, days: number): Promise<void> {
  await db.updateTable("workspaces").set({ owner_first_days: days }).where("id", "=", workspaceId).execute();
}

export async function meetingsPerDay(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<number | null> {
  const row = await db
    .selectFrom("members")
    .select("meetings_per_day")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .executeTakeFirst();
  return row?.meetings_per_day ?? null;
}

export async function saveMeetingsPerDay(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  perDay: number | null,
): Promise<void> {
  await db
    .updateTable("members")
    .set({ meetings_per_day: perDay })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .execute();
}

import { type Kysely, type Selectable, sql } from "kysely";
import type { Instant, MeetingTypeId, MemberId, TeamId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingType, TypeHost } from "../../shared/model/meeting-types.ts";
import type { Database } from "../db/tables.ts";

// The part of this folder's SQL that is about meeting types and who hosts them.

type Db = Kysely<Database>;

/** A meeting type as it is stored, also one that was removed: its meetings go on by its rules. */
export type TypeRow = MeetingType & {
  workspaceId: WorkspaceId;
  removedAt: Instant | null;
  /** Turns are counted from here. */
  countedFrom: Instant;
};

/** A host who is not named in a team's list has these. */
export const usualTurn = { weight: 1, priority: 2 } as const;

function typeRows(db: Db) {
  return db
    .selectFrom("meeting_types")
    .selectAll()
    .select(
      // Of a meeting of several, the first leads.
      sql<TypeHost[]>`coalesce((select json_agg(json_build_object('memberId', h.member_id, 'weight', h.weight,
        'priority', h.priority) order by h.priority desc, h.joined_at, h.member_id)
        from meeting_type_hosts h where h.type_id = meeting_types.id), '[]'::json)`.as("hosts"),
    );
}

export async function typesOf(db: Db, workspaceId: WorkspaceId): Promise<TypeRow[]> {
  const rows = await typeRows(db)
    .where("workspace_id", "=", workspaceId)
    .where("removed_at", "is", null)
    .orderBy(sql`lower(name)`)
    .orderBy("id")
    .execute();
  return rows.map(toType);
}

/** Also one that was removed. */
export async function typeById(
  db: Db,
  workspaceId: WorkspaceId,
  id: MeetingTypeId,
): Promise<TypeRow | undefined> {
  const row = await typeRows(db)
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && toType(row);
}

/** What the chat books; undefined: the hosts' usual meeting. */
export async function typeForChat(db: Db, workspaceId: WorkspaceId): Promise<TypeRow | undefined> {
  const row = await typeRows(db)
    .where("workspace_id", "=", workspaceId)
    .where("is_for_chat", "=", true)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return row && toType(row);
}

/** The type whose public page this is. */
export async function publicTypeBySlug(db: Db, slug: string): Promise<TypeRow | undefined> {
  const row = await typeRows(db)
    .where("slug", "=", slug)
    .where("is_public", "=", true)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return row && toType(row);
}

export type TypeWish = Omit<MeetingType, "id" | "hosts">;

function columnsOf(wish: TypeWish) {
  return {
    slug: wish.slug,
    name: wish.name,
    description: wish.description,
    durations: wish.durations,
    hosting: wish.hosting,
    team_id: wish.teamId,
    place: wish.place,
    questions: JSON.stringify(wish.questions),
    notice_minutes: wish.noticeMinutes,
    buffer_minutes: wish.bufferMinutes,
    horizon_days: wish.horizonDays,
    hours: wish.hours === null ? null : JSON.stringify(wish.hours),
    reminders: wish.reminders,
    is_public: wish.isPublic,
    is_for_chat: wish.isForChat,
  };
}

/** A slug that is taken, and a second one for the chat, are unique violations. */
export async function insertType(
  db: Db,
  workspaceId: WorkspaceId,
  id: MeetingTypeId,
  wish: TypeWish,
): Promise<void> {
  await db
    .insertInto("meeting_types")
    .values({ id, workspace_id: workspaceId, ...columnsOf(wish) })
    .execute();
}

export async function updateType(
  db: Db,
  workspaceId: WorkspaceId,
  id: MeetingTypeId,
  wish: TypeWish,
  { countsAnew }: { countsAnew: boolean },
): Promise<void> {
  await db
    .updateTable("meeting_types")
    .set({ ...columnsOf(wish), ...(countsAnew ? { counted_from: sql<Date>`foyer_now()` } : {}) })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

/** One type at most is what the chat books: whichever was before is no longer. */
export async function leaveChat(db: Db, workspaceId: WorkspaceId, but: MeetingTypeId): Promise<void> {
  await db
    .updateTable("meeting_types")
    .set({ is_for_chat: false })
    .where("workspace_id", "=", workspaceId)
    .where("id", "<>", but)
    .where("is_for_chat", "=", true)
    .execute();
}

/** A team that only a removed type names can be removed. */
export async function markTypeRemoved(db: Db, workspaceId: WorkspaceId, id: MeetingTypeId): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("meeting_types")
    .set({ removed_at: sql<Date>`foyer_now()`, is_for_chat: false, team_id: null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Exactly these. Who was one before keeps the day on which they began. */
export async function saveTypeHosts(
  db: Db,
  workspaceId: WorkspaceId,
  id: MeetingTypeId,
  hosts: readonly TypeHost[],
): Promise<void> {
  await sql`delete from meeting_type_hosts where workspace_id = ${workspaceId} and type_id = ${id}
    and member_id <> all(${hosts.map(({ memberId }) => memberId)}::uuid[])`.execute(db);
  if (hosts.length === 0) return;
  await db
    .insertInto("meeting_type_hosts")
    .values(
      hosts.map(({ memberId, weight, priority }) => ({
        workspace_id: workspaceId,
        type_id: id,
        member_id: memberId,
        weight,
        priority,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["type_id", "member_id"]).doUpdateSet((row) => ({
        weight: row.ref("excluded.weight"),
        priority: row.ref("excluded.priority"),
      })),
    )
    .execute();
}

/** Holds the list of types still, so that two changes come one after the other. */
export async function lockTypes(db: Db, workspaceId: WorkspaceId): Promise<number> {
  await sql`select id from workspaces where id = ${workspaceId} for no key update`.execute(db);
  const row = await db
    .selectFrom("meeting_types")
    .select((each) => each.fn.countAll<number>().as("count"))
    .where("workspace_id", "=", workspaceId)
    .where("removed_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Those of these who are active members of the workspace. */
export async function membersAmong(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly MemberId[],
): Promise<MemberId[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom("members")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("is_active", "=", true)
    .where("id", "in", ids)
    .execute();
  return rows.map(({ id }) => id);
}

export async function teamIsOurs(db: Db, workspaceId: WorkspaceId, id: TeamId): Promise<boolean> {
  const row = await db
    .selectFrom("teams")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

/** By the public page of any workspace: there is no name before it that says whose it is. */
export async function slugIsTaken(db: Db, slug: string, but: MeetingTypeId): Promise<boolean> {
  const row = await db
    .selectFrom("meeting_types")
    .select("id")
    .where("slug", "=", slug)
    .where("id", "<>", but)
    .where("is_public", "=", true)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

function toType(row: Selectable<Database["meeting_types"]> & { hosts: TypeHost[] }): TypeRow {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    slug: row.slug,
    name: row.name,
    description: row.description,
    durations: row.durations,
    hosting: row.hosting,
    teamId: row.team_id,
    hosts: row.hosts,
    place: row.place,
    questions: row.questions,
    noticeMinutes: row.notice_minutes,
    bufferMinutes: row.buffer_minutes,
    horizonDays: row.horizon_days,
    hours: row.hours,
    reminders: row.reminders,
    isPublic: row.is_public,
    isForChat: row.is_for_chat,
    removedAt: row.removed_at?.getTime() ?? null,
    countedFrom: row.counted_from.getTime(),
  };
}

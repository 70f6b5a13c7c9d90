import { type Kysely, sql } from "kysely";
import type { MemberId, PhotoId, SiteId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database, Greeting } from "../../db/tables.ts";
import type { PhotoSizes } from "../photo-sizes.ts";

type Db = Kysely<Database>;

export function workspaceRow(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("workspaces as w")
    .leftJoin("members as m", (join) =>
      join.onRef("m.id", "=", "w.delete_asked_by").onRef("m.workspace_id", "=", "w.id"),
    )
    .select([
      "w.name",
      "w.color",
      "w.logo_id",
      "w.retention_days",
      "w.delete_at",
      "m.first_name",
      "m.last_name",
    ])
    .where("w.id", "=", workspaceId)
    .executeTakeFirst();
}

/** Locked until the caller's transaction ends. */
export function lockWorkspace(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("workspaces")
    .select(["name", "color", "logo_id", "retention_days", "delete_at"])
    .where("id", "=", workspaceId)
    .forUpdate()
    .executeTakeFirst();
}

export async function updateWorkspace(
  db: Db,
  workspaceId: WorkspaceId,
  set: { name?: string; color?: string; logo_id?: PhotoId | null; retention_days?: number | null },
): Promise<void> {
  await db.updateTable("workspaces").set(set).where("id", "=", workspaceId).execute();
}

export async function updateDeletion(
  db: Db,
  workspaceId: WorkspaceId,
  planned: { days: number; askedBy: MemberId } | null,
): Promise<void> {
  await db
    .updateTable("workspaces")
    .set({
      delete_at: planned === null ? null : sql<Date>`foyer_now() + make_interval(days => ${planned.days})`,
      delete_asked_by: planned?.askedBy ?? null,
    })
    .where("id", "=", workspaceId)
    .execute();
}

export async function insertPhoto(
  db: Db,
  workspaceId: WorkspaceId,
  id: PhotoId,
  { large, small }: PhotoSizes,
): Promise<void> {
  await db.insertInto("photos").values({ id, workspace_id: workspaceId, large, small }).execute();
}

/** It stays for mails that were sent with it, until the sweep. */
export async function retirePhoto(db: Db, workspaceId: WorkspaceId, id: PhotoId): Promise<void> {
  await db
    .updateTable("photos")
    .set({ replaced_at: sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

export function adminRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("members")
    .select(["id", "email", "first_name", "last_name", "zone"])
    .where("workspace_id", "=", workspaceId)
    .where("role", "=", "admin")
    .where("is_active", "=", true)
    .orderBy("id")
    .execute();
}

export async function isActiveMember(db: Db, workspaceId: WorkspaceId, id: MemberId): Promise<boolean> {
  const row = await db
    .selectFrom("members")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("is_active", "=", true)
    .executeTakeFirst();
  return row !== undefined;
}

// Sites. Those that were removed are no longer seen by anybody here.

function sites(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("sites")
    .select([
      "id",
      "name",
      "public_key",
      "origins",
      "look",
      "greeting",
      "seen_at",
      "seen_origin",
      "seen_path",
      "refused_at",
      "refused_origin",
      "team_id",
    ])
    .where("workspace_id", "=", workspaceId)
    .where("removed_at", "is", null);
}

export async function teamName(db: Db, workspaceId: WorkspaceId, id: TeamId): Promise<string | undefined> {
  const row = await db
    .selectFrom("teams")
    .select("name")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.name;
}

export async function updateSiteTeam(
  db: Db,
  workspaceId: WorkspaceId,
  id: SiteId,
  teamId: TeamId | null,
): Promise<void> {
  await db
    .updateTable("sites")
    .set({ team_id: teamId })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .execute();
}

export type SiteRow = Awaited<ReturnType<typeof siteRows>>[number];

export function siteRows(db: Db, workspaceId: WorkspaceId) {
  return sites(db, workspaceId).orderBy("created_at").orderBy("id").execute();
}

export function siteRow(db: Db, workspaceId: WorkspaceId, id: SiteId) {
  return sites(db, workspaceId).where("id", "=", id).executeTakeFirst();
}

export async function updateSite(
  db: Db,
  workspaceId: WorkspaceId,
  id: SiteId,
  set: { name: string; origins: string[]; look: object; greeting: Greeting | null },
): Promise<boolean> {
  const row = await db
    .updateTable("sites")
    .set({
      name: set.name,
      origins: set.origins,
      look: JSON.stringify(set.look),
      greeting: set.greeting === null ? null : JSON.stringify(set.greeting),
      // What is allowed now is no longer refused.
      refused_at: sql<Date | null>`case when refused_origin = any(${set.origins}::text[]) then null else refused_at end`,
      refused_origin: sql<
        string | null
      >`case when refused_origin = any(${set.origins}::text[]) then null else refused_origin end`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function markSiteRemoved(
  db: Db,
  workspaceId: WorkspaceId,
  id: SiteId,
): Promise<{ name: string } | undefined> {
  return (
    db
      .updateTable("sites")
      // Its team may go too.
      .set({ removed_at: sql<Date>`foyer_now()`, team_id: null })
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", id)
      .where("removed_at", "is", null)
      .returning("name")
      .executeTakeFirst()
  );
}

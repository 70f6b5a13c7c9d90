import { type Kysely, sql } from "kysely";
import type { MemberId, SessionId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;

export function sessionsOf(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  return db
    .selectFrom("sessions")
    .select(["id", "kind", "label", "created_at", "seen_at"])
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .orderBy("seen_at", "desc")
    .orderBy("id")
    .execute();
}

/** One that is of use: where passwords are off, only some admins keep theirs. */
export async function hasPassword(db: Db, workspaceId: WorkspaceId, memberId: MemberId): Promise<boolean> {
  const row = await db
    .selectFrom("members as m")
    .innerJoin("workspaces as w", "w.id", "m.workspace_id")
    .select("m.id")
    .where("m.workspace_id", "=", workspaceId)
    .where("m.id", "=", memberId)
    .where("m.password_hash", "is not", null)
    .where(sql<boolean>`(not w.is_sso_only or (m.is_break_glass and m.role = 'admin'))`)
    .executeTakeFirst();
  return row !== undefined;
}

export function deleteOne(db: Db, workspaceId: WorkspaceId, memberId: MemberId, id: SessionId) {
  return db
    .deleteFrom("sessions")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("id", "=", id)
    .returning(["kind", "label"])
    .executeTakeFirst();
}

/** Apps that were let in and have not come yet do not come any more. Before the sessions: one that comes just now is among them. */
export async function denyApps(db: Db, workspaceId: WorkspaceId, memberId: MemberId): Promise<void> {
  await db
    .updateTable("device_codes")
    .set({ state: "denied" })
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("state", "=", "authorized")
    .execute();
}

/** All but `kept`; answers how many. */
export async function deleteOthers(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  kept: SessionId | null,
): Promise<number> {
  const others = db
    .deleteFrom("sessions")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId);
  const { numDeletedRows } = await (kept === null
    ? others
    : others.where("id", "!=", kept)
  ).executeTakeFirst();
  return Number(numDeletedRows);
}

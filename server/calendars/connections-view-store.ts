import type { Kysely } from "kysely";
import type { OAuthProvider } from "../../shared/model/connections.ts";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";

type Db = Kysely<Database>;

export function accountRows(db: Db, workspaceId: WorkspaceId, memberId: MemberId | null) {
  let query = db
    .selectFrom("connections")
    .innerJoin("members", (on) =>
      on
        .onRef("members.workspace_id", "=", "connections.workspace_id")
        .onRef("members.id", "=", "connections.member_id"),
    )
    .select(["connections.id", "connections.member_id", "connections.provider", "connections.account_name"])
    .select(["connections.scopes", "connections.problem", "connections.problem_at", "connections.tried_at"])
    .select(["connections.good_at", "connections.mailbox_zone"])
    .where("connections.workspace_id", "=", workspaceId)
    .where("members.is_active", "=", true)
    .orderBy("connections.created_at")
    .orderBy("connections.id");
  if (memberId !== null) query = query.where("connections.member_id", "=", memberId);
  return query.execute();
}

/** The main calendar first, then by name. */
export function calendarRows(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  return db
    .selectFrom("calendars")
    .select(["id", "connection_id", "name", "color", "is_primary", "is_writable", "blocks_time"])
    .select(["receives_meetings", "vanished_at", "read_at"])
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .orderBy("is_primary", "desc")
    .orderBy("name")
    .orderBy("id")
    .execute();
}

export async function registeredApps(db: Db, workspaceId: WorkspaceId): Promise<OAuthProvider[]> {
  const rows = await db
    .selectFrom("provider_apps")
    .select("provider")
    .where("workspace_id", "=", workspaceId)
    .orderBy("provider")
    .execute();
  return rows.map(({ provider }) => provider);
}

export async function activeMembers(db: Db, workspaceId: WorkspaceId): Promise<MemberId[]> {
  const rows = await db
    .selectFrom("members")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("is_active", "=", true)
    .orderBy("first_name")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

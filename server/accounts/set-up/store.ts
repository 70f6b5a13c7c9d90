import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;

/** What readiness is decided by, of everybody who is active. */
export function readinessRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("members")
    .select((eb) => [
      "id",
      "first_name as firstName",
      eb("profile_confirmed_at", "is not", null).$castTo<boolean>().as("isProfileConfirmed"),
      eb("zone_confirmed_at", "is not", null).$castTo<boolean>().as("isZoneConfirmed"),
    ])
    .where("workspace_id", "=", workspaceId)
    .where("is_active", "=", true)
    .execute();
}

import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import { type Readiness, readiness } from "./readiness.ts";
import { readinessRows } from "./store.ts";

/** Whether each active member of the workspace may meet visitors, and what stands in the way. */
export async function readinessOf(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
): Promise<ReadonlyMap<MemberId, Readiness>> {
  const rows = await readinessRows(db, workspaceId);
  return new Map(rows.map(({ id, ...facts }) => [id, readiness(facts)]));
}

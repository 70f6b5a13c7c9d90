import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import type { Workspace } from "../../../shared/protocol/workspace-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { workspaceRow } from "./store.ts";

/** A workspace as its members see it. */
export async function showWorkspace(db: Kysely<Database>, workspaceId: WorkspaceId): Promise<Workspace> {
  const row = await workspaceRow(db, workspaceId);
  if (row === undefined) throw new AppError("not_found");
  const askedBy = `${row.first_name ?? ""} ${row.last_name ?? ""}`.trim();
  return {
    name: row.name,
    color: row.color,
    logoUrl: row.logo_id === null ? null : `/photos/${row.logo_id}/large.webp`,
    retentionDays: row.retention_days,
    deletion:
      row.delete_at === null
        ? null
        : { at: row.delete_at.getTime(), askedBy: askedBy === "" ? null : askedBy },
  };
}

import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import { defaultRouting, type RoutingSettings } from "../../shared/model/routing.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { insertWorkspace } from "./store.ts";

/** A tenant, with the default routing; sites and members follow. */
export async function createWorkspace(
  db: Kysely<Database>,
  workspace: { name: string; color?: string; routing?: Partial<RoutingSettings> },
): Promise<WorkspaceId> {
  const id = newId<"workspace">();
  await insertWorkspace(db, {
    id,
    name: workspace.name,
    color: workspace.color,
    routing: { ...defaultRouting, ...workspace.routing },
  });
  return id;
}

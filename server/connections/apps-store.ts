import { type Kysely, type Selectable, sql } from "kysely";
import type { OAuthProvider } from "../../shared/model/connections.ts";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";

type Db = Kysely<Database>;
export type AppRow = Selectable<Database["provider_apps"]>;

export function appRows(db: Db, workspaceId: WorkspaceId): Promise<AppRow[]> {
  return db
    .selectFrom("provider_apps")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("provider")
    .execute();
}

export function appRow(
  db: Db,
  workspaceId: WorkspaceId,
  provider: OAuthProvider,
): Promise<AppRow | undefined> {
  return db
    .selectFrom("provider_apps")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("provider", "=", provider)
    .executeTakeFirst();
}

export async function upsertApp(
  db: Db,
  app: {
    workspaceId: WorkspaceId;
    provider: OAuthProvider;
    clientId: string;
    sealedSecret: Buffer;
    keepsVerified: boolean;
  },
): Promise<void> {
  await db
    .insertInto("provider_apps")
    .values({
      workspace_id: app.workspaceId,
      provider: app.provider,
      client_id: app.clientId,
      sealed_secret: app.sealedSecret,
    })
    .onConflict((conflict) =>
      conflict.columns(["workspace_id", "provider"]).doUpdateSet({
        client_id: app.clientId,
        sealed_secret: app.sealedSecret,
        updated_at: sql<Date>`foyer_now()`,
        ...(app.keepsVerified ? {} : { verified_at: null }),
      }),
    )
    .execute();
}

export async function markVerified(
  db: Db,
  workspaceId: WorkspaceId,
  provider: OAuthProvider,
  clientId: string,
): Promise<void> {
  await db
    .updateTable("provider_apps")
    .set({ verified_at: sql<Date>`coalesce(verified_at, foyer_now())` })
    .where("workspace_id", "=", workspaceId)
    .where("provider", "=", provider)
    .where("client_id", "=", clientId)
    .execute();
}

export async function deleteApp(db: Db, workspaceId: WorkspaceId, provider: OAuthProvider): Promise<boolean> {
  const row = await db
    .deleteFrom("provider_apps")
    .where("workspace_id", "=", workspaceId)
    .where("provider", "=", provider)
    .returning("provider")
    .executeTakeFirst();
  return row !== undefined;
}

import { type Kysely, type Selectable, sql } from "kysely";
import type { ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId, WorkspaceId } from "../../shared/model/ids.ts";
import { usualProviders } from "../config.ts";
import type { Database } from "../db/tables.ts";
import { placesOf, plans } from "./providers.ts";

type Db = Kysely<Database>;
export type EndedRow = Selectable<Database["ended_connections"]>;

/** Providers that take access back when they are told. */
const takeBack = Object.entries(plans).filter(([, { app }]) => placesOf(usualProviders, app).revoke !== null);

/** Puts aside what must be given back of these; answers which they are. */
export async function putAside(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly ConnectionId[],
): Promise<ConnectionId[]> {
  const rows = await db
    .insertInto("ended_connections")
    .columns([
      "id",
      "workspace_id",
      "member_id",
      "provider",
      "sealed_secret",
      "client_id",
      "sealed_app_secret",
    ])
    .expression((eb) =>
      eb
        .selectFrom("connections as c")
        .innerJoin("provider_apps as a", (join) =>
          join.onRef("a.workspace_id", "=", "c.workspace_id").on((on) =>
            on.or(
              takeBack.map(([provider, { app }]) =>
                on.and([
                  on("c.provider", "=", provider as ProviderName), // A key of `plans`.
                  on("a.provider", "=", app),
                ]),
              ),
            ),
          ),
        )
        .select([
          "c.id",
          "c.workspace_id",
          "c.member_id",
          "c.provider",
          "c.sealed_secret",
          "a.client_id",
          "a.sealed_secret as sealed_app_secret",
        ])
        .where("c.workspace_id", "=", workspaceId)
        .where("c.id", "in", ids),
    )
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

export function endedRow(db: Db, workspaceId: WorkspaceId, id: ConnectionId): Promise<EndedRow | undefined> {
  return db
    .selectFrom("ended_connections")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
}

export function endedIds(db: Db, workspaceId: WorkspaceId): Promise<{ id: ConnectionId }[]> {
  return db
    .selectFrom("ended_connections")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .orderBy("id")
    .execute();
}

export async function deleteEnded(db: Db, workspaceId: WorkspaceId, id: ConnectionId): Promise<void> {
  await db
    .deleteFrom("ended_connections")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

/** Workspaces in which something is connected, or is being given back. */
export async function connectedWorkspaces(db: Db): Promise<WorkspaceId[]> {
  const { rows } = await sql<{ workspace_id: WorkspaceId }>`
    select workspace_id from connections union select workspace_id from ended_connections order by 1`.execute(
    db,
  );
  return rows.map(({ workspace_id }) => workspace_id);
}

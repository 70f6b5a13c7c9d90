import { type Kysely, type Selectable, sql } from "kysely";
import type { ConnectedProvider } from "../../shared/model/connections.ts";
import type { ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";

type Db = Kysely<Database>;
export type FlowRow = Selectable<Database["connect_flows"]>;

const minutes = 10;

export async function insertFlow(
  db: Db,
  flow: {
    stateHash: Buffer;
    browserHash: Buffer;
    workspaceId: WorkspaceId;
    memberId: MemberId;
    provider: ConnectedProvider;
    codeVerifier: string;
    clientId: string;
    again: ConnectionId | null;
    returnTo: string;
  },
): Promise<void> {
  await db
    .insertInto("connect_flows")
    .values({
      state_hash: flow.stateHash,
      browser_hash: flow.browserHash,
      workspace_id: flow.workspaceId,
      member_id: flow.memberId,
      provider: flow.provider,
      code_verifier: flow.codeVerifier,
      client_id: flow.clientId,
      again_id: flow.again,
      return_to: flow.returnTo,
      expires_at: sql<Date>`foyer_now() + make_interval(mins => ${minutes})`,
    })
    .execute();
  await db
    .deleteFrom("connect_flows")
    .where("workspace_id", "=", flow.workspaceId)
    .where("expires_at", "<=", sql<Date>`foyer_now()`)
    .execute();
}

/** Once, and only for the browser and the member that began it: what is taken is gone. */
export function takeFlow(
  db: Db,
  by: { stateHash: Buffer; browserHash: Buffer; workspaceId: WorkspaceId; memberId: MemberId },
): Promise<FlowRow | undefined> {
  return db
    .deleteFrom("connect_flows")
    .where("state_hash", "=", by.stateHash)
    .where("browser_hash", "=", by.browserHash)
    .where("workspace_id", "=", by.workspaceId)
    .where("member_id", "=", by.memberId)
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .returningAll()
    .executeTakeFirst();
}

// Waiting for somebody else's admin.

export async function insertWait(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  provider: ConnectedProvider,
): Promise<void> {
  await db
    .insertInto("connect_waits")
    .values({ workspace_id: workspaceId, member_id: memberId, provider })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteWait(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  provider: ConnectedProvider,
): Promise<void> {
  await db
    .deleteFrom("connect_waits")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("provider", "=", provider)
    .execute();
}

export function waitRows(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  return db
    .selectFrom("connect_waits")
    .select(["provider", "since"])
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .orderBy("since")
    .execute();
}

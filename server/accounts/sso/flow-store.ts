import { type Kysely, type Selectable, sql } from "kysely";
import type { MemberId, ProviderId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import type { FlowSecrets } from "./port.ts";

type Db = Kysely<Database>;
export type FlowRow = Selectable<Database["sso_flows"]>;

export async function insertFlow(
  db: Db,
  flow: {
    stateHash: Buffer;
    workspaceId: WorkspaceId;
    providerId: ProviderId;
    purpose: "sign_in" | "verify" | "prove";
    memberId: MemberId | null;
    browserHash: Buffer;
    revision: number;
    keeps: FlowSecrets;
    told: object | null;
    returnTo: string;
    minutes: number;
  },
): Promise<void> {
  await db
    .insertInto("sso_flows")
    .values({
      state_hash: flow.stateHash,
      workspace_id: flow.workspaceId,
      provider_id: flow.providerId,
      purpose: flow.purpose,
      member_id: flow.memberId,
      browser_hash: flow.browserHash,
      revision: flow.revision,
      nonce: flow.keeps.nonce,
      code_verifier: flow.keeps.codeVerifier,
      request_id: flow.keeps.requestId,
      told: flow.told === null ? null : JSON.stringify(flow.told),
      return_to: flow.returnTo,
      expires_at: sql<Date>`foyer_now() + make_interval(mins => ${flow.minutes})`,
    })
    .execute();
  await db
    .deleteFrom("sso_flows")
    .where("workspace_id", "=", flow.workspaceId)
    .where("expires_at", "<=", sql<Date>`foyer_now()`)
    .execute();
}

/** Looks without using it up: whoever posts an answer need not be the browser that asked. */
export function peekFlow(db: Db, providerId: ProviderId, stateHash: Buffer): Promise<FlowRow | undefined> {
  return db
    .selectFrom("sso_flows")
    .selectAll()
    .where("provider_id", "=", providerId)
    .where("state_hash", "=", stateHash)
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .executeTakeFirst();
}

/** Once, and only for the browser that began it: what is taken is gone. */
export function takeFlow(
  db: Db,
  { providerId, stateHash, browserHash }: { providerId: ProviderId; stateHash: Buffer; browserHash: Buffer },
): Promise<FlowRow | undefined> {
  return db
    .deleteFrom("sso_flows")
    .where("provider_id", "=", providerId)
    .where("state_hash", "=", stateHash)
    .where("browser_hash", "=", browserHash)
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .returningAll()
    .executeTakeFirst();
}

/** Keeps who was told until the browser asks; false when this flow has been answered already. */
export async function keepTold(
  db: Db,
  flow: Pick<FlowRow, "workspace_id" | "state_hash">,
  told: object,
): Promise<boolean> {
  const row = await db
    .updateTable("sso_flows")
    .set({ told: JSON.stringify(told) })
    .where("workspace_id", "=", flow.workspace_id)
    .where("state_hash", "=", flow.state_hash)
    .where("told", "is", null)
    .returning("state_hash")
    .executeTakeFirst();
  return row !== undefined;
}

/** False: this assertion was used before. */
export async function useAssertion(
  db: Db,
  {
    workspaceId,
    providerId,
    assertionId,
    endsAt,
  }: { workspaceId: WorkspaceId; providerId: ProviderId; assertionId: string; endsAt: number },
): Promise<boolean> {
  await db
    .deleteFrom("used_assertions")
    .where("workspace_id", "=", workspaceId)
    .where("expires_at", "<=", sql<Date>`foyer_now() - interval '1 day'`)
    .execute();
  const row = await db
    .insertInto("used_assertions")
    .values({
      provider_id: providerId,
      assertion_id: assertionId,
      workspace_id: workspaceId,
      expires_at: new Date(endsAt),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("assertion_id")
    .executeTakeFirst();
  return row !== undefined;
}

import type { Kysely } from "kysely";
import type { ConnectionProblem, ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { recordAudit } from "../accounts/audit/record-audit.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import type { ConnectionDeps } from "./deps.ts";
import { type ConnectionSecret, sealSecret } from "./secrets.ts";
import { connectionRow, lockAccount, upsertConnection } from "./store.ts";

export type ConnectionToSave = {
  workspaceId: WorkspaceId;
  memberId: MemberId;
  provider: ProviderName;
  /** The provider's own unchanging name for the account. */
  accountId: string;
  /** What a person knows it by: an address. */
  accountName: string;
  /** CalDAV only. */
  serverUrl: string | null;
  scopes: readonly string[];
  secret: ConnectionSecret;
  /** Null: until it is refused. */
  expiresInSeconds: number | null;
  problem: ConnectionProblem | null;
  /** The connection that was to be connected again. */
  again: ConnectionId | null;
};

/**
 * Keeps an account that has just been connected, in the caller's transaction: a new one, or the one of before with a new
 * secret, and whatever was wrong with it is over. Null: `again` is another account (or nobody's).
 */
export async function saveConnection(
  db: Kysely<Database>,
  { keys }: Pick<ConnectionDeps, "keys">,
  saved: ConnectionToSave,
): Promise<ConnectionId | null> {
  const { workspaceId, memberId, provider, accountId, accountName } = saved;
  if (saved.again !== null) {
    const known = await connectionRow(db, { workspaceId, connectionId: saved.again });
    const isSame =
      known?.member_id === memberId && known.provider === provider && known.account_id === accountId;
    if (!isSame) return null;
  }
  const before = await lockAccount(db, saved);
  const id = before?.id ?? newId<"connection">();
  const key = { id, workspace_id: workspaceId, member_id: memberId, provider };
  await upsertConnection(db, { ...saved, id, sealedSecret: sealSecret(keys, key, saved.secret) });
  await recordAudit(db, {
    workspaceId,
    actorId: memberId,
    action: before === undefined ? "connection_added" : "connection_renewed",
    subject: { kind: "connection", id, name: accountName },
    details: { provider },
  });
  return id;
}

import type { Kysely } from "kysely";
import type { OAuthError, TokenAnswer } from "../../../shared/protocol/oauth.ts";
import type { Database } from "../../db/tables.ts";
import { openSession } from "../open-session.ts";
import { appSessionDays, hashToken } from "../session-cookie.ts";
import { isActive, lockDeviceCode, notePoll, noteUse } from "./store.ts";

export type Exchange = { answer: TokenAnswer } | { error: OAuthError };

/** An app's poll: a session of kind `app` once the person has said yes, and only once. */
export async function exchangeDeviceCode(
  db: Kysely<Database>,
  { deviceCode, clientId }: { deviceCode: string; clientId: string },
): Promise<Exchange> {
  const deviceCodeHash = hashToken(deviceCode);
  return db.transaction().execute(async (trx) => {
    const row = await lockDeviceCode(trx, deviceCodeHash);
    // Unknown, another app's or used: nothing tells which.
    if (row === undefined || row.app_name !== clientId || row.state === "used")
      return { error: "invalid_grant" };
    if (row.is_expired) return { error: "expired_token" };
    await notePoll(trx, deviceCodeHash, row.is_early);
    if (row.is_early) return { error: "slow_down" };
    if (row.state === "waiting") return { error: "authorization_pending" };
    const { workspace_id: workspaceId, member_id: memberId } = row;
    if (row.state === "denied" || workspaceId === null || memberId === null)
      return { error: "access_denied" };
    // Whoever said yes may have left meanwhile.
    if (!(await isActive(trx, workspaceId, memberId))) return { error: "access_denied" };
    await noteUse(trx, deviceCodeHash);
    const { token } = await openSession(trx, { workspaceId, memberId, kind: "app", label: row.app_name });
    return {
      answer: { access_token: token, token_type: "Bearer", expires_in: appSessionDays * 86_400 },
    };
  });
}

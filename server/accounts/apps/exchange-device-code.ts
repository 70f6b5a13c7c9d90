import type { Kysely } from "kysely";
import type { OAuthError, TokenAnswer } from "../../../shared/protocol/oauth.ts";
import type { Database } from "../../db/tables.ts";
import { holdMember, openSession } from "../open-session.ts";
import { appSessionDays, hashToken } from "../session-cookie.ts";
import { answererOf, lockDeviceCode, notePoll, noteUse } from "./store.ts";

export type Exchange = { answer: TokenAnswer } | { error: OAuthError };

/** An app's poll: a session of kind `app` once the person has said yes, and only once. */
export async function exchangeDeviceCode(
  db: Kysely<Database>,
  { deviceCode, clientId }: { deviceCode: string; clientId: string },
): Promise<Exchange> {
  const deviceCodeHash = hashToken(deviceCode);
  return db.transaction().execute(async (trx) => {
    const answerer = await answererOf(trx, deviceCodeHash);
    const { workspace_id: workspaceId = null, member_id: memberId = null } = answerer ?? {};
    const isThere =
      workspaceId !== null && memberId !== null && (await holdMember(trx, { workspaceId, memberId }));
    const row = await lockDeviceCode(trx, deviceCodeHash);
    // Unknown, another app's or used: nothing tells which.
    if (row === undefined || row.app_name !== clientId || row.state === "used")
      return { error: "invalid_grant" };
    if (row.is_expired) return { error: "expired_token" };
    await notePoll(trx, deviceCodeHash, row.is_early);
    if (row.is_early) return { error: "slow_down" };
    if (row.state === "waiting") return { error: "authorization_pending" };
    if (row.state === "denied") return { error: "access_denied" };
    // Answered since we looked: the next poll gets it.
    if (row.member_id !== memberId || workspaceId === null || memberId === null)
      return { error: "authorization_pending" };
    // Whoever said yes may have left meanwhile.
    if (!isThere) return { error: "access_denied" };
    await noteUse(trx, deviceCodeHash);
    const { token } = await openSession(trx, { workspaceId, memberId, kind: "app", label: row.app_name });
    return {
      answer: { access_token: token, token_type: "Bearer", expires_in: appSessionDays * 86_400 },
    };
  });
}

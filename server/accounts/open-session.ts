import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { SessionKind } from "../../shared/model/people.ts";
import type { Database } from "../db/tables.ts";
import { recordAudit } from "./audit/record-audit.ts";
import { appSessionDays, hashToken, mintToken, sessionDays } from "./session-cookie.ts";
import { insertSession } from "./session-store.ts";

export type OpenedSession = { token: string; memberId: MemberId; workspaceId: WorkspaceId };

/**
 * The one way a session begins, whatever proved who the person is; noted in the audit log. `label` names the browser
 * and system, or the app. The caller has made sure that the member is active.
 */
export async function openSession(
  db: Kysely<Database>,
  {
    workspaceId,
    memberId,
    kind,
    label,
  }: {
    workspaceId: WorkspaceId;
    memberId: MemberId;
    kind: SessionKind;
    label: string;
  },
): Promise<OpenedSession> {
  const token = mintToken();
  await insertSession(db, {
    tokenHash: hashToken(token),
    workspaceId,
    memberId,
    days: kind === "app" ? appSessionDays : sessionDays,
    kind,
    label,
  });
  const action = kind === "phone" ? "phone_signed_in" : "signed_in";
  await recordAudit(db, { workspaceId, actorId: memberId, action, details: { kind, label } });
  return { token, memberId, workspaceId };
}

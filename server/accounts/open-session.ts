import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { SessionKind } from "../../shared/model/people.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { recordAudit } from "./audit/record-audit.ts";
import { appSessionDays, hashToken, mintToken, sessionDays } from "./session-cookie.ts";
import { insertSession, isPasswordNow, lockActive } from "./session-store.ts";

export type OpenedSession = { token: string; memberId: MemberId; workspaceId: WorkspaceId };

type Opening = {
  workspaceId: WorkspaceId;
  memberId: MemberId;
  kind: SessionKind;
  /** Names the browser and system, or the app. */
  label: string;
  /** For `sso`: when the provider says that the person proved who they are, in ms since 1970; it may not say. */
  provedAt?: number | null;
};

/**
 * The one way a session begins, whatever proved who the person is; noted in the audit log. Whatever ends the sessions of a
 * member changes the member first, so it either waits for this one and ends it too, or comes before: then this throws
 * `unauthenticated` for whoever has left.
 */
export function openSession(db: Kysely<Database>, opening: Opening): Promise<OpenedSession> {
  return db.isTransaction ? open(db, opening) : db.transaction().execute((trx) => open(trx, opening));
}

/** In the caller's transaction: the password that was found right a moment ago is so still, and stays so until its end. */
export async function holdPassword(
  db: Kysely<Database>,
  { workspaceId, memberId }: Pick<Opening, "workspaceId" | "memberId">,
  passwordHash: string,
): Promise<boolean> {
  return (
    (await lockActive(db, workspaceId, memberId)) &&
    (await isPasswordNow(db, workspaceId, memberId, passwordHash))
  );
}

/**
 * In the caller's transaction, before it holds anything else of this member's: whoever ends a member's part holds the member
 * first, and then what leads in.
 */
export function holdMember(
  db: Kysely<Database>,
  { workspaceId, memberId }: Pick<Opening, "workspaceId" | "memberId">,
): Promise<boolean> {
  return lockActive(db, workspaceId, memberId);
}

async function open(
  db: Kysely<Database>,
  { workspaceId, memberId, kind, label, provedAt = null }: Opening,
): Promise<OpenedSession> {
  if (!(await lockActive(db, workspaceId, memberId))) throw new AppError("unauthenticated");
  const token = mintToken();
  await insertSession(db, {
    tokenHash: hashToken(token),
    workspaceId,
    memberId,
    days: kind === "app" ? appSessionDays : sessionDays,
    kind,
    label,
    provedAt,
  });
  const action = kind === "phone" ? "phone_signed_in" : "signed_in";
  await recordAudit(db, { workspaceId, actorId: memberId, action, details: { kind, label } });
  return { token, memberId, workspaceId };
}

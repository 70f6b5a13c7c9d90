import type { Kysely } from "kysely";
import type { MemberId, SessionId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { MemberAccess } from "../session.ts";
import { deleteOne, deleteOthers, denyApps } from "./store.ts";

export type EndSessionsDeps = {
  db: Kysely<Database>;
  /** Told after the commit: links of sessions that are gone end, in every process. */
  announceEnd: (memberId: MemberId) => void;
};

/** Signs one of the member's own sessions out. Throws `not_found`, also for somebody else's. */
export async function endSession(
  { db, announceEnd }: EndSessionsDeps,
  { workspaceId, memberId }: MemberAccess,
  id: SessionId,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const ended = await deleteOne(trx, workspaceId, memberId, id);
    if (ended === undefined) throw new AppError("not_found");
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "sessions_ended",
      details: { count: 1, kind: ended.kind, label: ended.label },
    });
  });
  announceEnd(memberId);
}

/** Signs the member out everywhere else; answers how many sessions that ended. */
export async function endOtherSessions(
  { db, announceEnd }: EndSessionsDeps,
  { workspaceId, memberId, sessionId }: MemberAccess,
): Promise<number> {
  const count = await db.transaction().execute(async (trx) => {
    const ended = await signOutElsewhere(trx, { workspaceId, memberId }, sessionId);
    if (ended > 0)
      await recordAudit(trx, {
        workspaceId,
        actorId: memberId,
        action: "sessions_ended",
        details: { count: ended },
      });
    return ended;
  });
  announceEnd(memberId);
  return count;
}

/** In the caller's transaction, who then announces the end. `kept` null: everywhere. */
export async function signOutElsewhere(
  db: Kysely<Database>,
  { workspaceId, memberId }: { workspaceId: WorkspaceId; memberId: MemberId },
  kept: SessionId | null,
): Promise<number> {
  await denyApps(db, workspaceId, memberId);
  return deleteOthers(db, workspaceId, memberId, kept);
}

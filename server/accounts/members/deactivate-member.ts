import type { MemberId } from "../../../shared/model/ids.ts";
import { endConnections } from "../../connections/end-connections.ts";
import { leaveChats } from "../../conversations/leave-chats.ts";
import { withLocks } from "../../meetings/with-locks.ts";
import { recordAudit } from "../audit/record-audit.ts";
import {
  type Admin,
  lockStanding,
  nameOf,
  requireAnotherAdmin,
  requireThere,
  type StandingDeps,
} from "./standing.ts";
import { deleteAccess, saveActive } from "./store.ts";

/**
 * Ends a member's part in the workspace: sessions, secrets, invitations, outside accounts and links (within five seconds, in every process).
 * Then the open chats are handed over one by one, each in a transaction of its own; if we are stopped in between, the clock
 * of routing goes on. What they did stays; their meetings ahead are listed until somebody moves or cancels them.
 * Throws `last_admin`, `unavailable` (the colleague is not there), `not_found`.
 */
export async function deactivateMember(
  deps: StandingDeps,
  admin: Admin,
  id: MemberId,
  chatsTo: MemberId | null,
): Promise<void> {
  const { db, bus } = deps;
  const { workspaceId } = admin;
  await requireThere(db, admin, id, chatsTo);
  // With the lock of their time: a booking that is under way either stands before, and is listed, or finds nobody.
  const isDone = await withLocks(db, [`host ${id}`], async (trx) => {
    const member = await lockStanding(trx, admin, id);
    if (!member.is_active) return false;
    if (member.role === "admin") await requireAnotherAdmin(trx, admin, id);
    await saveActive(trx, workspaceId, id, false);
    const sessions = await deleteAccess(trx, workspaceId, id);
    // Their calendars are theirs: nobody here looks into them any more.
    const { rows: connections } = await endConnections(trx, workspaceId, { memberId: id });
    await recordAudit(trx, {
      workspaceId,
      actorId: admin.memberId,
      action: "member_deactivated",
      subject: { kind: "member", id, name: nameOf(member) },
      details: { role: member.role, sessions, connections: connections.length },
    });
    return true;
  });
  if (isDone !== true) return;
  bus.publish({ kind: "team", workspaceId });
  bus.publish({ kind: "session_ended", memberId: id });
  await leaveChats(deps, { memberId: id, workspaceId }, chatsTo);
}

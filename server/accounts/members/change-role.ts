import type { MemberId } from "../../../shared/model/ids.ts";
import { type Role, takesSeat } from "../../../shared/model/people.ts";
import { leaveChats } from "../../conversations/leave-chats.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import {
  lockStanding,
  nameOf,
  type ProvenAdmin,
  requireAnotherAdmin,
  requireThere,
  type StandingDeps,
} from "./standing.ts";
import { endWhatTheyLetIn, saveRole } from "./store.ts";

/**
 * Gives a member another role. Links opened with the old one end within five seconds, in every process; whoever no longer
 * chats hands over what is open. Of an admin no app, phone or invitation is left that could lead back. Throws `proof_needed`
 * before it makes an admin, `last_admin`, `unavailable` (the colleague is not there), `not_found`.
 */
export async function changeRole(
  deps: StandingDeps,
  admin: ProvenAdmin,
  id: MemberId,
  { role, chatsTo }: { role: Role; chatsTo: MemberId | null },
): Promise<void> {
  const { db, bus } = deps;
  const { workspaceId } = admin;
  const stopsChatting = role === "meetings_only";
  if (stopsChatting) await requireThere(db, admin, id, chatsTo);
  const isChanged = await db.transaction().execute(async (trx) => {
    const member = await lockStanding(trx, admin, id);
    if (member.role === role) return false;
    if (member.role === "admin" && member.is_active) await requireAnotherAdmin(trx, admin, id);
    if (role === "admin") await requireProof(trx, admin);
    await saveRole(trx, workspaceId, id, role);
    if (member.role === "admin") await endWhatTheyLetIn(trx, workspaceId, id);
    await recordAudit(trx, {
      workspaceId,
      actorId: admin.memberId,
      action: "member_role_changed",
      subject: { kind: "member", id, name: nameOf(member) },
      details: { from: member.role, to: role },
    });
    return true;
  });
  if (!isChanged) return;
  bus.publish({ kind: "team", workspaceId });
  bus.publish({ kind: "session_ended", memberId: id });
  if (!takesSeat(role)) await leaveChats(deps, { memberId: id, workspaceId }, chatsTo);
}

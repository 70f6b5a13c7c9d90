import type { MemberId } from "../../../shared/model/ids.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { type Admin, lockStanding, nameOf, type StandingDeps } from "./standing.ts";
import { saveActive } from "./store.ts";

/** Lets a member in again, in the role they had; they sign in anew. */
export async function reactivateMember(
  { db, bus }: Pick<StandingDeps, "db" | "bus">,
  admin: Admin,
  id: MemberId,
): Promise<void> {
  const { workspaceId } = admin;
  await db.transaction().execute(async (trx) => {
    const member = await lockStanding(trx, admin, id);
    if (member.is_active) return;
    await saveActive(trx, workspaceId, id, true);
    await recordAudit(trx, {
      workspaceId,
      actorId: admin.memberId,
      action: "member_reactivated",
      subject: { kind: "member", id, name: nameOf(member) },
      details: { role: member.role },
    });
  });
  bus.publish({ kind: "team", workspaceId });
}

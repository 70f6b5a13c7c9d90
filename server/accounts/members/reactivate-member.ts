import type { MemberId } from "../../../shared/model/ids.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import { lockStanding, nameOf, type ProvenAdmin, type StandingDeps } from "./standing.ts";
import { saveActive } from "./store.ts";

/** Lets a member in again, in the role they had; they sign in anew. Throws `proof_needed` for an admin, `not_found`. */
export async function reactivateMember(
  { db, bus }: Pick<StandingDeps, "db" | "bus">,
  admin: ProvenAdmin,
  id: MemberId,
): Promise<void> {
  const { workspaceId } = admin;
  await db.transaction().execute(async (trx) => {
    const member = await lockStanding(trx, admin, id);
    if (member.is_active) return;
    if (member.role === "admin") await requireProof(trx, admin);
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

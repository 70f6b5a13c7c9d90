import type { InvitationId } from "../../../shared/model/ids.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import type { InviteDeps, ProvenAdmin } from "./invite-people.ts";
import { mailInvitation } from "./mail-invitation.ts";
import { lockInvitation, lockInviter, membersOf, teamNames, upsertInvitation } from "./store.ts";

/**
 * A new mail with a new link, good for seven days from now; the link before is dead. Throws `too_many` within a minute of the
 * last mail, `taken` when the address has an account here by now, `proof_needed` for an admin's, `not_found`.
 */
export async function sendAgain(deps: InviteDeps, admin: ProvenAdmin, id: InvitationId): Promise<void> {
  const { workspaceId } = admin;
  await deps.db.transaction().execute(async (trx) => {
    const inviter = await lockInviter(trx, workspaceId, admin.memberId);
    if (inviter === null) throw new AppError("forbidden");
    const before = await lockInvitation(trx, workspaceId, id);
    if (before === undefined) throw new AppError("not_found");
    if (before.role === "admin") await requireProof(trx, admin);
    if (before.wait_ms > 0) throw new AppError("too_many", { retryAfterMs: before.wait_ms });
    if ((await membersOf(trx, workspaceId, [before.email.toLowerCase()])).size > 0)
      throw new AppError("taken");
    const secret = mintToken();
    const invitation = await upsertInvitation(trx, {
      id,
      workspaceId,
      email: before.email,
      role: before.role,
      teamIds: before.team_ids,
      tokenHash: hashToken(secret),
      invitedBy: admin.memberId,
    });
    if (invitation === undefined) throw new AppError("too_many", { retryAfterMs: 60_000 });
    const teams = await teamNames(trx, workspaceId);
    await mailInvitation(trx, deps, workspaceId, invitation, { inviter, secret, teams });
    await recordAudit(trx, {
      workspaceId,
      actorId: admin.memberId,
      action: "invitation_sent_again",
      subject: { kind: "invitation", id, name: before.email },
      details: { role: before.role },
    });
  });
}

import type { Kysely } from "kysely";
import type { InvitationId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { withdrawMail } from "../../mail/mail-standing.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Admin } from "./invite-people.ts";
import { mailName } from "./mail-invitation.ts";
import { lockInvitation, markRevoked } from "./store.ts";

/** The link in the mail is dead from now on, and a mail that has not gone out stays here. Throws `not_found`. */
export async function revokeInvitation(db: Kysely<Database>, admin: Admin, id: InvitationId): Promise<void> {
  const { workspaceId } = admin;
  await db.transaction().execute(async (trx) => {
    const invitation = await lockInvitation(trx, workspaceId, id);
    if (invitation === undefined) throw new AppError("not_found");
    await markRevoked(trx, workspaceId, id);
    await withdrawMail(trx, workspaceId, mailName(id, invitation.sends));
    await recordAudit(trx, {
      workspaceId,
      actorId: admin.memberId,
      action: "invitation_revoked",
      subject: { kind: "invitation", id, name: invitation.email },
    });
  });
}

import type { Kysely } from "kysely";
import type { InvitationId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import type { Database } from "../../db/tables.ts";
import { withdrawMail } from "../../mail/mail-standing.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import { renderMail } from "../../mail/render-mail.ts";
import { photoUrl } from "../rep-card.ts";
import { invitationMail } from "./invitation-mail.ts";
import type { Inviter } from "./store.ts";

type Invitation = {
  id: InvitationId;
  email: string;
  role: Role;
  team_ids: readonly TeamId[];
  sends: number;
  expires_at: Date;
};

export type MailDeps = { publicUrl: string };

/** The name under which the mail of this sending is queued. */
export function mailName(id: InvitationId, sends: number): string {
  return `invitation/${id}/${sends}`;
}

/** Queues the mail with this secret, in the caller's transaction; one with an older secret that is still here goes. */
export async function mailInvitation(
  db: Kysely<Database>,
  { publicUrl }: MailDeps,
  workspaceId: WorkspaceId,
  invitation: Invitation,
  {
    inviter,
    secret,
    teams,
  }: { inviter: Inviter; secret: string; teams: readonly { id: TeamId; name: string }[] },
): Promise<void> {
  const photo = photoUrl(inviter.photo_id);
  const content = invitationMail({
    company: inviter.company,
    inviter: {
      name: `${inviter.first_name} ${inviter.last_name}`.trim() || inviter.email,
      jobTitle: inviter.job_title,
      email: inviter.email,
      photoUrl: photo === null ? null : `${publicUrl}${photo}`,
      zone: inviter.zone,
    },
    email: invitation.email,
    role: invitation.role,
    teams: teams.filter(({ id }) => invitation.team_ids.includes(id)).map(({ name }) => name),
    expiresAt: invitation.expires_at.getTime(),
    // Behind `#`, where no server and no referrer sees it.
    url: `${publicUrl}/console/join#${secret}`,
  });
  if (invitation.sends > 1)
    await withdrawMail(db, workspaceId, mailName(invitation.id, invitation.sends - 1));
  await queueMail(
    db,
    { publicUrl },
    {
      workspaceId,
      dedupe: mailName(invitation.id, invitation.sends),
      to: { name: "", address: invitation.email },
      replyTo: inviter.email,
      mail: renderMail(content, { companyName: inviter.company, color: inviter.color }),
    },
  );
}

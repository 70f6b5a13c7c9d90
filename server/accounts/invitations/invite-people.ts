import type { Kysely } from "kysely";
import type { InvitationId, TeamId } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import type { InvitePreview } from "../../../shared/protocol/invitation-routes.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import { newId } from "../../db/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import { judgePeople } from "./judge-people.ts";
import { type MailDeps, mailInvitation } from "./mail-invitation.ts";
import { invitedOf, lockInviter, membersOf, teamNames, upsertInvitation } from "./store.ts";

export type InviteDeps = MailDeps & { db: Kysely<Database> };
export type Admin = Pick<MemberAccess, "memberId" | "workspaceId">;
/** Whoever has found a session must not be able to invite themselves as an admin. */
export type ProvenAdmin = Admin & Pick<MemberAccess, "sessionId">;
export type InviteWish = { text: string; role: Role; teamIds: readonly TeamId[] };

/** What is told of titles that were not understood: enough to see which. */
const mostTitles = 20;
const titleChars = 60;

/** What `invitePeople` would do now, line by line. Throws `too_large` for more people than may be invited at a time. */
export async function previewInvitations(
  db: Kysely<Database>,
  { workspaceId }: Pick<Admin, "workspaceId">,
  wish: InviteWish,
): Promise<InvitePreview> {
  // With what reads tables: a start needs none of it.
  const { parsePeople } = await import("./parse-people.ts");
  const { people, unreadTitles } = parsePeople(wish.text);
  if (people.length > limits.invitePeople) throw new AppError("too_large");
  const emails = people.map(({ email }) => email.trim().toLowerCase());
  const teams = await teamNames(db, workspaceId);
  const teamIds = wish.teamIds.filter((wanted) => teams.some(({ id }) => id === wanted));
  const lines = judgePeople(
    people,
    { role: wish.role, teamIds },
    {
      teams,
      members: await membersOf(db, workspaceId, emails),
      invited: await invitedOf(db, workspaceId, emails),
    },
  );
  return {
    lines,
    unreadTitles: unreadTitles.slice(0, mostTitles).map((title) => title.slice(0, titleChars)),
  };
}

/**
 * Invites all of the text who can be: one transaction, with a mail each. Lines with a problem are passed over, and so is who
 * was mailed a moment ago. Whether an address has an account in another workspace is neither asked nor told. Answers how
 * many mails were queued. Throws `proof_needed` when one is to be an admin.
 */
export async function invitePeople(deps: InviteDeps, admin: ProvenAdmin, wish: InviteWish): Promise<number> {
  const { workspaceId } = admin;
  return deps.db.transaction().execute(async (trx) => {
    const inviter = await lockInviter(trx, workspaceId, admin.memberId);
    if (inviter === null) throw new AppError("forbidden");
    const { lines } = await previewInvitations(trx, admin, wish);
    const teams = await teamNames(trx, workspaceId);
    // In the same order whoever sends: two admins with one list wait for each other instead of both failing.
    const wanted = lines
      .filter(({ outcome }) => outcome === "new" || outcome === "again")
      .sort((a, b) => (a.email.toLowerCase() < b.email.toLowerCase() ? -1 : 1));
    if (wanted.some(({ role }) => role === "admin")) await requireProof(trx, admin);
    let sent = 0;
    for (const { email, role, teamIds } of wanted) {
      if (role === null) continue;
      const secret = mintToken();
      const invitation = await upsertInvitation(trx, {
        id: newId<"invitation">() as InvitationId,
        workspaceId,
        email,
        role,
        teamIds,
        tokenHash: hashToken(secret),
        invitedBy: admin.memberId,
      });
      if (invitation === undefined) continue;
      await mailInvitation(trx, deps, workspaceId, invitation, { inviter, secret, teams });
      await recordAudit(trx, {
        workspaceId,
        actorId: admin.memberId,
        action: invitation.sends === 1 ? "member_invited" : "invitation_sent_again",
        subject: { kind: "invitation", id: invitation.id, name: invitation.email },
        details: { role },
      });
      sent++;
    }
    return sent;
  });
}

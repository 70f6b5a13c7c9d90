import type { Kysely } from "kysely";
import type { ZoneName } from "../../../shared/model/ids.ts";
import type { DeadInvitation, JoinView } from "../../../shared/protocol/invitation-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { Bus } from "../../realtime/hints.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { createMember } from "../create-member.ts";
import { joinTeams } from "../members/set-teams.ts";
import { requireGoodPassword } from "../new-password.ts";
import { type OpenedSession, openSession } from "../open-session.ts";
import { photoUrl } from "../rep-card.ts";
import { hashToken } from "../session-cookie.ts";
import { type FoundInvitation, invitationOfSecret, markAccepted } from "./store.ts";

export type JoinDeps = { db: Kysely<Database>; bus: Pick<Bus, "publish"> };

export type Joining = {
  secret: string;
  firstName: string;
  lastName: string;
  password: string;
  zone: ZoneName;
  /** Names the browser in the list of sessions. */
  label: string;
};

/** What the holder of a secret sees: whom they would join, or why the invitation leads nowhere. */
export async function lookAtInvitation(
  db: Kysely<Database>,
  secret: string,
  signedInAs: string | null,
): Promise<JoinView> {
  const found = await invitationOfSecret(db, hashToken(secret), { lock: false });
  if (found === undefined) return { state: "unknown", company: null };
  const dead = whyDead(found);
  if (dead !== null) return { state: dead, company: found.company };
  return {
    state: "open",
    company: found.company,
    inviter: {
      firstName: found.first_name,
      lastName: found.last_name,
      jobTitle: found.job_title,
      photoUrl: photoUrl(found.photo_id),
    },
    email: found.email,
    role: found.role,
    expiresAt: found.expires_at.getTime(),
    signedInAs,
  };
}

/**
 * Makes the member of this invitation and opens their session; of two tabs one does. Profile, zone and hours are still to be
 * confirmed. Throws `expired` when the invitation leads nowhere any more, also where passwords are off; `invalid_input` for a
 * password that will not do.
 */
export async function joinWorkspace({ db, bus }: JoinDeps, joining: Joining): Promise<OpenedSession> {
  const tokenHash = hashToken(joining.secret);
  const seen = await invitationOfSecret(db, tokenHash, { lock: false });
  if (seen === undefined || whyDead(seen) !== null) throw new AppError("expired");
  const { firstName, lastName, password, zone } = joining;
  await requireGoodPassword(password, [seen.email, firstName, lastName, seen.company]);
  const opened = await db.transaction().execute(async (trx) => {
    const found = await invitationOfSecret(trx, tokenHash, { lock: true });
    if (found === undefined || whyDead(found) !== null) throw new AppError("expired");
    const workspaceId = found.workspace_id;
    const { email, role } = found;
    const member = { workspaceId, email, role, firstName, lastName, jobTitle: "", zone, password };
    const memberId = await createMember(trx, { ...member, isConfirmed: false }).catch((error: unknown) => {
      // Somebody took the address by another way, in this very moment.
      throw error instanceof AppError && error.code === "taken" ? new AppError("expired") : error;
    });
    await joinTeams(trx, workspaceId, memberId, found.team_ids);
    await markAccepted(trx, workspaceId, found.id, memberId);
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "member_joined",
      subject: { kind: "member", id: memberId, name: `${firstName} ${lastName}` },
      details: { role, by: "invitation" },
    });
    return openSession(trx, { workspaceId, memberId, kind: "invitation", label: joining.label });
  });
  bus.publish({ kind: "team", workspaceId: opened.workspaceId });
  return opened;
}

function whyDead(found: FoundInvitation): DeadInvitation | null {
  if (found.accepted_at !== null) return "used";
  if (found.account_in !== null) return found.account_in === found.workspace_id ? "member" : "elsewhere";
  // Whoever invited has no say any more.
  if (found.revoked_at !== null || !found.inviter_steers) return "revoked";
  if (found.is_expired) return "expired";
  return found.is_sso_only ? "sso_only" : null;
}

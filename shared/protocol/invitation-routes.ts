import { z } from "zod";
import type { Instant, InvitationId, TeamId } from "../model/ids.ts";
import type { RepCard, Role } from "../model/people.ts";
import type { SessionView } from "../model/session.ts";
import { idField, lineField, wordsField, zoneField } from "./fields.ts";
import { limits } from "./limits.ts";

// Invitations: for admins who send them, and for whoever holds the secret of one.

const wish = z.object({
  /** Addresses as somebody typed or pasted them, or a CSV with the columns e-mail, role, team. */
  text: wordsField(limits.inviteChars),
  /** For all whose line names none of their own. */
  role: z.enum(["admin", "rep", "meetings_only"] satisfies readonly Role[]),
  teamIds: z.array(idField<"team">()).max(limits.teams),
});

/** What stands behind `#` in the mail. Any text is taken: a wrong one is answered as an unknown one. */
const secret = z.string().max(200);

export const invitationRouteSchemas = {
  /** Those that have not been used or revoked, the latest first. */
  "GET /api/invitations": z.object({}),
  /** What sending would do, line by line; sends nothing. `too_large`: more than `limits.invitePeople`. */
  "POST /api/invitations/preview": wish,
  /** Does what the preview says, for the lines without a problem. */
  "POST /api/invitations": wish,
  /** A new link; the one before dies. `too_many` within a minute of the last, `taken` when they have joined meanwhile. */
  "POST /api/invitations/:id/again": z.object({}),
  "POST /api/invitations/:id/revoke": z.object({}),
  /** What an invitation is about, or why it leads nowhere. */
  "POST /api/join/look": z.object({ secret }),
  /**
   * Makes the member and signs this browser in as them; whoever was signed in here no longer is. `expired` when the
   * invitation leads nowhere any more, for a reason that `look` tells.
   */
  "POST /api/join": z.object({
    secret,
    firstName: lineField(limits.nameChars),
    lastName: lineField(limits.nameChars),
    password: z.string().min(1).max(limits.passwordChars),
    zone: zoneField,
  }),
} as const;

export type InvitationLine = {
  id: InvitationId;
  email: string;
  role: Role;
  teamIds: TeamId[];
  invitedBy: string;
  sentAt: Instant;
  expiresAt: Instant;
  /** `mail_problem`: the mail has not gone out, for `problem`. */
  state: "sent" | "expired" | "mail_problem";
  problem: string | null;
};

/** Why a line sends nothing and must be mended first. */
export type InviteProblem =
  | "bad_address"
  | "foreign_address"
  | "surplus_cell"
  | "unknown_role"
  | "unknown_team";

/**
 * `new`: will be invited. `again`: is invited already, and will be with a new link. `just_sent`: got one within the last
 * minute. `member`, `deactivated`: has an account here. `twice`: stands further up in the text.
 */
export type InviteOutcome =
  | "new"
  | "again"
  | "just_sent"
  | "member"
  | "deactivated"
  | "twice"
  | InviteProblem;

export type InvitePreviewLine = {
  /** The line of the text it stands on, from 1. */
  line: number;
  /** The address, or what stands where one should. */
  email: string;
  /** Null with `unknown_role`. */
  role: Role | null;
  teamIds: TeamId[];
  outcome: InviteOutcome;
  /** The role or team that nobody knows, the cell that no column has. */
  word: string | null;
};

export type InvitePreview = {
  lines: InvitePreviewLine[];
  /** Of columns of which nothing is taken. */
  unreadTitles: string[];
};

/**
 * `unknown` is also what a link is once a newer mail has replaced it. `elsewhere`: the address has an account in another
 * workspace. `sso_only`: nobody has a password here; the first single sign-on makes the account.
 */
export type DeadInvitation = "unknown" | "used" | "revoked" | "expired" | "member" | "elsewhere" | "sso_only";

export type JoinView =
  | { state: DeadInvitation; company: string | null }
  | {
      state: "open";
      company: string;
      inviter: Pick<RepCard, "firstName" | "lastName" | "jobTitle" | "photoUrl">;
      email: string;
      role: Role;
      expiresAt: Instant;
      /** Who is signed in on this browser, and will not be after joining. */
      signedInAs: string | null;
    };

export type InvitationRouteAnswers = {
  "GET /api/invitations": { invitations: InvitationLine[] };
  "POST /api/invitations/preview": InvitePreview;
  "POST /api/invitations": { sent: number; invitations: InvitationLine[] };
  "POST /api/invitations/:id/again": { invitation: InvitationLine };
  "POST /api/invitations/:id/revoke": object;
  "POST /api/join/look": JoinView;
  "POST /api/join": SessionView;
};

import type { Kysely } from "kysely";
import type { InvitationId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { InvitationLine } from "../../../shared/protocol/invitation-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { unsentMails } from "../../mail/mail-standing.ts";
import { mailName } from "./mail-invitation.ts";
import { type OpenInvitation, openInvitations } from "./store.ts";

/** Those that may still be used, or sent again; the latest first. */
export async function listInvitations(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
): Promise<InvitationLine[]> {
  return toLines(db, workspaceId, await openInvitations(db, workspaceId, null));
}

/** One of them, or `not_found`. */
export async function showInvitation(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  id: InvitationId,
): Promise<InvitationLine> {
  const [line] = await toLines(db, workspaceId, await openInvitations(db, workspaceId, id));
  if (line === undefined) throw new AppError("not_found");
  return line;
}

async function toLines(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  rows: readonly OpenInvitation[],
): Promise<InvitationLine[]> {
  const names = rows.map(({ id, sends }) => mailName(id, sends));
  const problems = await unsentMails(db, workspaceId, names);
  return rows.map((row) => {
    const problem = problems.get(mailName(row.id, row.sends)) ?? null;
    return {
      id: row.id,
      email: row.email,
      role: row.role,
      teamIds: row.team_ids,
      invitedBy: `${row.first_name} ${row.last_name}`.trim(),
      sentAt: row.sent_at.getTime(),
      expiresAt: row.expires_at.getTime(),
      state: row.is_expired ? "expired" : problem === null ? "sent" : "mail_problem",
      problem,
    };
  });
}

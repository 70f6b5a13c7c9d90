import type { Kysely } from "kysely";
import type { InvitationId, MemberId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import type { Database } from "../../db/tables.ts";
import { markAccepted, openInvitationOf } from "./store.ts";

/** What an admin meant an address to become who now comes through the company's own sign-in; null: nobody invited it. */
export async function invitationForAddress(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  email: string,
): Promise<{ id: InvitationId; role: Role; teamIds: TeamId[] } | null> {
  const row = await openInvitationOf(db, workspaceId, email);
  return row === undefined ? null : { id: row.id, role: row.role, teamIds: row.team_ids };
}

/** The secret in its mail is over: the person is in. In the transaction that made the member. */
export async function acceptThroughProvider(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  id: InvitationId,
  memberId: MemberId,
): Promise<void> {
  await markAccepted(db, workspaceId, id, memberId);
}

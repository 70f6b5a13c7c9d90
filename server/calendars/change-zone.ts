import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { readAnew } from "./list-store.ts";
import { calendarsWithoutZone, listAgain } from "./zones-store.ts";

/**
 * The member's own zone is another one, in the caller's transaction: mailboxes are compared with it again, and whole days in
 * calendars without a zone of their own are other hours now.
 */
export async function zoneChanged(
  db: Kysely<Database>,
  member: { workspaceId: WorkspaceId; memberId: MemberId },
): Promise<void> {
  await listAgain(db, member);
  await readAnew(db, member.workspaceId, await calendarsWithoutZone(db, member));
}

import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { MemberLine } from "../../../shared/protocol/member-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { countMeetingsAhead } from "../../meetings/meetings-to-move.ts";
import { toRepCard } from "../rep-card.ts";
import { needsAction } from "./needs-action.ts";
import { type MemberTableRow, memberRows } from "./store.ts";

/** Everybody of the workspace by name, also those who are deactivated. */
export async function listMembers(db: Kysely<Database>, workspaceId: WorkspaceId): Promise<MemberLine[]> {
  return toLines(db, workspaceId, await memberRows(db, workspaceId, null));
}

/** One of them, or `not_found`. */
export async function showMember(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  id: MemberId,
): Promise<MemberLine> {
  const [line] = await toLines(db, workspaceId, await memberRows(db, workspaceId, id));
  if (line === undefined) throw new AppError("not_found");
  return line;
}

async function toLines(db: Kysely<Database>, workspaceId: WorkspaceId, rows: readonly MemberTableRow[]) {
  const gone = rows.filter((row) => !row.is_active).map(({ id }) => id);
  const ahead = await countMeetingsAhead(db, workspaceId, gone);
  return rows.map((row): MemberLine => {
    return {
      ...toRepCard(row),
      email: row.email,
      role: row.role,
      teamIds: row.team_ids,
      seenAt: row.seen_at?.getTime() ?? null,
      isActive: row.is_active,
      deactivatedAt: row.deactivated_at?.getTime() ?? null,
      needs: row.is_active
        ? needsAction({
            hasPhoto: row.photo_id !== null,
            firstName: row.first_name,
            isZoneConfirmed: row.zone_confirmed_at !== null,
            isProfileConfirmed: row.profile_confirmed_at !== null,
          })
        : [],
      openChats: row.open_chats ?? 0,
      meetingsToMove: ahead.get(row.id) ?? 0,
    };
  });
}

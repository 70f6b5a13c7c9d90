import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingDetails } from "../../shared/model/meetings.ts";
import type { Database } from "../db/tables.ts";
import type { HostMeans } from "./place-of.ts";

type Db = Kysely<Database>;

/** With what each of these members can be met. */
export async function meansOf(
  db: Db,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
): Promise<Map<MemberId, HostMeans>> {
  if (memberIds.length === 0) return new Map();
  const members = await db
    .selectFrom("members")
    .select(["id", "meeting_details"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", memberIds)
    .execute();
  const found = new Map<MemberId, HostMeans>(
    members.map((row) => [row.id, { details: row.meeting_details, zoom: null, teams: null, calendar: null }]),
  );
  const accounts = await db
    .selectFrom("connections")
    .select(["id", "member_id", "provider", "problem"])
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "in", memberIds)
    .where("provider", "in", ["zoom", "teams"])
    .orderBy("created_at")
    .execute();
  for (const { id, member_id, provider, problem } of accounts) {
    const means = found.get(member_id);
    const account = { connectionId: id, problem };
    if (means && provider === "zoom") means.zoom = account;
    if (means && provider === "teams") means.teams = account;
  }
  const calendars = await db
    .selectFrom("calendars")
    .innerJoin("connections", "connections.id", "calendars.connection_id")
    .select(["calendars.member_id", "calendars.ref", "calendars.vanished_at"])
    .select(["connections.id", "connections.provider", "connections.problem", "connections.account_id"])
    .where("calendars.workspace_id", "=", workspaceId)
    .where("calendars.member_id", "in", memberIds)
    .where("calendars.receives_meetings", "=", true)
    .execute();
  for (const row of calendars) {
    const means = found.get(row.member_id);
    const { provider } = row;
    if (!means || provider === "zoom" || provider === "teams") continue;
    means.calendar = {
      connectionId: row.id,
      provider,
      ref: row.ref,
      problem: row.vanished_at === null ? row.problem : "calendar_gone",
      makesTeams: provider === "microsoft" && !isPersonal(row.account_id),
    };
  }
  return found;
}

/**
 * Microsoft's private accounts have no Teams. Their object ids are padded with zeros, in Graph 16 hexadecimal digits, and their tenant is one and
 * the same everywhere.
 */
function isPersonal(accountId: string): boolean {
  return /^(?:00000000-0000-0000-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16})$|9188040d-6c67-4c5b-b112-36a304b66dad/i.test(
    accountId,
  );
}

export async function saveDetails(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  details: MeetingDetails,
): Promise<void> {
  await db
    .updateTable("members")
    .set({ meeting_details: JSON.stringify(details) })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .execute();
}

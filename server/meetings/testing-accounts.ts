import type { Kysely } from "kysely";
import type { ConnectionProblem, ProviderName } from "../../shared/model/connections.ts";
import type { CalendarId, ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingDetails } from "../../shared/model/meetings.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";

// Outside accounts of the hosts of tests: rows only, no provider.

type Of = { workspaceId: WorkspaceId; memberId: MemberId };

export async function addAccount(
  db: Kysely<Database>,
  { workspaceId, memberId }: Of,
  provider: ProviderName,
  problem: ConnectionProblem | null = null,
): Promise<ConnectionId> {
  const id: ConnectionId = newId();
  await db
    .insertInto("connections")
    .values({
      id,
      workspace_id: workspaceId,
      member_id: memberId,
      provider,
      account_id: `account-${id}`,
      account_name: "robin@team.example",
      sealed_secret: Buffer.from("sealed"),
      problem,
    })
    .execute();
  return id;
}

/** A calendar that blocks time and receives meetings, with its account. */
export async function addCalendar(
  db: Kysely<Database>,
  of: Of,
  provider: "google" | "microsoft" | "caldav",
): Promise<{ connectionId: ConnectionId; calendarId: CalendarId }> {
  const connectionId = await addAccount(db, of, provider);
  const calendarId: CalendarId = newId();
  await db
    .insertInto("calendars")
    .values({
      id: calendarId,
      workspace_id: of.workspaceId,
      connection_id: connectionId,
      member_id: of.memberId,
      ref: `calendar-of-${of.memberId.slice(-6)}`,
      name: "Work",
      blocks_time: true,
      receives_meetings: true,
      // Just read, and far ahead: its member can be booked.
      read_at: new Date("2100-01-01T00:00:00Z"),
      covered_from: new Date("2020-01-01T00:00:00Z"),
      covered_until: new Date("2100-01-01T00:00:00Z"),
    })
    .execute();
  return { connectionId, calendarId };
}

export async function setDetails(
  db: Kysely<Database>,
  { memberId }: Of,
  details: Partial<MeetingDetails>,
): Promise<void> {
  const all = { video: null, linkUrl: "", phone: "", phoneExtension: "", ...details };
  await db
    .updateTable("members")
    .set({ meeting_details: JSON.stringify(all) })
    .where("id", "=", memberId)
    .execute();
}

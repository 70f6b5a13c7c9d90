import { type Kysely, sql } from "kysely";
import type {
  Instant,
  MeetingId,
  MeetingTypeId,
  MemberId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";

// The part of this folder's SQL that is about holds: rows of `meetings` that are not booked yet.

type Db = Kysely<Database>;

/** Where a meeting lies, and the gap its host keeps. */
export type Place = { startAt: Instant; endAt: Instant; bufferMinutes: number };

/** The instants nobody else may have: the meeting and the gap after it. */
export function during({ startAt, endAt, bufferMinutes }: Place) {
  return sql`tstzrange(${new Date(startAt)}, ${new Date(endAt + bufferMinutes * MINUTE)}, '[)')`;
}

/** Of a hold with several hosts, all of them. */
export async function hostsHeldBy(db: Db, workspaceId: WorkspaceId, holderId: string): Promise<MemberId[]> {
  const rows = await db
    .selectFrom("meetings")
    .select("host_id")
    .distinct()
    .where("workspace_id", "=", workspaceId)
    .where("holder_id", "=", holderId)
    .where("state", "=", "held")
    .execute();
  return rows.map((row) => row.host_id);
}

/**
 * Removes holds that are over, and the guest's own, of hosts whose lock is held; a hold with several hosts as a whole, so that none
 * is ever booked with one of them missing.
 */
export async function clearHolds(
  db: Db,
  workspaceId: WorkspaceId,
  hostIds: readonly MemberId[],
  holderId: string | null,
): Promise<void> {
  await sql`
    delete from meetings where workspace_id = ${workspaceId} and state = 'held' and id in (
      select coalesce(part_of, id) from meetings
      where workspace_id = ${workspaceId} and host_id = any(${hostIds}::uuid[]) and state = 'held'
        and (hold_until <= foyer_now() or holder_id = ${holderId}::uuid))`.execute(db);
}

export type NewHold = {
  id: MeetingId;
  workspaceId: WorkspaceId;
  startAt: Instant;
  endAt: Instant;
  holdUntil: Instant;
  holderId: string;
  visitorId: VisitorId | null;
  typeId: MeetingTypeId | null;
  /** Whose turn it might have been; null: nobody takes turns. */
  turnOf: readonly MemberId[] | null;
  /** The first leads; the others have rows of their own. */
  hosts: readonly { id: MemberId; bufferMinutes: number }[];
};

export async function insertHold(db: Db, hold: NewHold): Promise<void> {
  const [lead, ...others] = hold.hosts;
  if (lead === undefined) throw new Error("a hold has a host");
  const row = (host: { id: MemberId; bufferMinutes: number }) => ({
    workspace_id: hold.workspaceId,
    host_id: host.id,
    type_id: hold.typeId,
    holder_id: hold.holderId,
    state: "held" as const,
    start_at: new Date(hold.startAt),
    end_at: new Date(hold.endAt),
    during: during({ ...hold, bufferMinutes: host.bufferMinutes }),
    hold_until: new Date(hold.holdUntil),
  });
  await db
    .insertInto("meetings")
    .values({
      ...row(lead),
      id: hold.id,
      visitor_id: hold.visitorId,
      turn_of: hold.turnOf === null ? null : [...hold.turnOf],
    })
    .execute();
  if (others.length > 0)
    await db
      .insertInto("meetings")
      .values(others.map((host) => ({ ...row(host), id: newId<"meeting">(), part_of: hold.id })))
      .execute();
}

/** Of several hosts with it, because their rows are parts of this one. */
export async function deleteHold(
  db: Db,
  workspaceId: WorkspaceId,
  holderId: string,
  id: MeetingId,
): Promise<void> {
  await db
    .deleteFrom("meetings")
    .where("workspace_id", "=", workspaceId)
    .where("holder_id", "=", holderId)
    .where("id", "=", id)
    .where("part_of", "is", null)
    .where("state", "=", "held")
    .execute();
}

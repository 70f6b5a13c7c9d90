import { type Kysely, sql } from "kysely";
import type { Instant, MeetingId, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import type { Database } from "../db/tables.ts";

// The part of this folder's SQL that is about holds: rows of `meetings` that are not booked yet.

type Db = Kysely<Database>;

/** Where a meeting lies, and the gap its host keeps. */
export type Place = { startAt: Instant; endAt: Instant; bufferMinutes: number };

/** The instants nobody else may have: the meeting and the gap after it. */
export function during({ startAt, endAt, bufferMinutes }: Place) {
  return sql`tstzrange(${new Date(startAt)}, ${new Date(endAt + bufferMinutes * MINUTE)}, '[)')`;
}

export async function hostsHeldBy(
  db: Db,
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
): Promise<MemberId[]> {
  const rows = await db
    .selectFrom("meetings")
    .select("host_id")
    .distinct()
    .where("workspace_id", "=", workspaceId)
    .where("visitor_id", "=", visitorId)
    .where("state", "=", "held")
    .execute();
  return rows.map((row) => row.host_id);
}

/** Removes holds that are over, and the visitor's own, of hosts whose lock is held. */
export async function clearHolds(
  db: Db,
  workspaceId: WorkspaceId,
  hostIds: readonly MemberId[],
  visitorId: VisitorId | null,
): Promise<void> {
  await db
    .deleteFrom("meetings")
    .where("workspace_id", "=", workspaceId)
    .where("host_id", "in", hostIds)
    .where("state", "=", "held")
    .where((is) => is.or([sql<boolean>`hold_until <= foyer_now()`, is("visitor_id", "=", visitorId)]))
    .execute();
}

export async function insertHold(
  db: Db,
  hold: Place & {
    id: MeetingId;
    workspaceId: WorkspaceId;
    hostId: MemberId;
    visitorId: VisitorId;
    holdUntil: Instant;
  },
): Promise<void> {
  await db
    .insertInto("meetings")
    .values({
      id: hold.id,
      workspace_id: hold.workspaceId,
      host_id: hold.hostId,
      visitor_id: hold.visitorId,
      state: "held",
      start_at: new Date(hold.startAt),
      end_at: new Date(hold.endAt),
      during: during(hold),
      hold_until: new Date(hold.holdUntil),
    })
    .execute();
}

export async function deleteHold(
  db: Db,
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
  id: MeetingId,
): Promise<void> {
  await db
    .deleteFrom("meetings")
    .where("workspace_id", "=", workspaceId)
    .where("visitor_id", "=", visitorId)
    .where("id", "=", id)
    .where("state", "=", "held")
    .execute();
}

import { type Kysely, sql } from "kysely";
import type { MeetingId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { during, type Place } from "./holds-store.ts";

// A meeting of several hosts is one row with its guest, and for each other host a row that only takes that host's time: so one
// constraint guards everybody's. They change with the meeting, in its transaction, under the locks of all its hosts.

type Db = Kysely<Database>;
type Whole = { workspaceId: WorkspaceId; id: MeetingId };

/** Puts the other hosts' rows where the meeting now is, as booked. Each host keeps their own gap. */
export async function placeCompanions(
  db: Db,
  { workspaceId, id }: Whole,
  place: Omit<Place, "bufferMinutes">,
  gaps: readonly { id: MemberId; bufferMinutes: number }[],
): Promise<void> {
  for (const host of gaps)
    await db
      .updateTable("meetings")
      .set({
        state: "booked",
        hold_until: null,
        start_at: new Date(place.startAt),
        end_at: new Date(place.endAt),
        during: during({ ...place, bufferMinutes: host.bufferMinutes }),
      })
      .where("workspace_id", "=", workspaceId)
      .where("part_of", "=", id)
      .where("host_id", "=", host.id)
      .execute();
}

/** Their time is free again. */
export async function cancelCompanions(db: Db, { workspaceId, id }: Whole): Promise<void> {
  await db
    .updateTable("meetings")
    .set({ state: "cancelled", hold_until: null, cancelled_at: sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("part_of", "=", id)
    .execute();
}

/** Another member sits in for one of the other hosts. */
export async function giveCompanion(
  db: Db,
  { workspaceId, id, ...place }: Whole & Place,
  { from, to }: { from: MemberId; to: MemberId },
): Promise<void> {
  await db
    .updateTable("meetings")
    .set({ host_id: to, during: during(place) })
    .where("workspace_id", "=", workspaceId)
    .where("part_of", "=", id)
    .where("host_id", "=", from)
    .execute();
}

import type { Kysely } from "kysely";
import type { MeetingId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingTask } from "../../shared/model/meetings.ts";
import type { Database } from "../db/tables.ts";
import { conflictsOf, refusedCopies } from "./outside-store.ts";
import type { MeetingRow } from "./store.ts";

/** What of these meetings could not be done outside: for their hosts to see to. */
export async function tasksOf(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  rows: readonly MeetingRow[],
): Promise<Map<MeetingId, MeetingTask[]>> {
  const ids = rows.map(({ id }) => id);
  const refused = await refusedCopies(db, workspaceId, ids);
  const conflicts = await conflictsOf(db, workspaceId, ids);
  return new Map(
    rows.map((row) => {
      const tasks: MeetingTask[] = (refused.get(row.id) ?? []).map(({ kind, provider, problem }) => ({
        kind,
        provider,
        problem: problem ?? "refused",
      }));
      // A room that an event should have brought along, or whose account is gone.
      const lacksRoom = row.state === "booked" && row.place?.state === "failed";
      if (lacksRoom && tasks.length === 0) tasks.push({ kind: "room", provider: null, problem: "refused" });
      if (row.state === "booked" && conflicts.has(row.id))
        tasks.push({ kind: "conflict", provider: null, problem: "busy_after_all" });
      return [row.id, tasks];
    }),
  );
}

import type { Kysely } from "kysely";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { enqueue } from "../jobs/queue.ts";
import type { Bus } from "../realtime/hints.ts";
import { saveNoShow, saveNotes, savePlace, wantRefusedAgain } from "./outside-store.ts";
import { type MeetingRow, meetingById } from "./store.ts";

// What a host notes about a meeting, and asks to be tried once more. The caller has shown that it may touch this meeting.

type Deps = { db: Kysely<Database>; bus: Bus };

/** The guest did not come, or did after all. Known only once the meeting has begun; one that was cancelled was not missed. */
export async function setNoShow(deps: Deps, meeting: MeetingRow, isNoShow: boolean): Promise<MeetingRow> {
  if (meeting.state !== "booked") throw new AppError("not_found");
  if (meeting.startAt > (await databaseNow(deps.db))) throw new AppError("expired");
  await saveNoShow(deps.db, refOf(meeting), isNoShow);
  return afterwards(deps, meeting);
}

/** For the team only. */
export async function noteMeeting(deps: Deps, meeting: MeetingRow, notes: string): Promise<MeetingRow> {
  await saveNotes(deps.db, refOf(meeting), notes);
  return afterwards(deps, meeting);
}

/** What a provider refused is tried again at once. */
export async function retryMeeting(deps: Deps, meeting: MeetingRow): Promise<MeetingRow> {
  const { place, sequence } = meeting;
  await deps.db.transaction().execute(async (transaction) => {
    const ref = refOf(meeting);
    await wantRefusedAgain(transaction, ref);
    if (place?.state === "failed")
      await savePlace(transaction, ref, sequence, { ...place, state: "pending" });
    await enqueue(transaction, "meeting:follow", ref);
  });
  return afterwards(deps, meeting);
}

function refOf({ workspaceId, id }: MeetingRow) {
  return { workspaceId, meetingId: id };
}

async function afterwards({ db, bus }: Deps, { workspaceId, id, hostId }: MeetingRow): Promise<MeetingRow> {
  bus.publish({ kind: "meetings", workspaceId, hostId });
  const changed = await meetingById(db, workspaceId, id);
  if (changed === undefined) throw new AppError("not_found");
  return changed;
}

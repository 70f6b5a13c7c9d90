import type { Kysely, Transaction } from "kysely";
import type { Instant } from "../../shared/model/ids.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { enqueue } from "../jobs/queue.ts";
import type { Tasks } from "../jobs/tasks.ts";
import { type MailDeps, mailLater } from "./mail-meeting.ts";
import { remindersOf } from "./outside-store.ts";
import { type MeetingRow, meetingById } from "./store.ts";

/** A reminder that would come right after the mail about the change says nothing new. */
const leastAfterChangeMs = 15 * 60_000;

/** Leaves a reminder for each of the type's times that is still ahead, for the meeting as this change left it. */
export async function planReminders(
  transaction: Transaction<Database>,
  meeting: MeetingRow,
  changedAt: Instant,
): Promise<void> {
  if (meeting.state !== "booked") return;
  const { workspaceId, id, sequence, startAt } = meeting;
  const reminders = await remindersOf(transaction, { workspaceId, meetingId: id });
  for (const minutes of new Set(reminders)) {
    const due = startAt - minutes * 60_000;
    if (due < changedAt + leastAfterChangeMs) continue;
    const payload = { workspaceId, meetingId: id, sequence, minutes };
    await enqueue(transaction, "meeting:remind", payload, { startAfter: new Date(due) });
  }
}

/** The job `meeting:remind`. One of a meeting that was moved, given or cancelled since is dropped: the change planned its own. */
export async function remindMeeting(
  { db, ...deps }: MailDeps & { db: Kysely<Database> },
  { workspaceId, meetingId, sequence, minutes }: Tasks["meeting:remind"],
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const meeting = await meetingById(transaction, workspaceId, meetingId);
    if (meeting?.state !== "booked" || meeting.sequence !== sequence) return;
    const now = await databaseNow(transaction);
    if (meeting.startAt <= now) return;
    // The worker was down for long: of several that are due the last one says it all.
    const reminders = await remindersOf(transaction, { workspaceId, meetingId });
    const isOverdue = (each: number) => meeting.startAt - each * 60_000 <= now;
    if (reminders.some((each) => each < minutes && isOverdue(each))) return;
    await mailLater(transaction, deps, meeting, {
      kind: "remind",
      minutes,
      ahead: aheadOf(meeting.startAt - now, minutes),
    });
  });
}

/** What it says: what was planned, or, of one that comes late, what is left, in steps of five minutes. */
function aheadOf(leftMs: number, minutes: number): number {
  const left = leftMs / 60_000;
  return minutes - left <= 5 ? minutes : Math.max(5, Math.round(left / 5) * 5);
}

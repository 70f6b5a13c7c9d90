import type { Kysely } from "kysely";
import type { MeetingId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { problemsOfMeetings } from "./store.ts";

/** Meetings whose mails have not gone out yet, with what the mail server said last. */
export async function mailProblems(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  meetingIds: readonly MeetingId[],
): Promise<Map<MeetingId, string>> {
  return problemsOfMeetings(db, workspaceId, meetingIds);
}

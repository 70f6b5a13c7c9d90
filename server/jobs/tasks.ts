import type { ConnectionId, MailId, MeetingId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";

/**
 * Every kind of work done apart from the web process, with what it needs to know. Payloads are stored as JSON in the
 * database: ids only, never text, addresses or secrets. A new kind is a line here; `startJobs` then does not compile
 * without its handler.
 */
export type Tasks = {
  "mail:send": { workspaceId: WorkspaceId; mailId: MailId };
  /** Access of a connection that is gone here goes back to its provider. */
  "connection:give_back": { workspaceId: WorkspaceId; connectionId: ConnectionId };
  /** Null: somebody asked for an address that nobody has; that shall cost as much. */
  "reset:mail": { member: { workspaceId: WorkspaceId; memberId: MemberId } | null };
  /** Brings what is outside into line with the meeting: its room, its events, then mails. */
  "meeting:follow": { workspaceId: WorkspaceId; meetingId: MeetingId };
  /** `sequence`: of the meeting as it was when this was planned. */
  "meeting:remind": { workspaceId: WorkspaceId; meetingId: MeetingId; sequence: number; minutes: number };
};

export type Task = keyof Tasks;

export type JobContext = {
  jobId: string;
  /** 1 for the first try. */
  attempt: number;
  /** Set off when the job's time is over; whatever is still under way must stop. */
  signal: AbortSignal;
};

/**
 * A job may run more than once (its worker was killed after the work, before the note of it): each handler must make a
 * repeat harmless. Throwing means "try again later, with growing pauses"; giving up is to note the problem and return.
 */
export type JobHandlers = { [T in Task]: (payload: Tasks[T], context: JobContext) => Promise<void> };

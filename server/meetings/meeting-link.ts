import type { Instant, MeetingId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { mailedPaths } from "../../shared/protocol/mailed-links.ts";
import { AppError } from "../errors.ts";
import { readToken, signToken } from "../signed-token.ts";

/**
 * A mailed link, one for each recipient: whoever has it may see, move or cancel that one meeting. A host's names the host: it
 * leads nowhere once a colleague has the meeting.
 */
export type MeetingLink = { workspaceId: WorkspaceId; meetingId: MeetingId } & (
  | { recipient: "guest" }
  | { recipient: "host"; hostId: MemberId }
);

/** The meeting can still be looked up for a while after it was. */
const daysAfter = 30;

type LinkDeps = { secretKey: string; publicUrl: string };

export function meetingUrl(
  { secretKey, publicUrl }: LinkDeps,
  meeting: { workspaceId: WorkspaceId; id: MeetingId; hostId: MemberId; endAt: Instant },
  recipient: MeetingLink["recipient"],
): string {
  const who = recipient === "host" ? [recipient, meeting.hostId] : [recipient];
  const fields = [meeting.workspaceId, meeting.id, ...who];
  const token = signToken(secretKey, "meeting_link", fields, meeting.endAt + daysAfter * 86_400_000);
  return `${publicUrl}${mailedPaths.meeting}${token}`;
}

export function readMeetingLink(secretKey: string, token: string, now: Instant): MeetingLink {
  const read = readToken(secretKey, "meeting_link", token, now);
  if (!read.ok) throw new AppError(read.code);
  // We signed it: these are ids of ours.
  const [workspaceId, meetingId, recipient, hostId] = read.fields as [
    WorkspaceId,
    MeetingId,
    string,
    MemberId?,
  ];
  if (recipient !== "host") return { workspaceId, meetingId, recipient: "guest" };
  if (hostId === undefined) throw new AppError("not_found");
  return { workspaceId, meetingId, recipient, hostId };
}

import type { Instant, MeetingId, WorkspaceId } from "../../shared/model/ids.ts";
import { mailedPaths } from "../../shared/protocol/mailed-links.ts";
import { AppError } from "../errors.ts";
import { readToken, signToken } from "../signed-token.ts";

/** A mailed link, one for each recipient: whoever has it may see, move or cancel that one meeting. */
export type MeetingLink = { workspaceId: WorkspaceId; meetingId: MeetingId; recipient: "guest" | "host" };

/** The meeting can still be looked up for a while after it was. */
const daysAfter = 30;

type LinkDeps = { secretKey: string; publicUrl: string };

export function meetingUrl({ secretKey, publicUrl }: LinkDeps, link: MeetingLink, endAt: Instant): string {
  const fields = [link.workspaceId, link.meetingId, link.recipient];
  const token = signToken(secretKey, "meeting_link", fields, endAt + daysAfter * 86_400_000);
  return `${publicUrl}${mailedPaths.meeting}${token}`;
}

export function readMeetingLink(secretKey: string, token: string, now: Instant): MeetingLink {
  const read = readToken(secretKey, "meeting_link", token, now);
  if (!read.ok) throw new AppError(read.code);
  const [workspaceId, meetingId, recipient] = read.fields;
  // We signed it: these are ids of ours.
  return {
    workspaceId: workspaceId as WorkspaceId,
    meetingId: meetingId as MeetingId,
    recipient: recipient === "host" ? "host" : "guest",
  };
}

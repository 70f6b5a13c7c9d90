import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingDetails } from "../../shared/model/meetings.ts";
import type { DetailsProblem, MyMeetingDetails } from "../../shared/protocol/meeting-details-routes.ts";
import { readPhone } from "../accounts/profile/phone.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { hostPerson } from "./hosts-store.ts";
import { meansOf, saveDetails } from "./means-store.ts";
import type { HostMeans } from "./place-of.ts";
import { isSchedulerLink, readMeetingLinkUrl } from "./scheduler-links.ts";

type Member = { memberId: MemberId; workspaceId: WorkspaceId };

/** How guests meet me, and what of it I could choose. */
export async function showMeetingDetails(db: Kysely<Database>, member: Member): Promise<MyMeetingDetails> {
  const means = (await meansOf(db, member.workspaceId, [member.memberId])).get(member.memberId);
  if (means === undefined) throw new AppError("not_found");
  return toView(means, means.details);
}

/** Refuses the first field that will not do, with the reason. What is not chosen is kept: a link comes back with its choice. */
export async function setMeetingDetails(
  db: Kysely<Database>,
  member: Member,
  wanted: MeetingDetails,
): Promise<MyMeetingDetails> {
  const { workspaceId, memberId } = member;
  const means = (await meansOf(db, workspaceId, [memberId])).get(memberId);
  if (means === undefined) throw new AppError("not_found");
  const { canMeet, canTeams, canZoom } = toView(means, wanted);
  const isThere = { meet: canMeet, teams: canTeams, zoom: canZoom, link: true };
  if (wanted.video !== null && !isThere[wanted.video]) refuse("video", "not_connected");
  const details: MeetingDetails = {
    video: wanted.video,
    linkUrl: linkOf(wanted),
    phone: await phoneOf(db, member, wanted),
    phoneExtension: wanted.phone.trim() === "" ? "" : wanted.phoneExtension,
  };
  await saveDetails(db, workspaceId, memberId, details);
  return toView(means, details);
}

function toView(means: HostMeans, details: MeetingDetails): MyMeetingDetails {
  return {
    details,
    canMeet: means.calendar?.provider === "google",
    canTeams: means.teams !== null || means.calendar?.makesTeams === true,
    canZoom: means.zoom !== null,
  };
}

function linkOf({ video, linkUrl }: MeetingDetails): string {
  if (linkUrl === "") {
    if (video === "link") refuse("linkUrl", "no_link");
    return "";
  }
  const url = readMeetingLinkUrl(linkUrl);
  if (url === "not_https") return refuse("linkUrl", "not_https");
  if (url === null) return refuse("linkUrl", "no_link");
  if (isSchedulerLink(url)) return refuse("linkUrl", "scheduler");
  return url.href;
}

/** Read as the profile's number is: by the country of the member's zone where no code stands in front. */
async function phoneOf(db: Kysely<Database>, member: Member, { phone }: MeetingDetails): Promise<string> {
  if (phone.trim() === "") return "";
  const { zone, language } = await hostPerson(db, member.workspaceId, member.memberId);
  return (await readPhone(phone, { zone, language })) ?? refuse("phone", "no_phone");
}

function refuse(field: string, reason: DetailsProblem): never {
  throw new AppError("invalid_input", { field, reason });
}

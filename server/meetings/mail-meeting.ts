import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Instant, MemberId } from "../../shared/model/ids.ts";
import { formatPhone } from "../accounts/profile/phone.ts";
import { photoUrl } from "../accounts/rep-card.ts";
import type { UntoldChange } from "../db/meeting-tables.ts";
import type { Database } from "../db/tables.ts";
import type { MailBrand, MailContent } from "../mail/mail-content.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { renderMail } from "../mail/render-mail.ts";
import { guestSide, type HostPerson, hostPerson, isActiveMember } from "./hosts-store.ts";
import { writeInvitation } from "./invitation.ts";
import { conflictMail, linkMail, reminderMail } from "./later-mails.ts";
import { meetingUrl } from "./meeting-link.ts";
import { formerHostMail, guestMail, harmlessName, hostMail, type MeetingMailInput } from "./meeting-mails.ts";
import { type PlaceShown, placeLocation } from "./place-words.ts";
import type { MeetingRow } from "./store.ts";

export type MailDeps = { secretKey: string; publicUrl: string };

/**
 * Who invites whom: nobody gets two invitations. `guest`: by our mail's calendar part, or by the calendar that holds the event.
 * `withEvent`: hosts who find the meeting in their calendar without one. `endsOurs`: the guest has one of ours, and now gets the calendar's.
 */
export type Inviting = {
  guest: "us" | "calendar";
  withEvent: ReadonlySet<MemberId>;
  endsOurs: boolean;
};

/** Everything that mails about a meeting are made of. */
type Letter = {
  input: MeetingMailInput;
  brand: MailBrand;
  host: HostPerson;
  coHosts: readonly HostPerson[];
  url(recipient: "guest" | MemberId): string;
};

/** A mail to the guest and to each host about one change, as it was at that change; a second one of the same change is not made. */
export async function mailChange(
  db: Kysely<Database>,
  deps: MailDeps,
  meeting: MeetingRow,
  change: UntoldChange,
  inviting: Inviting,
): Promise<void> {
  const letter = await letterOf(db, deps, meeting, change, inviting.guest);
  const { input, host, coHosts } = letter;
  const method = change.news === "cancelled" ? ("CANCEL" as const) : ("REQUEST" as const);
  const guestPart = inviting.guest === "us" ? method : inviting.endsOurs ? "CANCEL" : null;
  await queue(db, deps, meeting, letter, {
    name: `${change.sequence}/guest`,
    to: "guest",
    content: guestMail(input, letter.url("guest")),
    invitation: guestPart && invitationFor(deps, meeting, change, letter, "guest", guestPart),
  });
  for (const member of [host, ...coHosts]) {
    const side = member.id === host.id ? "host" : `host-${member.id}`;
    const part = inviting.withEvent.has(member.id) ? null : method;
    await queue(db, deps, meeting, letter, {
      name: `${change.sequence}/${side}`,
      to: member,
      content: hostMail(inputFor(letter, member), letter.url(member.id)),
      invitation: part && invitationFor(deps, meeting, change, letter, member.id, part),
    });
  }
  const { oldHostId } = change;
  // Nothing is mailed to who was deactivated.
  if (oldHostId === null || !(await isActiveMember(db, meeting.workspaceId, oldHostId))) return;
  const former = await hostPerson(db, meeting.workspaceId, oldHostId);
  const withFormer = { ...letter, host: former };
  await queue(db, deps, meeting, letter, {
    name: `${change.sequence}/former`,
    to: former,
    content: formerHostMail(input, former),
    // One that stood in their calendar is taken out of it there.
    invitation: inviting.withEvent.has(former.id)
      ? null
      : invitationFor(deps, meeting, change, withFormer, former.id, "CANCEL"),
  });
}

type Later =
  | { kind: "link"; at: Instant; inviting: Inviting }
  | { kind: "remind"; minutes: number; ahead: number }
  | { kind: "conflict"; nearest: readonly Instant[] };

/** What follows the first mail, of the meeting as it is now. */
export async function mailLater(
  db: Kysely<Database>,
  deps: MailDeps,
  meeting: MeetingRow,
  later: Later,
): Promise<void> {
  const change = asItIs(meeting, later.kind === "link" ? later.at : meeting.createdAt);
  const guestBy = later.kind === "link" ? later.inviting.guest : "us";
  const letter = await letterOf(db, deps, meeting, change, guestBy);
  const contentFor = (input: MeetingMailInput, side: "guest" | "host", url: string): MailContent => {
    if (later.kind === "link") return linkMail(input, side, url);
    if (later.kind === "remind") return reminderMail(input, side, url, later.ahead);
    return conflictMail(input, side, url, later.nearest);
  };
  const name = nameOf(later, letter.input);
  await queue(db, deps, meeting, letter, {
    name: `${meeting.sequence}/${name}/guest`,
    to: "guest",
    content: contentFor(letter.input, "guest", letter.url("guest")),
    invitation:
      later.kind === "link" && later.inviting.guest === "us"
        ? invitationFor(deps, meeting, change, letter, "guest", "REQUEST")
        : null,
  });
  for (const member of [letter.host, ...letter.coHosts]) {
    // Who has it in the calendar finds the link there.
    if (later.kind === "link" && later.inviting.withEvent.has(member.id)) continue;
    await queue(db, deps, meeting, letter, {
      name: `${meeting.sequence}/${name}/${member.id}`,
      to: member,
      content: contentFor(inputFor(letter, member), "host", letter.url(member.id)),
      invitation:
        later.kind === "link" ? invitationFor(deps, meeting, change, letter, member.id, "REQUEST") : null,
    });
  }
}

/** Each link is told once, each reminder, and that the host is busy then. */
function nameOf(later: Later, { place }: MeetingMailInput): string {
  if (later.kind === "remind") return `remind-${later.minutes}`;
  if (later.kind === "conflict") return later.kind;
  return `link-${createHash("sha256")
    .update(place?.joinUrl ?? "")
    .digest("hex")
    .slice(0, 8)}`;
}

function asItIs(meeting: MeetingRow, at: Instant): UntoldChange {
  const { sequence, startAt, endAt, hostId } = meeting;
  return {
    sequence,
    news: "booked",
    by: "guest",
    at,
    startAt,
    endAt,
    hostId,
    oldStartAt: null,
    oldHostId: null,
    newHostId: hostId,
  };
}

/** Who has a given meeting now, by name. */
async function takerOf(
  db: Kysely<Database>,
  { workspaceId }: MeetingRow,
  { newHostId }: UntoldChange,
  host: HostPerson,
): Promise<string> {
  return newHostId === host.id ? host.name : (await hostPerson(db, workspaceId, newHostId)).name;
}

async function letterOf(
  db: Kysely<Database>,
  { publicUrl, ...deps }: MailDeps,
  meeting: MeetingRow,
  change: UntoldChange,
  guestBy: Inviting["guest"],
): Promise<Letter> {
  const { workspaceId } = meeting;
  const host = await hostPerson(db, workspaceId, change.hostId);
  const coHosts: HostPerson[] = [];
  for (const id of meeting.coHostIds) coHosts.push(await hostPerson(db, workspaceId, id));
  const { logoId, language, ...side } = await guestSide(db, workspaceId, meeting.visitorId);
  const absolute = (path: string | null) => (path === null ? null : `${publicUrl}${path}`);
  const isStillTheirs = change.hostId === meeting.hostId;
  return {
    host,
    coHosts,
    brand: { ...side, logoUrl: absolute(photoUrl(logoId, "large")) },
    url: (recipient) =>
      recipient === "guest"
        ? meetingUrl({ ...deps, publicUrl }, meeting, "guest")
        : meetingUrl({ ...deps, publicUrl }, { ...meeting, hostId: recipient }, "host"),
    input: {
      news: change.news,
      by: change.by,
      companyName: side.companyName,
      host: { ...host, photoUrl: absolute(photoUrl(host.photoId)) },
      coHosts,
      guest: { name: meeting.guestName, email: meeting.guestEmail, zone: meeting.guestZone, language },
      startAt: change.startAt,
      endAt: change.endAt,
      oldStartAt: change.oldStartAt,
      note: meeting.note,
      typeName: meeting.typeName,
      taker: await takerOf(db, meeting, change, host),
      place: isStillTheirs ? await placeShown(meeting.place) : null,
      answers: meeting.answers,
      invitation: guestBy === "us" ? "attached" : "calendar",
    },
  };
}

export async function placeShown(place: MeetingRow["place"]): Promise<PlaceShown | null> {
  return place && { ...place, phoneText: place.phone === null ? null : await formatPhone(place.phone) };
}

/** As this one of several hosts reads it: in their zone, with the others as those who are there too. */
function inputFor({ input, host, coHosts }: Letter, member: HostPerson): MeetingMailInput {
  if (member.id === host.id) return input;
  const others = [host, ...coHosts].filter(({ id }) => id !== member.id);
  return { ...input, host: { ...member, photoUrl: null }, coHosts: others };
}

type ToQueue = {
  name: string;
  to: "guest" | HostPerson;
  content: MailContent;
  invitation: { method: "REQUEST" | "CANCEL"; content: string } | null;
};

async function queue(
  db: Kysely<Database>,
  deps: MailDeps,
  meeting: MeetingRow,
  { host, brand }: Letter,
  { name, to, content, invitation }: ToQueue,
): Promise<void> {
  const isGuest = to === "guest";
  await queueMail(db, deps, {
    workspaceId: meeting.workspaceId,
    dedupe: `meeting/${meeting.id}/${name}`,
    to: isGuest
      ? { name: harmlessName(meeting.guestName), address: meeting.guestEmail }
      : { name: to.name, address: to.email },
    replyTo: isGuest ? host.email : meeting.guestEmail,
    mail: renderMail(content, brand),
    meetingId: meeting.id,
    ...(invitation === null ? {} : { invitation }),
    ...(meeting.conversationId === null ? {} : { conversationId: meeting.conversationId }),
  });
}

/** The same event for all, but for each one's own link, because whoever has it may cancel, and the note, which is for hosts. */
function invitationFor(
  { publicUrl }: MailDeps,
  meeting: MeetingRow,
  change: UntoldChange,
  { input, host, coHosts, url }: Letter,
  recipient: "guest" | MemberId,
  method: "REQUEST" | "CANCEL",
) {
  const page = url(recipient);
  const isOff = method === "CANCEL";
  const joinUrl = input.place?.joinUrl ?? null;
  const subject = recipient === "guest" ? host.name : harmlessName(meeting.guestName) || meeting.guestEmail;
  const lines = [
    ...(recipient === "guest" || meeting.note === "" ? [] : [meeting.note]),
    ...(isOff || joinUrl === null ? [] : [`Join: ${joinUrl}`]),
    ...(isOff ? [] : [`Move or cancel: ${page}`]),
  ];
  return {
    method,
    content: writeInvitation({
      method,
      uid: uidOf(meeting, publicUrl),
      sequence: change.sequence,
      stampAt: change.at,
      startAt: change.startAt,
      endAt: change.endAt,
      summary: `${input.typeName === null ? "" : `${input.typeName}: `}${subject} (${input.companyName})`,
      description: lines.join("\n\n"),
      location: isOff ? "" : placeLocation(input.place, page),
      url: isOff ? null : page,
      organizer: host,
      guest: { name: harmlessName(meeting.guestName) || meeting.guestEmail, email: meeting.guestEmail },
      coHosts,
    }),
  } as const;
}

/** The same for the meeting's whole life, wherever it stands. */
export function uidOf({ id }: Pick<MeetingRow, "id">, publicUrl: string): string {
  return `${id}@${new URL(publicUrl).hostname}`;
}

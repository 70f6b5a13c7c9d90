import type { Instant } from "../../shared/model/ids.ts";
import type { MailBlock, MailContent } from "../mail/mail-content.ts";
import { guestLocale, meetingDay, meetingTime, memberLocale } from "./meeting-time.ts";

/** `given`: another host has it now, at the same time. */
export type MeetingNews = "booked" | "moved" | "cancelled" | "given";

export type MeetingMailInput = {
  news: MeetingNews;
  /** Who did it, seen from nobody's side. */
  by: "guest" | "host";
  companyName: string;
  host: { name: string; jobTitle: string; zone: string; language: string; photoUrl: string | null };
  guest: { name: string; email: string; zone: string; language: string | null };
  startAt: Instant;
  endAt: Instant;
  /** Where it was before a move. */
  oldStartAt: Instant | null;
  note: string;
};

/**
 * The guest's name as a mail to the guest may say it: whoever booked may have given somebody else's address, and what could
 * be a link shall not reach a stranger from us.
 */
export function harmlessName(name: string): string {
  return /[:/@]|\S\.\S*[a-z]{2}/i.test(name) ? "" : name;
}

/**
 * What the guest reads. The note stays out of it, for the same reason: it is for the host. `url` leads to the page where the
 * meeting can be moved or cancelled.
 */
export function guestMail(input: MeetingMailInput, url: string): MailContent {
  const { news, host, guest, companyName } = input;
  const name = harmlessName(guest.name);
  const day = meetingDay(input.startAt, guest.zone, guestLocale(guest.language));
  const subject = {
    booked: `Your meeting with ${host.name} on ${day}`,
    moved: `Moved: your meeting with ${host.name}, now on ${day}`,
    cancelled: `Cancelled: your meeting with ${host.name} on ${day}`,
    given: `${host.name} meets you on ${day}`,
  }[news];
  const heading = {
    booked: `You are meeting ${host.name}`,
    moved: "Your meeting has a new time",
    cancelled: "Your meeting is cancelled",
    given: `${host.name} will meet you`,
  }[news];
  const opening = {
    booked: "It is booked. The invitation is attached, so that it finds its way into your calendar.",
    moved: "The invitation attached moves it in your calendar too.",
    cancelled:
      input.by === "guest"
        ? `As you wished. ${host.name} has been told.`
        : `${host.name} had to cancel. We are sorry for the trouble; another time is quickly found.`,
    given: `Day and time stay as they are; ${host.name} takes over from a colleague. The invitation attached says so in your calendar too.`,
  }[news];
  return {
    subject,
    preview:
      news === "cancelled"
        ? opening
        : `${day}, ${meetingTime(input, guest.zone, guestLocale(guest.language))}`,
    blocks: [
      { kind: "heading", text: heading },
      { kind: "text", text: `Hello${name === "" ? "" : ` ${name}`},\n${opening}` },
      { kind: "person", name: host.name, title: host.jobTitle, photoUrl: host.photoUrl },
      details(input, guest.zone, guestLocale(guest.language)),
      ...(news === "cancelled"
        ? []
        : [{ kind: "actions", actions: [{ text: "Move or cancel", url, isMain: true }] } as const]),
    ],
    footer: `You get this mail because a meeting with ${companyName} was booked with your address.`,
  };
}

/** What the host reads. */
export function hostMail(input: MeetingMailInput, url: string): MailContent {
  const { news, host, guest } = input;
  const day = meetingDay(input.startAt, host.zone, memberLocale(host.language));
  const subject = {
    booked: `${guest.name} booked a meeting on ${day}`,
    moved: `${guest.name}: meeting moved to ${day}`,
    cancelled: `Cancelled: ${guest.name} on ${day}`,
    given: `You take over: ${guest.name} on ${day}`,
  }[news];
  const heading = {
    booked: `New meeting with ${guest.name}`,
    moved: `${guest.name} moved your meeting`,
    cancelled:
      input.by === "guest"
        ? `${guest.name} cancelled your meeting`
        : `Your meeting with ${guest.name} is cancelled`,
    given: `You take over a meeting with ${guest.name}`,
  }[news];
  const time = details(input, host.zone, memberLocale(host.language));
  const guestTime = `${meetingDay(input.startAt, guest.zone, memberLocale(host.language))}, ${meetingTime(input, guest.zone, memberLocale(host.language))}`;
  return {
    subject: input.by === "host" && news === "moved" ? `Moved: ${guest.name}, now on ${day}` : subject,
    preview: `${day}, ${meetingTime(input, host.zone, memberLocale(host.language))}`,
    blocks: [
      {
        kind: "heading",
        text: input.by === "host" && news === "moved" ? "Your meeting has a new time" : heading,
      },
      {
        ...time,
        rows: [
          ...time.rows,
          ...(guest.zone === host.zone ? [] : [{ label: "For the guest", value: guestTime }]),
          { label: "Guest", value: `${guest.name}\n${guest.email}` },
        ],
      },
      ...noteBlock(input.note),
      ...(news === "cancelled"
        ? []
        : [{ kind: "actions", actions: [{ text: "Open the meeting", url, isMain: true }] } as const]),
    ],
    footer: "You get this mail because the meeting is with you.",
  };
}

/** What a host reads whose meeting a colleague has taken over. */
export function formerHostMail(
  input: MeetingMailInput,
  former: { zone: string; language: string },
): MailContent {
  const { host, guest } = input;
  const day = meetingDay(input.startAt, former.zone, memberLocale(former.language));
  return {
    subject: `${host.name} takes over: ${guest.name} on ${day}`,
    preview: `${day}, ${meetingTime(input, former.zone, memberLocale(former.language))}`,
    blocks: [
      { kind: "heading", text: `${host.name} takes over your meeting with ${guest.name}` },
      details({ ...input, news: "cancelled" }, former.zone, memberLocale(former.language)),
    ],
    footer: "You get this mail because the meeting was with you.",
  };
}

function details(input: MeetingMailInput, zone: string, locale: string) {
  const isOff = input.news === "cancelled";
  const rows = [
    { label: "Day", value: meetingDay(input.startAt, zone, locale), isStruck: isOff },
    { label: "Time", value: meetingTime(input, zone, locale), isStruck: isOff },
  ];
  if (input.oldStartAt !== null) {
    const length = input.endAt - input.startAt;
    const old = { startAt: input.oldStartAt, endAt: input.oldStartAt + length };
    const value = `${meetingDay(old.startAt, zone, locale)}, ${meetingTime(old, zone, locale)}`;
    rows.push({ label: "Before", value, isStruck: true });
  }
  return { kind: "details", rows } as const;
}

function noteBlock(note: string): MailBlock[] {
  return note === "" ? [] : [{ kind: "quote", text: note }];
}

import type { Instant } from "../../shared/model/ids.ts";
import type { MailContent } from "../mail/mail-content.ts";
import {
  aboutGuest,
  details,
  footerFor,
  guestActions,
  harmlessName,
  type MeetingMailInput,
  moveUrl,
} from "./meeting-mails.ts";
import { guestLocale, meetingDay, meetingTime, memberLocale } from "./meeting-time.ts";

// Mails that follow the first one: the link that took longer, reminders, and a calendar that proved busy after all.

type Side = "guest" | "host";

/** One more mail, when the room is there. */
export function linkMail(input: MeetingMailInput, side: Side, url: string): MailContent {
  const { day, time } = whenFor(input, side);
  const other = side === "guest" ? input.host.name : input.guest.name;
  return {
    subject: `Your link: ${other} on ${day}`,
    preview: `${day}, ${time}`,
    blocks: [
      { kind: "heading", text: "Here is your link" },
      ...(side === "guest"
        ? [
            { kind: "text", text: `This is where you meet ${other}.` } as const,
            detailsFor(input, side),
            ...guestActions(input, url),
          ]
        : aboutGuest(input, url)),
    ],
    footer: footerOf(input, side),
  };
}

/** `minutes` before the start. */
export function reminderMail(input: MeetingMailInput, side: Side, url: string, minutes: number): MailContent {
  const { day, time } = whenFor(input, side);
  const other = side === "guest" ? input.host.name : input.guest.name;
  const ahead = aheadWords(minutes);
  return {
    subject: `In ${ahead}: your meeting with ${other}`,
    preview: `${day}, ${time}`,
    blocks: [
      { kind: "heading", text: `Your meeting begins in ${ahead}` },
      ...(side === "guest"
        ? [
            { kind: "text", text: `Hello${greeting(input)},\n${other} is looking forward to it.` } as const,
            detailsFor(input, side),
            ...guestActions(input, url),
          ]
        : aboutGuest(input, url)),
    ],
    footer: footerOf(input, side),
  };
}

/** The host has something else then after all: each is offered the nearest times. The meeting stays until one of them acts. */
export function conflictMail(
  input: MeetingMailInput,
  side: Side,
  url: string,
  nearest: readonly Instant[],
): MailContent {
  const { day, time, zone, locale } = whenFor(input, side);
  const other = side === "guest" ? input.host.name : input.guest.name;
  const length = input.endAt - input.startAt;
  const opening =
    side === "guest"
      ? `Hello${greeting(input)},\nsomething else has come into ${other}'s calendar at the time of your meeting. It stays booked; if one of these times suits you as well, please choose it.`
      : `Your calendar holds something else at the time of your meeting with ${other}. The meeting stays booked until one of you moves it or you give it to a colleague.`;
  return {
    subject:
      side === "guest"
        ? `About your meeting with ${other} on ${day}`
        : `Two things at once: ${other} on ${day}`,
    preview: `${day}, ${time}`,
    blocks: [
      { kind: "heading", text: side === "guest" ? "May it be another time?" : "Your calendar is busy then" },
      { kind: "text", text: opening },
      detailsFor(input, side),
      {
        kind: "actions",
        actions: [
          ...nearest.map((startAt) => ({
            text: `${meetingDay(startAt, zone, locale)}, ${meetingTime({ startAt, endAt: startAt + length }, zone, locale)}`,
            url: `${moveUrl(url)}=${startAt}`,
            isMain: true,
          })),
          {
            text: nearest.length === 0 ? "Choose another time" : "Other times",
            url: moveUrl(url),
            isMain: false,
          },
        ],
      },
    ],
    footer: footerOf(input, side),
  };
}

function whenFor(input: MeetingMailInput, side: Side) {
  const zone = side === "guest" ? input.guest.zone : input.host.zone;
  const locale = side === "guest" ? guestLocale(input.guest.language) : memberLocale(input.host.language);
  return {
    zone,
    locale,
    day: meetingDay(input.startAt, zone, locale),
    time: meetingTime(input, zone, locale),
  };
}

function detailsFor(input: MeetingMailInput, side: Side) {
  const { zone, locale } = whenFor(input, side);
  return details(input, zone, locale);
}

function greeting({ guest }: MeetingMailInput): string {
  const name = harmlessName(guest.name);
  return name === "" ? "" : ` ${name}`;
}

function footerOf({ companyName }: MeetingMailInput, side: Side): string {
  return side === "guest" ? footerFor(companyName) : "You get this mail because the meeting is with you.";
}

/** "1 hour", "24 hours", "2 days", "15 minutes". */
export function aheadWords(minutes: number): string {
  const say = (count: number, unit: string) => `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (minutes % 1_440 === 0 && minutes > 1_440) return say(minutes / 1_440, "day");
  return minutes % 60 === 0 ? say(minutes / 60, "hour") : say(minutes, "minute");
}

import type { Instant } from "../../shared/model/ids.ts";
import type { QuestionAnswer } from "../../shared/model/meeting-types.ts";
import type { MailBlock, MailContent } from "../mail/mail-content.ts";
import { guestLocale, meetingDay, meetingTime, memberLocale } from "./meeting-time.ts";
import { type PlaceShown, placeLines } from "./place-words.ts";

/** `given`: another host has it now, at the same time. */
export type MeetingNews = "booked" | "moved" | "cancelled" | "given";

export type MeetingMailInput = {
  news: MeetingNews;
  /** Who did it, seen from nobody's side. */
  by: "guest" | "host";
  companyName: string;
  host: { name: string; jobTitle: string; zone: string; language: string; photoUrl: string | null };
  /** Of a meeting of several. */
  coHosts: readonly { name: string; jobTitle: string }[];
  guest: { name: string; email: string; zone: string; language: string | null };
  startAt: Instant;
  endAt: Instant;
  /** Where it was before a move. */
  oldStartAt: Instant | null;
  note: string;
  typeName: string | null;
  /** Who has a given meeting now: the host, or another one of several. */
  taker: string;
  place: PlaceShown | null;
  answers: readonly QuestionAnswer[];
  /** How the guest's calendar hears of it: by the part of our mail, or from the calendar the event stands in. */
  invitation: "attached" | "calendar";
};

/**
 * The guest's name as a mail to the guest may say it: whoever booked may have given somebody else's address, and what could
 * be a link shall not reach a stranger from us.
 */
export function harmlessName(name: string): string {
  return /[:/@]|\S\.\S*[a-z]{2}/i.test(name) ? "" : name;
}

/** Where the page of a meeting opens, ready to move or to cancel it. */
export function moveUrl(url: string): string {
  return `${url}#move`;
}
export function cancelUrl(url: string): string {
  return `${url}#cancel`;
}

/**
 * What the guest reads. Note and answers stay out of it, for the same reason as such names: they are for the host. `url` leads to
 * the page where the meeting can be moved or cancelled.
 */
export function guestMail(input: MeetingMailInput, url: string): MailContent {
  const { news, host, guest, companyName } = input;
  const name = harmlessName(guest.name);
  const locale = guestLocale(guest.language);
  const day = meetingDay(input.startAt, guest.zone, locale);
  const subject = {
    booked: `Your meeting with ${host.name} on ${day}`,
    moved: `Moved: your meeting with ${host.name}, now on ${day}`,
    cancelled: `Cancelled: your meeting with ${host.name} on ${day}`,
    given: `${input.taker} meets you on ${day}`,
  }[news];
  const heading = {
    booked: `You are meeting ${host.name}`,
    moved: "Your meeting has a new time",
    cancelled: "Your meeting is cancelled",
    given: `${input.taker} will meet you`,
  }[news];
  const opening = {
    booked:
      input.invitation === "attached"
        ? "It is booked. The invitation is attached, so that it finds its way into your calendar."
        : "It is booked. An invitation for your calendar comes in a mail of its own.",
    moved:
      input.invitation === "attached"
        ? "The invitation attached moves it in your calendar too."
        : "Your calendar is told in a mail of its own.",
    cancelled:
      input.by === "guest"
        ? `As you wished. ${host.name} has been told.`
        : `${host.name} had to cancel. We are sorry for the trouble; another time is quickly found.`,
    given: `Day and time stay as they are; ${input.taker} takes over from a colleague. ${
      input.invitation === "attached"
        ? "The invitation attached says so in your calendar too."
        : "Your calendar is told in a mail of its own."
    }`,
  }[news];
  const people = [host, ...input.coHosts.map((each) => ({ ...each, photoUrl: null }))];
  return {
    subject,
    preview: news === "cancelled" ? opening : `${day}, ${meetingTime(input, guest.zone, locale)}`,
    blocks: [
      { kind: "heading", text: heading },
      { kind: "text", text: `Hello${name === "" ? "" : ` ${name}`},\n${opening}` },
      ...people.map(
        (each) =>
          ({ kind: "person", name: each.name, title: each.jobTitle, photoUrl: each.photoUrl }) as const,
      ),
      details(input, guest.zone, locale),
      ...guestActions(input, url),
    ],
    footer: footerFor(companyName),
  };
}

export function footerFor(companyName: string): string {
  return `You get this mail because a meeting with ${companyName} was booked with your address.`;
}

/** The way in first; a meeting without one has its page. */
export function guestActions(
  { news, place }: Pick<MeetingMailInput, "news" | "place">,
  url: string,
): MailBlock[] {
  if (news === "cancelled") return [];
  const joins = joinAction(place);
  return [
    {
      kind: "actions",
      actions: [
        ...joins,
        ...(joins.length === 0 && place?.state === "pending"
          ? [{ text: "Your meeting's page", url, isMain: true }]
          : []),
        { text: "Move", url: moveUrl(url), isMain: joins.length === 0 && place?.state !== "pending" },
        { text: "Cancel", url: cancelUrl(url), isMain: false },
      ],
    },
  ];
}

export function joinAction(place: PlaceShown | null) {
  return place?.joinUrl == null ? [] : [{ text: "Join the meeting", url: place.joinUrl, isMain: true }];
}

/** What a host reads. */
export function hostMail(input: MeetingMailInput, url: string): MailContent {
  const { news, host, guest } = input;
  const locale = memberLocale(host.language);
  const day = meetingDay(input.startAt, host.zone, locale);
  const takesOver = input.taker === host.name;
  const subject = {
    booked: `${guest.name} booked a meeting on ${day}`,
    moved:
      input.by === "host" ? `Moved: ${guest.name}, now on ${day}` : `${guest.name}: meeting moved to ${day}`,
    cancelled: `Cancelled: ${guest.name} on ${day}`,
    given: takesOver
      ? `You take over: ${guest.name} on ${day}`
      : `${input.taker} joins you: ${guest.name} on ${day}`,
  }[news];
  const heading = {
    booked: `New meeting with ${guest.name}`,
    moved: input.by === "host" ? "Your meeting has a new time" : `${guest.name} moved your meeting`,
    cancelled:
      input.by === "guest"
        ? `${guest.name} cancelled your meeting`
        : `Your meeting with ${guest.name} is cancelled`,
    given: takesOver
      ? `You take over a meeting with ${guest.name}`
      : `${input.taker} joins your meeting with ${guest.name}`,
  }[news];
  return {
    subject,
    preview: `${day}, ${meetingTime(input, host.zone, locale)}`,
    blocks: [{ kind: "heading", text: heading }, ...aboutGuest(input, url)],
    footer: "You get this mail because the meeting is with you.",
  };
}

/** What a host is told of the meeting and its guest, and the ways on. */
export function aboutGuest(input: MeetingMailInput, url: string): MailBlock[] {
  const { host, guest, coHosts } = input;
  const locale = memberLocale(host.language);
  const time = details(input, host.zone, locale);
  const guestTime = `${meetingDay(input.startAt, guest.zone, locale)}, ${meetingTime(input, guest.zone, locale)}`;
  return [
    {
      ...time,
      rows: [
        ...time.rows,
        ...(guest.zone === host.zone ? [] : [{ label: "For the guest", value: guestTime }]),
        ...(coHosts.length === 0
          ? []
          : [{ label: "With", value: coHosts.map(({ name }) => name).join("\n") }]),
        { label: "Guest", value: `${guest.name}\n${guest.email}` },
        ...input.answers
          .filter(({ answer }) => answer !== "")
          .map(({ label, answer }) => ({ label, value: answer })),
      ],
    },
    ...(input.note === "" ? [] : [{ kind: "quote", text: input.note } as const]),
    ...(input.news === "cancelled"
      ? []
      : [
          {
            kind: "actions",
            actions: [
              ...joinAction(input.place),
              { text: "Open the meeting", url, isMain: input.place?.joinUrl == null },
            ],
          } as const,
        ]),
  ];
}

/** What a host reads whose meeting a colleague has taken over. */
export function formerHostMail(
  input: MeetingMailInput,
  former: { zone: string; language: string },
): MailContent {
  const { guest } = input;
  const locale = memberLocale(former.language);
  const day = meetingDay(input.startAt, former.zone, locale);
  return {
    subject: `${input.taker} takes over: ${guest.name} on ${day}`,
    preview: `${day}, ${meetingTime(input, former.zone, locale)}`,
    blocks: [
      { kind: "heading", text: `${input.taker} takes over your meeting with ${guest.name}` },
      details({ ...input, news: "cancelled" }, former.zone, locale),
    ],
    footer: "You get this mail because the meeting was with you.",
  };
}

export function details(input: MeetingMailInput, zone: string, locale: string) {
  const isOff = input.news === "cancelled";
  const rows: { label: string; value: string; isStruck?: boolean }[] = [
    ...(input.typeName === null ? [] : [{ label: "Meeting", value: input.typeName }]),
    { label: "Day", value: meetingDay(input.startAt, zone, locale), isStruck: isOff },
    { label: "Time", value: meetingTime(input, zone, locale), isStruck: isOff },
  ];
  if (input.oldStartAt !== null) {
    const length = input.endAt - input.startAt;
    const old = { startAt: input.oldStartAt, endAt: input.oldStartAt + length };
    const value = `${meetingDay(old.startAt, zone, locale)}, ${meetingTime(old, zone, locale)}`;
    rows.push({ label: "Before", value, isStruck: true });
  }
  const where = isOff ? null : placeLines(input.place);
  if (where !== null) rows.push({ label: "Where", value: where });
  return { kind: "details", rows } as const;
}

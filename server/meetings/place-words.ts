import type { MeetingPlace } from "../../shared/model/meetings.ts";

// How mails, invitations and events say where a meeting is. `phone` is the number as it is written, see `formatPhone`.

/** Where a meeting is, as a mail can show it. */
export type PlaceShown = MeetingPlace & { phoneText: string | null };

const names = {
  zoom: "Zoom",
  teams: "Microsoft Teams",
  meet: "Google Meet",
  link: "Video",
  phone: "",
  none: "",
};

/** "Zoom", "By phone: +44 20 7946 0000, extension 12"; null: there is nothing to say. */
export function placeLines(place: PlaceShown | null): string | null {
  if (place === null || place.kind === "none") return null;
  const lines: string[] = [];
  if (place.kind !== "phone") {
    const name = names[place.kind];
    if (place.state === "ready")
      lines.push(place.passcode === null ? name : `${name}, passcode ${place.passcode}`);
    if (place.state === "pending")
      lines.push(`${name}; the link follows, and is then on the meeting's page too`);
    if (place.state === "failed") lines.push("The link is still missing: it will be on the meeting's page");
  }
  const number = phoneLine(place);
  if (number !== null) lines.push(place.kind === "phone" ? `By phone: ${number}` : `Or by phone: ${number}`);
  return lines.join("\n");
}

function phoneLine({ phoneText, phoneExtension }: PlaceShown): string | null {
  if (phoneText === null) return null;
  return phoneExtension === null ? phoneText : `${phoneText}, extension ${phoneExtension}`;
}

/** What calendars show under "where": the link itself, so that one tap joins, or the number; else the meeting's page. */
export function placeLocation(place: PlaceShown | null, pageUrl: string): string {
  if (place === null || place.kind === "none") return "";
  if (place.joinUrl !== null) return place.joinUrl;
  if (place.kind === "phone") return phoneLine(place) ?? "";
  return pageUrl;
}

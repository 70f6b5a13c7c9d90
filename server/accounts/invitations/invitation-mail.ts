import type { Instant, ZoneName } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import type { MailContent } from "../../mail/mail-content.ts";

export type InvitationMailInput = {
  company: string;
  inviter: { name: string; jobTitle: string; email: string; photoUrl: string | null; zone: ZoneName };
  email: string;
  role: Role;
  teams: readonly string[];
  expiresAt: Instant;
  url: string;
};

/** What the role means, for somebody who has never seen the console. */
const roles: Readonly<Record<Role, string>> = {
  admin: "Admin: you set things up, and may chat and meet",
  rep: "Rep: you chat with visitors and meet them",
  meetings_only: "Meetings only: visitors book times with you",
};

/** Text and HTML are made from the same blocks; the time is the inviter's, who is mostly in the same place. */
export function invitationMail(input: InvitationMailInput): MailContent {
  const { company, inviter, teams } = input;
  const until = untilText(input.expiresAt, inviter.zone);
  return {
    subject: `${inviter.name} invites you to join ${company}`,
    preview: `Choose a password and you are in. The invitation is good until ${until}.`,
    blocks: [
      { kind: "heading", text: `Join ${company}` },
      {
        kind: "text",
        text: `Hello,\n${company} talks with the visitors of its website in Foyer, and ${inviter.name} would like you to be part of it. Choose a password, say who you are, and you are in: it takes about three minutes.`,
      },
      { kind: "actions", actions: [{ text: "Join Now", url: input.url, isMain: true }] },
      { kind: "person", name: inviter.name, title: inviter.jobTitle, photoUrl: inviter.photoUrl },
      {
        kind: "details",
        rows: [
          { label: "You join as", value: roles[input.role] },
          ...(teams.length === 0
            ? []
            : [{ label: teams.length === 1 ? "Team" : "Teams", value: teams.join(", ") }]),
          { label: "Your address", value: input.email },
          { label: "Good until", value: until },
        ],
      },
      {
        kind: "text",
        text: `The link is for you alone and works once, within ${limits.invitationDays} days. Too late, or something looks wrong? Answer this mail: it reaches ${inviter.name}.`,
      },
    ],
    footer: `You get this mail because ${inviter.name} (${inviter.email}) invited this address. If you do not know why, you need do nothing: nothing happens without you.`,
  };
}

/** "Tuesday, 1 December 2026 at 14:32 (UTC+1)" */
function untilText(at: Instant, zone: ZoneName): string {
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(at);
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "shortOffset",
  }).formatToParts(at);
  const part = (type: string) => clock.find((each) => each.type === type)?.value ?? "";
  return `${day} at ${part("hour")}:${part("minute")} (${part("timeZoneName").replace("GMT", "UTC")})`;
}

import type { Instant, ZoneName } from "../../../shared/model/ids.ts";
import type { MailContent } from "../../mail/mail-content.ts";

type Person = { firstName: string; company: string; email: string; url: string };

/** A link to a new password; good once, for an hour. */
export function resetMail({ firstName, company, email, url }: Person): MailContent {
  return {
    subject: "Choose a new password",
    preview: "This link works once, within the next hour.",
    blocks: [
      { kind: "heading", text: "Choose a new password" },
      {
        kind: "text",
        text: `${hello(firstName)}\nyou can choose a new password for your account at ${company} (${email}). The link works once, within the next hour. Until you have chosen, your old password stays.`,
      },
      { kind: "actions", actions: [{ text: "Choose a new password", url, isMain: true }] },
      {
        kind: "text",
        text: "Was it not you who asked? Then you need do nothing: nobody can do anything without this link, so pass it on to nobody.",
      },
    ],
    footer: `You get this mail because somebody entered ${email} under "Forgot your password?".`,
  };
}

/** For whoever has no password to reset. */
export function providerMail({ firstName, company, email, url }: Person): MailContent {
  return {
    subject: "You sign in without a password",
    preview: `${company} signs you in through its own sign-in page.`,
    blocks: [
      { kind: "heading", text: "You sign in without a password" },
      {
        kind: "text",
        text: `${hello(firstName)}\nthere is no password to reset: your account (${email}) signs in through the sign-in page of ${company}. Enter your address in the console, and it takes you there. If that does not let you in, ask an admin of ${company}.`,
      },
      { kind: "actions", actions: [{ text: "Open the console", url, isMain: true }] },
    ],
    footer: `You get this mail because somebody entered ${email} under "Forgot your password?".`,
  };
}

type Changed = Person & { at: Instant; zone: ZoneName; where: string };

/** Tells the owner, who may be somebody else than the one who did it. */
export function changedMail({ firstName, company, email, url, at, zone, where }: Changed): MailContent {
  return {
    subject: "Your password was changed",
    preview: "Everywhere else you have been signed out.",
    blocks: [
      { kind: "heading", text: "Your password was changed" },
      {
        kind: "text",
        text: `${hello(firstName)}\nthe password of your account at ${company} (${email}) is a new one now. Everywhere else you have been signed out.`,
      },
      {
        kind: "details",
        rows: [
          { label: "When", value: timeText(at, zone) },
          ...(where === "" ? [] : [{ label: "Browser", value: where }]),
        ],
      },
      {
        kind: "text",
        text: `Was it not you? Then choose a new password at once, under "Forgot your password?", and tell an admin of ${company}.`,
      },
      { kind: "actions", actions: [{ text: "Open the console", url, isMain: false }] },
    ],
    footer: `You get this mail because you have an account at ${company}.`,
  };
}

function hello(firstName: string): string {
  return firstName === "" ? "Hello," : `Hello ${firstName},`;
}

function timeText(at: Instant, zone: ZoneName): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  }).format(at);
}

import type { PasswordProblem, PasswordStrength } from "../../shared/model/new-password.ts";
import type { SessionKind } from "../../shared/model/people.ts";
import type { ResetView } from "../../shared/protocol/password-routes.ts";

const others = (count: number) =>
  count === 0 ? "" : ` You were signed out in ${count === 1 ? "one other place" : `${count} other places`}.`;

/** Passwords: choosing, changing and forgetting them. */
export const passwordText = {
  show: "Show",
  hide: "Hide",
  showLabel: "Show the password",
  rule: (leastChars: number) =>
    `At least ${leastChars} characters, of any kind. A few words in a row are easy to remember and hard to guess.`,
  missing: (chars: number) => (chars === 1 ? "One more character" : `${chars} more characters`),
  strengths: {
    weak: "Easy to guess: add a few more words",
    good: "Good",
    strong: "Strong",
  } satisfies Record<Exclude<PasswordStrength, "too_short">, string>,
  problems: {
    too_short: "This is too short. Add another word or two.",
    common: "This is one of the passwords that are tried first. Choose something only you would think of.",
    about_you: "This is made of your name, address or company, which others know. Choose something else.",
  } satisfies Record<PasswordProblem, string>,
  forgotten: {
    open: "Forgot your password?",
    title: "Choose a new password",
    lead: "Enter your address, and we mail you a link to choose a new one.",
    email: "E-mail",
    submit: "Mail me a link",
    submitting: "One moment",
    notAnAddress: "This is no complete address. Check it: name@company.com",
    tooMany: "Several links were asked for just now. Look into your mailbox, or wait a quarter of an hour.",
    sentTitle: "Look into your mailbox",
    sent: (address: string) =>
      `If ${address} has an account here, a mail with a link is on its way. The link works once, within the next hour.`,
    sentHint: "Nothing there after a few minutes? Look into the spam folder, and check the address.",
    again: "Enter another address",
    back: "Back to sign-in",
  },
  reset: {
    looking: "Looking at the link",
    title: "Choose a new password",
    lead: (company: string) => `For your account at ${company}`,
    password: "New password",
    submit: "Save and sign in",
    submitting: "Saving",
    hint: "Everywhere else you will be signed out.",
    dead: {
      used: {
        title: "This link was used",
        words: "A new password was chosen with it. Was that you? Then sign in. If not, choose a new one now.",
      },
      replaced: {
        title: "There is a newer link",
        words: "Only the link in the latest mail works. Look into your mailbox, or have another one mailed.",
      },
      expired: {
        title: "This link is over",
        words: "Links are good for one hour. Have a new one mailed to you.",
      },
      unknown: {
        title: "This link is not whole",
        words:
          "A part of it may be missing. Open it from the mail once more, or have a new one mailed to you.",
      },
      sso: {
        title: "You sign in without a password",
        words: "Your company signs you in through its own sign-in page. Enter your address there.",
      },
    } satisfies Record<Exclude<ResetView["state"], "open">, { title: string; words: string }>,
  },
  signedIn: {
    section: "Sign-in",
    title: "Where you are signed in",
    lead: "Something here that is not you? Sign it out and change your password.",
    thisOne: "This one",
    unnamed: "Unknown device",
    kinds: {
      password: "With your password",
      invitation: "With your invitation",
      sso: "Through single sign-on",
      phone: "With a QR code",
      app: "App",
    } satisfies Record<SessionKind, string>,
    since: (day: string) => `since ${day}`,
    now: "in use now",
    used: (ago: string) => `last used ${ago}`,
    minutesAgo: (minutes: number) => (minutes === 1 ? "a minute ago" : `${minutes} minutes ago`),
    end: "Sign out",
    endLabel: (label: string) => `Sign out: ${label}`,
    ended: (label: string) => `Signed out: ${label}.`,
    endOthers: "Sign out everywhere else",
    endedOthers: (count: number) => `Done.${others(count)}`,
  },
  change: {
    title: "Password",
    lead: "With another password you are signed out everywhere but here.",
    none: "You sign in without a password.",
    open: "Change password",
    current: "Current password",
    next: "New password",
    wrong: "This is not your current password. Check it and try again.",
    submit: "Change password",
    submitting: "Changing",
    done: (count: number) => `Your password is changed.${others(count)}`,
  },
};

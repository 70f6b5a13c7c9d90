import type { Role } from "../../shared/model/people.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { DeadInvitation, InviteOutcome } from "../../shared/protocol/invitation-routes.ts";
import { count } from "./count.ts";

/** Inviting colleagues, and joining. */
export const invitationText = {
  section: "Invitations",
  invite: "Invite people",
  lead: "Each link works once, for its address, for seven days.",
  mailbox: "In the demo, mails are kept instead of sent.",
  toMailbox: "Open the mailbox",
  list: "Open invitations",
  emptyTitle: "Nobody is waiting to join",
  emptyWords:
    "Invite one colleague or a whole list. They choose a password, and are ready in about three minutes.",
  sent: (ago: string, by: string) => (ago === "now" ? `Sent just now by ${by}` : `Sent ${ago} ago by ${by}`),
  ends: (left: string) => `ends in ${left}`,
  days: (n: number) => count(n, "day", "days"),
  expired: "Expired",
  mailProblem: "Mail not sent",
  mailProblemWords: (problem: string) =>
    `The mail has not gone out: ${problem}. If the address is wrong, revoke this and invite the right one; else send it again.`,
  again: "Send again",
  againFor: (email: string) => `Send the invitation of ${email} again`,
  againDone: (email: string) => `A new link is on its way to ${email}. The one before no longer works.`,
  revoke: "Revoke",
  revokeFor: (email: string) => `Revoke the invitation of ${email}`,
  revokeTitle: "Revoke this invitation?",
  revokeWords: (email: string) =>
    `The link that ${email} got stops working. You can invite them again at any time.`,
  revokeDone: (email: string) => `The invitation of ${email} is revoked.`,
  keep: "Keep it",
  changeProblems: {
    too_many: "One mail a minute is enough. Wait a moment, then send it again.",
    taken: "They have an account here by now. There is nothing to send.",
    not_found: "This invitation has been used or revoked meanwhile.",
  } as Partial<Record<ErrorCode, string>>,

  dialog: {
    title: "Invite people",
    who: "E-mail addresses",
    whoPlaceholder: "zoe@example.com, desmond@example.com",
    whoHint: "One or many: paste a list, or rows of a spreadsheet with e-mail, role and team.",
    file: "Choose a CSV file",
    fileTooLarge: "This file is too long for one go. Split it into parts of at most 500 people.",
    fileUnread: "This file could not be read. Save it as CSV and choose it again.",
    role: "They join as",
    teams: "In teams",
    next: "Preview",
    checking: "Looking",
    tooLarge: "That is more than 500 people. Invite them in parts.",
  },
  roleHints: {
    admin: "Sets everything up; may chat and meet",
    rep: "Chats with visitors and meets them",
    meetings_only: "Is booked for meetings, sees no chats",
  } satisfies Record<Role, string>,

  preview: {
    title: "Before anything is sent",
    list: "What will happen, line by line",
    counts: {
      new: (n: number) => count(n, "will be invited", "will be invited"),
      again: (n: number) => count(n, "will get a new link", "will get a new link"),
      here: (n: number) => count(n, "needs no mail", "need no mail"),
      problems: (n: number) => count(n, "to mend", "to mend"),
    },
    /** What becomes of everybody, as nothing is known of these columns. */
    unread: (titles: readonly string[], role: string) => {
      const named = titles.map((title) => `"${title}"`).join(", ");
      const what = titles.length === 1 ? `The column ${named} was` : `The columns ${named} were`;
      return `${what} not understood and left out. Whoever has no role here joins as ${role}. Titles that count: e-mail, role, team.`;
    },
    line: (n: number) => `Line ${n}`,
    lead: (n: number) =>
      `${count(n, "line is", "lines are")} left out unless you go back and mend ${n === 1 ? "it" : "them"}.`,
    nothing: "There is nobody to send a mail to. Go back and check the addresses.",
    back: "Back",
    send: (n: number) => `Send ${count(n, "invitation", "invitations")}`,
    sending: "Sending",
    empty: "No address was found in this.",
  },
  outcomes: {
    new: "Will be invited",
    again: "Already invited: gets a new link",
    just_sent: "Got a mail within the last minute",
    member: "Already a member",
    deactivated: "Deactivated: reactivate them under People",
    bad_address: "Not an e-mail address",
    foreign_address: "Addresses with letters outside of a to z are not supported yet",
    surplus_cell: "More cells than columns; a comma inside a name needs quotes",
    unknown_role: "Unknown role",
    unknown_team: "Unknown team",
    twice: "Stands further up already: one mail is enough",
  } satisfies Record<InviteOutcome, string>,
  word: (problem: string, word: string) => `${problem}: ${word}`,
  sentCount: (n: number) =>
    n === 0
      ? "Nothing was sent: all of them have a mail or an account by now."
      : `${count(n, "invitation is", "invitations are")} on the way.`,
};

/** The page behind the link in the mail. */
export const joinText = {
  title: (company: string) => `Join ${company}`,
  loading: "Looking up your invitation",
  invitedBy: (name: string) => `${name} invites you`,
  as: "You join as",
  roles: {
    admin: "Admin: you set things up, and may chat and meet",
    rep: "Rep: you chat with visitors and meet them",
    meetings_only: "Meetings only: visitors book times with you",
  } satisfies Record<Role, string>,
  email: "Your address",
  firstName: "First name",
  lastName: "Last name",
  password: "Choose a password",
  submit: "Join",
  submitting: "Joining",
  next: "Next you see a short list of what makes you ready. You can change your name later.",
  signedIn: (name: string) => `${name} is signed in on this browser, and is signed out when you join.`,
  toSignIn: "Go to sign in",
  dead: {
    unknown: {
      title: "This link does not work",
      lead: () =>
        "It may be cut short, or a newer mail has replaced it. Look for the latest invitation in your mailbox, or ask whoever invited you for a new one.",
    },
    used: {
      title: "You have joined already",
      lead: (company) =>
        `This invitation to ${company} has been used. Sign in with your address and the password you chose.`,
    },
    revoked: {
      title: "This invitation was withdrawn",
      lead: (company) => `If you think that is a mistake, ask your colleagues at ${company} for a new one.`,
    },
    expired: {
      title: "This invitation has run out",
      lead: (company) =>
        `It was good for seven days. Answer the mail, or ask your colleagues at ${company}: a new one is sent with one click.`,
    },
    member: {
      title: "You have an account already",
      lead: (company) =>
        `Your address is a member of ${company}. Sign in; if that does not work, ask an admin there to bring your account back.`,
    },
    elsewhere: {
      title: "Your address is in use",
      lead: (company) =>
        `It belongs to an account of another workspace here, and an address can be in one only. Ask ${company} to invite another address of yours, or have the other account removed first.`,
    },
    sso_only: {
      title: "Sign in with your company account",
      lead: (company) =>
        `Nobody needs a password of their own at ${company}. Enter your address on the sign-in page: it leads to your company's sign-in, and you are in.`,
    },
  } satisfies Record<DeadInvitation, { title: string; lead: (company: string) => string }>,
  noCompany: "the company",
};

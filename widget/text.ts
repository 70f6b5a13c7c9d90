import type { JoinReason } from "../shared/model/facts.ts";
import type { Presence } from "../shared/model/people.ts";
import type { ListWords } from "../shared/ui/MessageList.tsx";

// Every string of the widget but those of the booker, which are loaded with it (booking-text.ts). A translation keeps the keys;
// `direction` turns the layout.

export const launcherText = {
  open: "Chat with us",
  close: "Close chat",
  unread: (count: number) => (count ? `, ${count} unread` : ""),
} as const;

export const presenceText = {
  dismiss: "Dismiss",
  unreachable: "Chat cannot be reached right now. We keep trying.",
} as const;

const list: ListWords = {
  label: "Conversation",
  today: "Today",
  yesterday: "Yesterday",
  earlier: "Earlier messages",
  retry: "Try again",
  discard: "Discard",
  states: {
    waiting: "Waiting",
    sending: "Sending",
    sent: "Sent",
    delivered: "Delivered",
    seen: "Seen",
    failed: "Not sent",
  },
};

const presence: Record<Presence, string> = {
  available: "Here now",
  busy: "In other chats",
  away: "Away",
  offline: "Not here",
};

export const chatText = {
  direction: "ltr",
  list,
  presence,
  back: "Back",
  close: "Close",
  more: "More",
  end: "End conversation",
  book: "Book a time to meet",
  write: "Write a message",
  send: "Send",
  loading: "Loading…",
  lost: "No connection. Trying again…",
  someone: "Someone",
  here: (count: number) =>
    count === 0
      ? "Nobody is here right now"
      : count === 1
        ? "1 person is here now"
        : `${count} people are here now`,
  welcome: "Hello! How can we help?",
  welcomeMore: "You talk to a person here, never to a bot.",
  finding: "Finding someone for you",
  findingWithin: (minutes: number) =>
    `You will hear from us within ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
  nobody: "Nobody is free right now",
  nobodyMore: "Book a time that suits you, or leave your message here: it will be read.",
  askAgain: "Try to reach someone again",
  emailAsk: "In case you have to leave",
  emailWhy: "Where may we send the answer?",
  emailPlaceholder: "you@company.com",
  save: "Save",
  notNow: "Not now",
  reachable: (email: string) => `If you leave, the answer goes to ${email}`,
  typing: (name: string) => `${name} is typing`,
  joined: (name: string, how: JoinReason) =>
    how === "handed_over" ? `${name} takes over from here` : how === "pounced" ? null : `${name} joined`,
  left: (name: string) => `${name} had to leave`,
  offered: (name: string | undefined) => `Meet with ${name ?? "our team"}`,
  seeTimes: "See times",
  booked: (name: string) => `Your meeting with ${name} is booked`,
  moved: "Your meeting was moved",
  cancelled: (by: "visitor" | "rep") =>
    by === "visitor" ? "You cancelled the meeting" : "The meeting was cancelled",
  closed: {
    visitor: "You ended the conversation",
    rep: "The conversation has ended",
    system: "The conversation has ended",
  },
  startNew: "Start a new conversation",
} as const;

import type { JoinReason } from "../shared/model/facts.ts";
import type { Presence } from "../shared/model/people.ts";
import type { BookerWords, MeetingWords } from "../shared/ui/booker-props.ts";
import type { ListWords } from "../shared/ui/MessageList.tsx";

// Every string of the widget. A translation keeps the keys; `direction` turns the layout.

export const launcherText = {
  open: "Chat with us",
  close: "Close chat",
  book: "Meet with us",
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

const meeting: MeetingWords = {
  join: {
    zoom: "Join with Zoom",
    teams: "Join with Teams",
    meet: "Join with Google Meet",
    link: "Join the meeting",
  },
  passcode: (passcode) => `Passcode: ${passcode}`,
  call: "By phone:",
  extension: (extension) => `extension ${extension}`,
  roomPending: "The link follows by mail.",
  roomFailed: "Where you meet will be told to you by mail.",
  toCalendar: "Add to your calendar",
  calendarFile: "Calendar file",
  meetingWith: (name) => `Meeting with ${name}`,
  manage: "Move, cancel, or add to a calendar",
};

export const chatText = {
  direction: "ltr",
  list,
  presence,
  back: "Back",
  backToChat: "Back to the chat",
  close: "Close",
  more: "More",
  end: "End conversation",
  book: "Book a time to meet",
  write: "Write a message",
  full: "This is as long as one message can be. Send the rest as another one.",
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
  nobodyTook: "Nobody could take your chat just now",
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
  given: (name: string) => `Your meeting is now with ${name}`,
  cancelled: (by: "visitor" | "rep") =>
    by === "visitor" ? "You cancelled the meeting" : "The meeting was cancelled",
  closed: {
    visitor: "You ended the conversation",
    rep: "The conversation has ended",
    system: "The conversation has ended",
  },
  startNew: "Start a new conversation",
  meeting,
  yourMeeting: "Your meeting",
} as const;

export const bookerText: BookerWords = {
  meeting,
  title: "Book a time to meet",
  length: (minutes) => `${minutes} minutes`,
  howLong: "How long?",
  anyone: "Anyone",
  withWhom: "With whom?",
  zoneLabel: "Time zone",
  loading: "Looking for free times…",
  slow: "This takes longer than usual.",
  failed: "The free times cannot be reached right now.",
  tryAgain: "Try again",
  noTimes: {
    full: "All times of the coming weeks are taken.",
    nobody: "Nobody can be booked at the moment. Please look again later.",
    unread:
      "The calendar cannot be read at the moment, so we promise no time that may be taken. Please look again in a few minutes.",
  },
  lookAgain: "Look again",
  write: "Leave a message",
  firstFree: "First free",
  nearest: "Closest to it",
  today: "Today",
  tomorrow: "Tomorrow",
  days: "Days",
  earlierDays: "Earlier days",
  laterDays: "Later days",
  month: "Choose in the month",
  earlierMonth: "Earlier month",
  laterMonth: "Later month",
  close: "Close",
  dayTimes: (count) => (count === 0 ? "no free times" : count === 1 ? "1 time" : `${count} times`),
  parts: ["Morning", "Afternoon", "Evening"],
  back: "Choose another time",
  heldFor: (left) => `Kept for you for ${left}`,
  holdOver: "This time is no longer kept. Please choose again.",
  name: "Your name",
  email: "E-mail",
  note: "What is it about? (optional)",
  notePlaceholder: "A sentence helps us to prepare.",
  emailWrong: "Please give a complete address, such as you@company.com.",
  nameMissing: "Please tell us your name.",
  answerMissing: "Please answer this one too.",
  book: "Book this time",
  booking: "Booking…",
  booked: "Your meeting is booked",
  mailed: (email) => `An invitation is on its way to ${email}. It has links to move or cancel the meeting.`,
  problems: {
    slot_taken: "Somebody was faster: that time has just been taken. These are still free.",
    expired: "We could not keep that time any longer. Please choose one again.",
    too_many_meetings: "You already have several meetings booked. Please cancel one first.",
    invalid_input: "Something in the form is not right. Please check your name and address.",
    unavailable: "That did not go through. Please try again.",
  },
};

export const manageText = {
  loading: "Loading…",
  title: "Your meeting",
  cancelledTitle: "This meeting is cancelled",
  gone: "This link no longer works",
  goneMore: "It may have expired. The newest mail about your meeting has a link that works.",
  lost: "That cannot be reached right now",
  lostMore: "Please try again in a moment.",
  tryAgain: "Try again",
  move: "Move it",
  cancel: "Cancel it",
  sureToCancel: "Cancel this meeting?",
  yesCancel: "Yes, cancel it",
  keep: "Keep it",
  chooseTime: "Choose a new time",
  sureToMove: "Move the meeting to this time?",
  yesMove: "Yes, move it",
  otherTime: "Choose another time",
  moved: "Your meeting was moved. A new invitation is on its way.",
  cancelled: "Both sides will get a mail about it.",
  working: "One moment…",
  conversation: "Your conversation",
  conversationGone: "It may have expired. You can write to us again on our website at any time.",
} as const;

export const bookText = {
  loading: "Loading…",
  gone: "There is nothing to book here",
  goneMore: "This page was removed, or its address is not complete. Please ask whoever sent it to you.",
  lost: "That cannot be reached right now",
  lostMore: "Please try again in a moment.",
  tryAgain: "Try again",
  minutes: (minutes: number) => `${minutes} minutes`,
  places: { any: "Video or phone", video: "Video call", phone: "Phone call" },
  together: "All of them will be there",
  another: "Book another time",
} as const;

import type { ReadinessReason, SetUpStepName } from "../../shared/model/set-up.ts";

type StepWords = { title: string; why: string; action: string };

export const setUpText = {
  title: "Set up",
  nav: "Set up",
  lead: (name: string) =>
    name ? `Welcome, ${name}. A few steps and you are ready.` : "A few steps and you are ready.",
  leadDone: "Every step is done or put off.",
  steps: {
    account: {
      title: "Your account",
      why: "Your address is confirmed and you can sign in again.",
      action: "Set a password",
    },
    profile: {
      title: "Photo, name and job title",
      why: "Visitors talk to people, not to a logo. They see your face before they write.",
      action: "Fill in the profile",
    },
    zone: {
      title: "Time zone",
      why: "So that nobody books you in the middle of your night.",
      action: "Confirm the time zone",
    },
    hours: {
      title: "Meeting hours",
      why: "When nobody is free to chat, visitors book a time with you instead. Look whether the hours are right.",
      action: "Look at the hours",
    },
    integrations: {
      title: "Google, Microsoft and Zoom",
      why: "Register Foyer there once, and everybody here connects a calendar with two clicks.",
      action: "Set up integrations",
    },
    calendar: {
      title: "Your calendar",
      why: "Visitors are offered times at which you are free, and what they book stands in your calendar.",
      action: "Connect a calendar",
    },
    details: {
      title: "Where you meet",
      why: "A video link of its own for each meeting, or a phone number: your guest gets it with the invitation.",
      action: "Choose how you meet",
    },
    phone: {
      title: "Your phone",
      why: "Foyer at hand wherever you are.",
      action: "Sign in a phone",
    },
    site: {
      title: "Your website",
      why: "The chat appears on the sites that you name, and nowhere else.",
      action: "Add a site",
    },
    tag: {
      title: "The tag on your page",
      why: "One line in your page, and visitors appear on the live board. This step notices it by itself.",
      action: "Show the tag",
    },
    colleague: {
      title: "A colleague",
      why: "Two people answer twice as fast, and one of them may have lunch.",
      action: "Invite somebody",
    },
  } satisfies Record<SetUpStepName, StepWords>,
  states: { done: "Done", open: "To do", skipped: "Put off" },
  required: "Needed before visitors meet you",
  skip: "Not now",
  takeUp: "Take it up again",
  progress: (done: number, all: number) => `${done} of ${all} done`,
  left: (n: number) => (n === 1 ? "1 step left" : `${n} steps left`),
  skippedTitle: "Put off",
  allSetTitle: "You're all set",
  allSet: {
    chatting: "Visitors can reach you. Switch to available, and requests ring for you.",
    meetings: "Visitors can book you. You hear of each meeting by mail.",
  },
  toBoard: "Go to the live board",
  toMeetings: "Go to the meetings",
  notReady: {
    chatting: "You are not asked for chats yet:",
    meetings: "You cannot be booked yet:",
  },
  reasons: {
    name: "your name is missing",
    profile: "your profile is not confirmed",
    zone: "your time zone is not confirmed",
  } satisfies Record<ReadinessReason, string>,
  finish: "Finish setting up",
};

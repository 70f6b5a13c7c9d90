import type { BookerWords } from "../shared/ui/Booker.tsx";

// The strings of the booker and of the page behind mailed links.

export const bookerText: BookerWords = {
  title: "Book a time to meet",
  length: (minutes) => `${minutes} minutes`,
  anyone: "Anyone",
  withWhom: "With whom?",
  zoneLabel: "Time zone",
  loading: "Looking for free times…",
  none: "There are no free times in the coming weeks.",
  failed: "The calendar cannot be reached right now.",
  tryAgain: "Try again",
  earlierWeek: "Earlier week",
  laterWeek: "Later week",
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

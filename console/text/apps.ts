import type { Role } from "../../shared/model/people.ts";

/** Letting apps in. */
export const appsText = {
  signInNote: "An app asks to be let in. Sign in first, then you decide.",
  title: "Connect an app",
  lead: "Enter the code that the app shows you.",
  code: "Code",
  codePlaceholder: "XXXX-XXXX",
  next: "Continue",
  looking: "Looking",
  unknown: "No app waits for this code. Check the letters; a code is good for ten minutes and for one time.",
  tooMany: "Too many codes that were none. Wait ten minutes, then start again in the app.",
  asks: "wants to sign in as you",
  claimed: "The app chose this name itself; Foyer has not checked it.",
  account: "Your account",
  codeRow: "Its code",
  codeHint: "The app must show the same",
  from: "Asks from",
  unknownDevice: "Unknown device",
  sameNetwork: "on your network",
  otherNetwork: "on another network",
  asked: "Asked",
  may: "It will be able to",
  mayList: (role: Role): readonly string[] => [
    ...(role === "meetings_only"
      ? []
      : ["read and answer conversations, and see who is on the site", "use and edit ready-made replies"]),
    "see and cancel meetings, and set your meeting hours",
  ],
  mayNot:
    "It cannot change settings, members or how you sign in. It stays signed in for 90 days, or until you sign it out.",
  warning: "Go on only if you have just started this yourself.",
  warningElsewhere:
    "It asks from another network than yours. Go on only if you started it yourself, on a device you trust. If somebody sent you this code, deny it.",
  authorize: "Authorize",
  deny: "Deny",
  doneTitle: "The app is signed in",
  doneWords: "Go back to it: it goes on by itself. You can close this page.",
  deniedTitle: "The app was turned away",
  deniedWords: "It has seen nothing. You can close this page.",
  toConsole: "Open the console",
  another: "Enter another code",
};

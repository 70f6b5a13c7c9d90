import type { MemberId } from "../../shared/model/ids.ts";
import { connectionScenes } from "./connection-scenes.ts";
import { manyVisitors, team } from "./console-people.ts";
import { offer } from "./console-talk.ts";
import { ringing, type World } from "./console-world.ts";
import type { Scene } from "./scene.ts";

const refuse =
  (...names: string[]) =>
  (world: World) => {
    world.refused = new Set(names);
  };

/** Every view in every state. Dark is the browser's own setting; narrow is its window. */
export const scenes: Record<string, Scene> = {
  "sign-in": {
    path: "/console",
    change: (world) => {
      world.isSignedIn = false;
    },
  },
  "sign-in production": {
    path: "/console",
    change: (world) => {
      world.isSignedIn = false;
      world.accounts = [];
    },
  },
  "sign-in refused": {
    path: "/console",
    change: (world) => {
      world.isSignedIn = false;
    },
    click: ".account",
  },
  "session ended": {
    path: "/console/board",
    afterwards: (link) => link.say("session:ended", { because: "signed_out" }),
  },
  board: { path: "/console/board" },
  "board empty": {
    path: "/console/board",
    change: (world) => {
      world.visitors = [];
    },
  },
  "board 500": {
    path: "/console/board",
    change: (world, now) => {
      world.visitors = manyVisitors(500, now);
    },
  },
  "board no match": { path: "/console/board", type: { into: "[data-search]", words: "nobody" } },
  "board visitor": { path: "/console/board", click: ".row-waiting .row-main" },
  "board long visitor": { path: "/console/board", click: "li:nth-child(4) .row-main" },
  pounce: { path: "/console/board", click: ".row-browsing .row-end button" },
  ringing: {
    path: "/console/board",
    change: (world, now) => {
      world.offers = ringing(now, 1);
    },
  },
  "ringing three": {
    path: "/console/conversations/c-hanne",
    change: (world, now) => {
      world.offers = ringing(now, 3);
    },
  },
  taken: {
    path: "/console/board",
    change: (world, now) => {
      world.offers = ringing(now, 1);
    },
    afterwards: (link, now) => {
      link.say("offer:changed", {
        offer: offer("mina", now, { state: "withdrawn", takenBy: team[2]?.id as MemberId }),
      });
    },
  },
  "link lost": { path: "/console/conversations/c-hanne", afterwards: (link) => link.down() },
  outdated: { path: "/console/board", afterwards: (link) => link.refuse("outdated") },
  conversations: { path: "/console/conversations" },
  "conversations empty": {
    path: "/console/conversations",
    change: (world) => {
      world.lines = [];
    },
  },
  thread: { path: "/console/conversations/c-hanne" },
  "thread typing": {
    path: "/console/conversations/c-hanne",
    afterwards: (link) => {
      link.say("typing:changed", { conversationId: "c-hanne" as never, by: "visitor", isTyping: true });
    },
  },
  "thread unowned": { path: "/console/conversations/c-mina" },
  "thread of a colleague": { path: "/console/conversations/c-tomas" },
  "thread closed": { path: "/console/conversations/c-old" },
  "thread without words": { path: "/console/conversations/c-empty" },
  "thread of odd words": { path: "/console/conversations/c-odd" },
  "thread missing": { path: "/console/conversations/c-nowhere" },
  "thread failed": { path: "/console/conversations/c-hanne", change: refuse("conversation:watch") },
  "not sent": {
    path: "/console/conversations/c-hanne",
    change: refuse("message:send"),
    type: { into: ".composer-field", words: "The certificate is on its way to you.\n" },
  },
  "canned picker": {
    path: "/console/conversations/c-hanne",
    type: { into: ".composer-field", words: "/qu" },
  },
  note: { path: "/console/conversations/c-hanne", click: ".composer .segment:nth-child(2)" },
  "hand over": { path: "/console/conversations/c-hanne", click: "[aria-label='Hand over']" },
  "offer a meeting": { path: "/console/conversations/c-hanne", click: "[aria-label='Offer a meeting']" },
  why: { path: "/console/conversations/c-hanne", click: "[aria-label='Why me?']" },
  close: { path: "/console/conversations/c-hanne", click: "[aria-label='Close']" },
  search: { path: "/console/conversations", type: { into: "[data-search]", words: "th" } },
  meetings: { path: "/console/meetings" },
  "meetings empty": {
    path: "/console/meetings",
    change: (world) => {
      world.meetings = [];
    },
  },
  "meetings failed": { path: "/console/meetings", change: refuse("GET /api/meetings") },
  "meetings week": { path: "/console/meetings", click: ".segment:nth-child(2)" },
  "meetings past": { path: "/console/meetings", click: ".segment:nth-child(3)" },
  "cancel meeting": { path: "/console/meetings", click: "[aria-label^='Cancel meeting']" },
  hours: { path: "/console/hours" },
  "hours failed": { path: "/console/hours", change: refuse("GET /api/hours") },
  "hours unsaved": { path: "/console/hours", click: "[aria-label='Add hours on Sunday']" },
  profile: { path: "/console/me" },
  "profile new": {
    path: "/console/me",
    change: (world) => {
      world.profile = {
        ...world.profile,
        firstName: "",
        lastName: "",
        jobTitle: "",
        photoUrl: null,
        phone: null,
        phoneExtension: null,
        zone: "UTC",
        zoneConfirmedAt: null,
        profileConfirmedAt: null,
        hoursZone: "UTC",
      };
    },
  },
  "profile long": {
    path: "/console/me",
    change: (world) => {
      world.profile = {
        ...world.profile,
        firstName: "Maximiliana-Theodora Konstantinopoulou",
        lastName: "von und zu Oberbrückenhausenstein-Wallersdorf",
        jobTitle: "مستشارة الصوتيات 🎧 and everything about acoustic planning of offices",
      };
    },
  },
  "profile failed": { path: "/console/me", change: refuse("GET /api/me/profile") },
  ...connectionScenes,
  "set up": {
    path: "/console/setup",
    change: (world) => {
      world.setUp = {
        role: "admin",
        isReady: false,
        reasons: ["profile", "zone"],
        steps: world.setUp.steps.map((step, at) => ({
          ...step,
          state: at === 0 ? "done" : step.name === "phone" ? "skipped" : "open",
          isRequired: at < 3,
        })),
      };
    },
  },
  "set up done": { path: "/console/setup" },
  "board not ready": {
    path: "/console/board",
    change: (world) => {
      world.setUp = { ...world.setUp, isReady: false, reasons: ["profile", "zone"] };
    },
  },
  replies: { path: "/console/replies", click: ".split-list .line" },
  "replies empty": {
    path: "/console/replies",
    change: (world) => {
      world.replies = [];
    },
  },
  mailbox: { path: "/console/mailbox", click: ".split-list .line" },
  "mailbox empty": {
    path: "/console/mailbox",
    change: (world) => {
      world.mails = [];
    },
  },
  shortcuts: { path: "/console/board", click: "[aria-label='Keyboard shortcuts']" },
};

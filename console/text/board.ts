import type { VisitorState } from "../../shared/model/people.ts";
import { count } from "./count.ts";

export const boardText = {
  title: "Live board",
  here: (n: number) => (n === 0 ? "Nobody on the site" : `${count(n, "person", "people")} on the site`),
  search: "Visitor, page or source",
  filter: "Show",
  all: "All",
  visitor: "Visitor",
  page: "On the page",
  trail: "Trail",
  source: "Source",
  time: "On site",
  list: "Visitors on the site",
  direct: "Direct",
  visits: (n: number) => (n <= 1 ? "First visit" : `Visit ${n}`),
  pages: (n: number) => count(n, "page", "pages"),
  greet: "Start a conversation",
  open: "Open the conversation",
  groups: {
    waiting: "Waiting for a rep",
    browsing: "Browsing",
    chatting: "In conversation",
    left: "Just left",
  } satisfies Record<VisitorState, string>,
  states: {
    waiting: "Waiting",
    browsing: "Browsing",
    chatting: "Chatting",
    left: "Left",
  } satisfies Record<VisitorState, string>,
  withWhom: (name: string) => `with ${name}`,
  emptyTitle: "Nobody is on the site right now",
  emptyWords:
    "Visitors appear here the moment they arrive, with the page they look at and where they came from.",
  noMatchTitle: "No visitor matches",
  noMatchWords: "Try another word, or show everybody.",
  showAll: "Show everybody",
  loading: "Looking who is there",
};

export const teamText = {
  title: "Team",
  chats: (open: number, capacity: number) => `${open} of ${capacity} chats`,
  you: "you",
  emptyTitle: "Only you so far",
};

export const pounceText = {
  title: (who: string) => `Write to ${who}`,
  label: "First words",
  placeholder: "Say hello. They see your face, name and job title.",
  ready: "Ready-made first words",
  send: "Start the conversation",
  taken: (name: string) => `${name} already talks to this visitor.`,
  gone: "This visitor has left the site.",
};

export const visitorText = {
  title: "Visitor",
  loading: "Loading the visitor",
  missing: "This visitor is not known any more.",
  now: "Now on",
  pages: "Pages of this visit",
  about: "About",
  email: "E-mail",
  noEmail: "Not given yet",
  localTime: "Local time",
  unknown: "Unknown",
  device: "Device",
  source: "Source",
  language: "Language",
  firstSeen: "First seen",
  visits: "Visits",
  onSite: "On site",
  earlier: "Earlier conversations",
  noEarlier: "None before this one",
  noWords: "No words",
  lastSeen: "Last seen",
  closed: "closed",
  open: "open",
  opensPage: "opens in a new tab",
};

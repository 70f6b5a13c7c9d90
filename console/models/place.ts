import { createModel, effect, signal } from "@preact/signals";
import type { ConversationId } from "../../shared/model/ids.ts";
import type { Role } from "../../shared/model/people.ts";
import type { AddressBar } from "../ports.ts";

/** Pages with parts of their own: the first is where one arrives. */
const sections = {
  members: ["people", "invitations", "teams"],
  settings: ["workspace", "sites", "integrations", "sign-in", "audit", "danger"],
  me: ["profile", "calendars", "meeting-details", "sign-in"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
const plainPages = ["board", "meetings", "hours", "replies", "mailbox", "setup", "authorize"] as const;

type PageWithSections = keyof typeof sections;
export type Section = (typeof sections)[PageWithSections][number];
export type Page = "conversations" | (typeof plainPages)[number] | PageWithSections;
/** `section` of a page that has some; left out, its first. */
export type Place = { page: Page; conversationId: ConversationId | null; section?: Section };
export type Places = InstanceType<typeof PlaceModel>;

/** Pages that are not everybody's. What they would ask for is refused by the server all the same. */
const rolesOf: Partial<Record<Page, readonly Role[]>> = {
  board: ["admin", "rep"],
  conversations: ["admin", "rep"],
  replies: ["admin", "rep"],
  mailbox: ["admin", "rep"],
  members: ["admin"],
  settings: ["admin"],
};

export function mayOpen(role: Role, page: Page): boolean {
  return rolesOf[page]?.includes(role) ?? true;
}

/** Where one arrives. */
export function homeOf(role: Role): Page {
  return mayOpen(role, "board") ? "board" : "meetings";
}

const root = "/console";

export function pathOf(place: Place): string {
  const id = place.page === "conversations" && place.conversationId;
  const deeper = id ? encodeURIComponent(id) : place.section;
  return `${root}/${place.page}${deeper ? `/${deeper}` : ""}`;
}

export function placeOf(path: string): Place {
  const [page = "", id] = path.slice(root.length + 1).split("/");
  // The address bar is where a text becomes an id; the server decides whether it names anything.
  if (page === "conversations") return { page, conversationId: id ? (decode(id) as ConversationId) : null };
  if (Object.hasOwn(sections, page)) {
    const known = page as PageWithSections; // Its own key.
    const [first] = sections[known];
    const section = sections[known].find((each) => each === id) ?? first;
    return { page: known, conversationId: null, section };
  }
  return { page: plainPages.find((each) => each === page) ?? "board", conversationId: null };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Where in the console the person is; the address bar and `place` always agree. */
export const PlaceModel = createModel((bar: AddressBar) => {
  const place = signal<Place>(placeOf(bar.path()));
  /** A page with unsaved changes asks first; null lets everybody pass. */
  const guard = signal<(() => boolean) | null>(null);
  /** Where the person wanted to go when the guard held them. */
  const held = signal<Place | null>(null);

  function move(next: Place): void {
    place.value = next;
    held.value = null;
  }

  effect(() =>
    bar.onMove((path) => {
      const next = placeOf(path);
      if (guard.peek()?.()) {
        bar.push(pathOf(place.peek()));
        held.value = next;
      } else move(next);
    }),
  );
  bar.replace(pathOf(place.peek()));

  return {
    place,
    held,
    go(next: Place) {
      const isElsewhere = next.page !== place.value.page || next.section !== place.value.section;
      if (guard.value?.() && isElsewhere) {
        held.value = next;
        return;
      }
      if (pathOf(next) !== pathOf(place.value)) bar.push(pathOf(next));
      move(next);
    },
    openConversation(id: ConversationId | null) {
      const next: Place = { page: "conversations", conversationId: id };
      if (guard.value?.()) {
        held.value = next;
        return;
      }
      if (pathOf(next) !== pathOf(place.value)) bar.push(pathOf(next));
      move(next);
    },
    /** `isUnsaved` is asked before the page is left; returns the way to take it back. */
    guardWith(isUnsaved: () => boolean): () => void {
      guard.value = isUnsaved;
      return () => {
        guard.value = null;
      };
    },
    stay() {
      held.value = null;
    },
    leaveAnyway() {
      const next = held.value;
      guard.value = null;
      if (!next) return;
      bar.push(pathOf(next));
      move(next);
    },
  };
});

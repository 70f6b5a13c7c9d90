import type { SiteLook } from "./site-look.ts";

/**
 * The vocabulary between the customer's page and the frame. Both sides check `event.source` and `event.origin` and drop
 * anything else; no address, token or markup is ever taken from a message.
 */
export type PageToFrame =
  | { foyer: 1; type: "page"; url: string; title: string; referrer: string }
  /** The visitor reaches for the launcher: fetch the chat app. */
  | { foyer: 1; type: "intent" }
  | { foyer: 1; type: "open"; view: "chat" | "book" }
  | { foyer: 1; type: "close" }
  | { foyer: 1; type: "identify"; name: string | null; email: string | null }
  /** The page is going away. */
  | { foyer: 1; type: "leave" };

export type FrameToPage =
  | { foyer: 1; type: "ready"; look: SiteLook; unread: number }
  | { foyer: 1; type: "unread"; count: number }
  /** How much room the frame wants: nothing, the teaser beside the launcher, or the panel. Pixels; the panel ignores them on a phone. */
  | { foyer: 1; type: "shape"; shape: "hidden" | "teaser" | "panel"; width: number; height: number }
  /** The visitor pressed the teaser. */
  | { foyer: 1; type: "open" }
  /** The panel was closed from inside: the launcher takes the focus back. */
  | { foyer: 1; type: "closed" }
  | { foyer: 1; type: "reachable"; isReachable: boolean }
  /** For `Foyer('on', name, fn)` on the page: no text, no address. */
  | { foyer: 1; type: "event"; name: "opened" | "closed" | "message" | "booked" };

/** Between a customer's page and the booking page that stands in it, under the same rules. */
export type PageToBooking = { foyer: 1; type: "greet"; name: string | null; email: string | null };

export type BookingToPage =
  /** CSS pixels that it needs; told with each change. */
  { foyer: 1; type: "size"; height: number } | { foyer: 1; type: "booked" };

import type { BookingToPage, PageToBooking } from "../../shared/protocol/frame-messages.ts";
import { limits } from "../../shared/protocol/limits.ts";

type OnGreet = (name: string, email: string) => void;

/**
 * The inline page's line to the page around it: its size, and that something was booked. Nothing is said before the other side has
 * greeted from one of `origins`. Returns what tells of a booking.
 */
export function tellPage(origins: readonly string[], root: HTMLElement, onGreet: OnGreet): () => void {
  let pageOrigin = "";
  let told = 0;
  const post = (message: BookingToPage) => {
    if (pageOrigin) parent.postMessage(message, pageOrigin);
  };
  const tellSize = () => {
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (height === told || !pageOrigin) return;
    told = height;
    post({ foyer: 1, type: "size", height });
  };
  addEventListener("message", ({ source, origin, data }: MessageEvent<PageToBooking>) => {
    if (source !== parent || !origins.includes(origin) || data?.foyer !== 1 || data.type !== "greet") return;
    pageOrigin = origin;
    tellSize();
    onGreet(words(data.name, limits.nameChars), words(data.email, limits.emailChars));
  });
  new ResizeObserver(tellSize).observe(root);
  return () => post({ foyer: 1, type: "booked" });
}

const words = (value: unknown, most: number) => (typeof value === "string" ? value.slice(0, most) : "");

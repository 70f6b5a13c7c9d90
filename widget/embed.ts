import type { BookingToPage, PageToBooking } from "../shared/protocol/frame-messages.ts";
import { bookingPagePath } from "../shared/protocol/mailed-links.ts";
import type { FoyerEvent, InlineBooking } from "./api.ts";
import { launcherText as text } from "./text.ts";

// Runs on the customer's page, fetched by the loader when the page wants a booking in an element of its own.

/** What the loader knows of this module. */
export type EmbedModule = { embed: typeof embed };

/** Room for the first times, so that the page below moves once at most. */
const FIRST_PX = 620;
/** Nothing of ours needs more; a frame that asks for it is not ours any more. */
const MOST_PX = 5_000;
const LOAD_MS = 10_000;
const READY_MS = 4_000;

/** The embedding that stands in an element, to be ended by the next one. */
const standing = new WeakMap<Element, () => void>();

/** Puts the booking page of a type into an element; `signal` takes it out again. */
export function embed(
  { type, el, name = null, email = null }: InlineBooking,
  origin: string,
  signal: AbortSignal,
  emit: (name: FoyerEvent) => void,
) {
  if (signal.aborted) return;
  const place = find(el);
  if (!place) {
    if (document.readyState !== "loading") return;
    const again = () => embed({ type, el, name, email }, origin, signal, emit);
    document.addEventListener("DOMContentLoaded", again, { once: true, signal });
    return;
  }
  standing.get(place)?.();
  const stop = new AbortController();
  const before = [...place.childNodes];
  const address = `${origin}${bookingPagePath}${encodeURIComponent(type)}`;
  const frame = document.createElement("iframe");
  const timers: ReturnType<typeof setTimeout>[] = [];
  let isReady = false;

  const end = () => {
    stop.abort();
    timers.map(clearTimeout);
    standing.delete(place);
    if (frame.isConnected) place.replaceChildren(...before);
  };
  const giveUp = () => {
    if (isReady) return;
    end();
    place.append(link(address));
  };
  const later = (ms: number) => timers.push(setTimeout(giveUp, ms));
  const post = (message: PageToBooking) => frame.contentWindow?.postMessage(message, origin);
  const on = (target: EventTarget, event: string, act: (event: Event) => void) =>
    target.addEventListener(event, act, { signal: stop.signal });

  frame.title = text.book;
  frame.src = `${address}/inline`;
  frame.style.cssText = `display:block;width:100%;height:${FIRST_PX}px;border:0;background:none;color-scheme:light dark`;
  on(frame, "load", () => {
    post({ foyer: 1, type: "greet", name, email });
    // An error page loads too; only its own word counts.
    later(READY_MS);
  });
  on(window, "message", (event) => {
    const { source, origin: from, data } = event as MessageEvent<BookingToPage>;
    if (source !== frame.contentWindow || from !== origin || data?.foyer !== 1) return;
    if (data.type === "size" && data.height > 0) {
      isReady = true;
      frame.style.height = `${Math.min(data.height, MOST_PX)}px`;
    } else if (data.type === "booked") emit("booked");
  });
  on(signal, "abort", end);
  later(LOAD_MS);
  standing.set(place, end);
  place.replaceChildren(frame);
}

function find(el: string | Element): Element | null {
  if (typeof el !== "string") return el;
  try {
    return document.querySelector(el);
  } catch {
    return null; // Not a selector: nothing of the page is harmed by it.
  }
}

function link(address: string): HTMLAnchorElement {
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.textContent = text.book;
  return anchor;
}

/**
 * What a customer's page can say and hear. Everything goes through one function:
 *
 *     Foyer("open");
 *     Foyer("identify", { name: "Ada", email: "ada@example.com" });
 *     Foyer("on", "message", () => { ... });
 *
 * Calls made before the script has loaded are kept and run in order, if the page defines the function first:
 *
 *     window.Foyer = window.Foyer || function () { (Foyer.q = Foyer.q || []).push(arguments) };
 *
 * Unknown commands are ignored, so that a page written for a newer version does not break.
 */
export type FoyerCommands = {
  /** Opens the panel with the conversation. */
  open: [];
  /** Closes the panel; the conversation goes on. */
  close: [];
  /**
   * Opens the panel at the booking of a meeting. With a meeting type, puts the page of that type into an element of yours instead:
   *
   *     Foyer("book", { type: "product-tour", el: "#book" });
   *
   * The element grows with what it shows. What stood in it before is there again after `destroy`, and when Foyer cannot be reached;
   * then a link to the page stands behind it.
   */
  book: [inline?: InlineBooking];
  /** Tells who the visitor is. Both are optional; what is left out is not changed. Never proof of identity. */
  identify: [who: { name?: string | null; email?: string | null }];
  /** Calls `listener` at each event of that name. */
  on: [name: FoyerEvent, listener: FoyerListener];
  /** Takes back `on`; without a listener, all of that name. */
  off: [name: FoyerEvent, listener?: FoyerListener];
  /** Removes the widget with every listener, timer, node and the `Foyer` function itself. */
  destroy: [];
};

export type InlineBooking = {
  /** The last part of the address of its public page: `product-tour` of `/m/product-tour`. */
  type: string;
  /** An element, or a selector of one; it may come later than the call, but no later than the page has loaded. */
  el: string | Element;
  /** Stand in the form already. */
  name?: string | null;
  email?: string | null;
};

/**
 * `ready`: the launcher works. `opened`, `closed`: the panel. `message`: a message arrived or was sent. `booked`: a meeting
 * was booked, in the panel or in an element. `unread`: the number of unread messages changed; it is handed to the listener. No event carries text or
 * an address: the host page does not see the conversation.
 */
export type FoyerEvent = "ready" | "opened" | "closed" | "message" | "booked" | "unread";
export type FoyerListener = (count?: number) => void;

export type FoyerFunction = {
  <C extends keyof FoyerCommands>(command: C, ...args: FoyerCommands[C]): void;
  /** Calls waiting for the script. */
  q?: Iterable<unknown>[];
  /** Set by the script: a second tag on the same page does nothing. */
  isLoaded?: true;
};

declare global {
  interface Window {
    Foyer?: FoyerFunction;
  }
}

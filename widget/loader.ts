import type { FrameToPage, PageToFrame } from "../shared/protocol/frame-messages.ts";
import type { FoyerCommands, FoyerEvent, FoyerFunction, FoyerListener } from "./api.ts";
import type { EmbedModule } from "./embed.ts";
import css from "./launcher.css";
import { launcherText as text } from "./text.ts";

// Runs on the customer's page: small, without a framework, and leaving nothing behind. Styles are a constructed sheet and
// nodes are built by hand, so that neither a strict CSP nor Trusted Types have anything to refuse.

type Bare<M> = M extends { foyer: 1 } ? Omit<M, "foyer"> : never;
type Shape = "hidden" | "teaser" | "panel";

const LOAD_MS = 10_000;
const READY_MS = 3_000;
const RETRY_MS = 60_000;

const script = document.currentScript as HTMLScriptElement | null;
if (script?.dataset.site && !window.Foyer?.isLoaded) start(new URL(script.src).origin, script.dataset);

function start(origin: string, { site = "", color = "#3b5bdb", position }: DOMStringMap) {
  const stop = new AbortController();
  const { signal } = stop;
  const timers: ReturnType<typeof setTimeout>[] = [];
  const waiting = window.Foyer?.q ?? [];
  let listeners: [FoyerEvent, FoyerListener][] = [];

  const host = document.createElement("foyer-widget");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  root.append(button);

  let frame: HTMLIFrameElement | undefined;
  let isListening = false;
  let isReady = false;
  let isOpen = false;
  let unread = 0;
  let sentUrl = "";
  let idle = 0;
  let queue: Bare<PageToFrame>[] = [];

  const on = (target: EventTarget | null | undefined, name: string, act: (event: Event) => void) =>
    target?.addEventListener(name, act, { signal });
  const later = (ms: number, act: () => void) => timers.push(setTimeout(act, ms));
  const emit = (name: FoyerEvent, count?: number) => {
    for (const [wanted, listener] of listeners) if (wanted === name) listener(count);
  };
  const paint = (ground: string, side?: string) => {
    host.dir = side === "left" ? "rtl" : "ltr";
    button.style.background = ground;
    // Brightness as television weighed it: cheap, and its threshold leaves the sign a contrast of 3 on any ground.
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
      Number.parseInt(ground.slice(at, at + 2), 16),
    );
    button.style.color = red * 299 + green * 587 + blue * 114 < 1e5 ? "#fff" : "#000";
  };
  const show = () => {
    button.setAttribute("aria-label", isOpen ? text.close : text.open + text.unread(unread));
    button.setAttribute("aria-expanded", `${isOpen}`);
    button.dataset.unread = unread && !isOpen ? `${unread}` : "";
  };
  const shape = (next: Shape, style = "") => {
    if (!frame) return;
    // Before its word the frame may be an error page.
    frame.className = isReady ? next : "hidden";
    frame.style.cssText = style;
    show();
  };
  // A phone's keyboard covers the page without telling the frame; only the page sees how much room is left.
  const room = visualViewport;
  const makeRoom = () => {
    if (isOpen && room)
      shape(
        "panel",
        Math.min(innerWidth, innerHeight) <= 480 && innerHeight - room.height > 80
          ? `height:${room.height}px;top:${room.offsetTop}px`
          : "",
      );
  };

  const post = (message: Bare<PageToFrame>) => {
    if (isListening) frame?.contentWindow?.postMessage({ foyer: 1, ...message }, origin);
    else if (queue.length < 20) queue.push(message);
  };
  const addFrame = () => {
    if (frame) return;
    const mine = document.createElement("iframe");
    frame = mine;
    // An error page loads too; only our own word counts. Without it the launcher stays away, and we try again.
    const giveUp = () => {
      if (isReady || frame !== mine) return;
      button.hidden = true;
      removeFrame();
      later(RETRY_MS, addFrame);
    };
    frame.title = text.open;
    frame.src = `${origin}/frame?site=${encodeURIComponent(site)}`;
    on(frame, "load", () => {
      isListening = true;
      sentUrl = "";
      tellPage();
      queue.map(post);
      queue = [];
      later(READY_MS, giveUp);
    });
    root.prepend(frame);
    later(LOAD_MS, giveUp);
  };
  const removeFrame = () => {
    frame?.remove();
    frame = undefined;
    queue = [];
    isListening = isReady = isOpen = false;
    show();
  };
  const tellPage = () => {
    if (location.href === sentUrl) return;
    sentUrl = location.href;
    post({ type: "page", url: sentUrl, title: document.title, referrer: document.referrer });
  };
  const setOpen = (next: boolean, view: "chat" | "book" = "chat") => {
    if (next) addFrame();
    else if (!isOpen) return;
    else if (root.activeElement === frame) button.focus();
    isOpen = next;
    post(next ? { type: "open", view } : { type: "close" });
    shape(next ? "panel" : "hidden");
    if (next) frame?.focus();
    makeRoom();
  };

  const commands: { [C in keyof FoyerCommands]: (...args: FoyerCommands[C]) => void } = {
    open: () => setOpen(true),
    close: () => setOpen(false),
    book: (inline) => {
      // As a module, so that neither a strict CSP nor Trusted Types have anything to refuse.
      if (inline)
        import(`${origin}/embed.js`).then(
          ({ embed }: EmbedModule) => embed(inline, origin, signal, emit),
          () => {
            const el = inline.el as Element;
            const place = (el.append as unknown) ? el : document.querySelector(inline.el as string);
            const link = document.createElement("a");
            // bookingPagePath: its import is more than the loader may still grow.
            link.href = `${origin}/m/${inline.type}`;
            link.append(text.book);
            place?.append(link);
          },
        );
      else setOpen(true, "book");
    },
    identify: ({ name = null, email = null }) => post({ type: "identify", name, email }),
    on: (name, listener) => {
      listeners.push([name, listener]);
    },
    off: (name, listener) => {
      listeners = listeners.filter((entry) => entry[0] !== name || (listener && entry[1] !== listener));
    },
    destroy: () => {
      post({ type: "leave" });
      stop.abort();
      timers.map(clearTimeout);
      if (idle) cancelIdleCallback(idle);
      listeners = [];
      host.remove();
      removeFrame();
      delete window.Foyer;
    },
  };
  const foyer = ((command: keyof FoyerCommands, ...args: never[]) => {
    if (!signal.aborted) (commands[command] as ((...given: never[]) => void) | undefined)?.(...args);
  }) as FoyerFunction;
  foyer.isLoaded = true;
  window.Foyer = foyer;

  on(window, "message", (event) => {
    const { source, origin: from, data } = event as MessageEvent<FrameToPage>;
    if (!frame || source !== frame.contentWindow || from !== origin || data?.foyer !== 1) return;
    if (data.type === "ready") {
      isReady = true;
      button.hidden = false;
      paint(data.look.color, data.look.position);
      if (isOpen) setOpen(true);
      emit("ready");
    } else if (data.type === "unread") {
      unread = data.count;
      show();
      emit("unread", unread);
    } else if (data.type === "shape") {
      if (!isOpen) shape(data.shape, `width:${data.width}px;height:${data.height}px`);
    } else if (data.type === "closed") setOpen(false);
    else if (data.type === "open") setOpen(true);
    else if (data.type === "reachable") button.hidden = !data.isReachable && !isOpen;
    else if (data.type === "event") emit(data.name);
  });
  const onIntent = () => {
    addFrame();
    post({ type: "intent" });
  };
  on(button, "click", () => setOpen(!isOpen));
  on(button, "pointerenter", onIntent);
  on(button, "focus", onIntent);
  on(button, "keydown", (event) => {
    if ((event as KeyboardEvent).key === "Escape") setOpen(false);
  });
  on(room, "resize", makeRoom);
  on(room, "scroll", makeRoom);
  // Applications change the address first and the title a moment later. `history` is never touched.
  const { navigation } = window as { navigation?: EventTarget };
  if (navigation) on(navigation, "currententrychange", () => later(300, tellPage));
  else timers.push(setInterval(tellPage, 2_000));

  paint(color, position);
  show();
  const attach = () => {
    document.documentElement.append(host);
    for (const call of waiting) foyer(...(call as ["open"]));
  };
  const whenIdle = () => {
    if (window.requestIdleCallback as unknown) idle = requestIdleCallback(addFrame, { timeout: 4_000 });
    else later(400, addFrame);
  };
  if (document.body) attach();
  else on(document, "DOMContentLoaded", attach);
  if (document.readyState === "complete") whenIdle();
  else on(window, "load", whenIdle);
}

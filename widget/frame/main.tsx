import { effect } from "@preact/signals";
import { render } from "preact";
import { PROTOCOL_VERSION, SOCKET_PATH } from "../../shared/protocol/version.ts";
import listCss from "../../shared/ui/list.css";
import tokensCss from "../../shared/ui/tokens.css";
import { chatText as text } from "../text.ts";
import { lookAtMeeting } from "./booking-api.ts";
import { clientId } from "./client-id.ts";
import type { FrameHost } from "./host.ts";
import { browserClock, type VisitorLink } from "./link.ts";
import css from "./main.css";
import { ChatModel } from "./models/chat.ts";
import { wearColor, wearStyles } from "./styles.ts";
import { Panel } from "./views/Panel.tsx";
import { openWebSocketLink } from "./websocket-link.ts";

/** Starts the chat app inside `#app`, on a customer's page or on one of our own. */
export function start(host: FrameHost, link: VisitorLink = openLink(host)) {
  wearStyles(tokensCss + listCss + css);
  wearColor(host.look.color);
  document.documentElement.dir = text.direction;
  const chat = new ChatModel({ link, kept: host.kept, clock: browserClock, clientId, look: lookAtMeeting });
  tellPage(chat, host);

  const setInFront = () => chat.setInFront(document.visibilityState === "visible");
  setInFront();
  addEventListener("visibilitychange", setInFront);
  host.listen((message) => {
    if (message.type === "open") {
      if (message.view === "book") chat.show({ kind: "book", host: "any" });
      chat.setOpen(true);
    } else if (message.type === "close") chat.setOpen(false);
    else if (message.type === "identify") chat.identify(message.name, message.email);
  });
  const app = document.getElementById("app");
  if (app) render(<Panel chat={chat} host={host} />, app);
}

/** The launcher's count, the teaser of a message that arrives while the panel is closed, and the page's events. */
function tellPage(chat: ChatModel, host: FrameHost) {
  let newest = "";
  effect(() => host.post({ type: "unread", count: chat.reading.unread.value }));
  let wasOpen = false;
  effect(() => {
    const isOpen = chat.isOpen.value;
    if (isOpen !== wasOpen) host.post({ type: "event", name: isOpen ? "opened" : "closed" });
    wasOpen = isOpen;
  });
  effect(() => {
    const held = chat.thread.thread.value;
    const last = held?.facts.findLast(({ body }) => body.kind === "message");
    if (!held || !last || last.body.kind !== "message") return;
    const key = `${held.id}:${last.seq}`;
    if (key === newest) return;
    newest = key;
    host.post({ type: "event", name: "message" });
    const rep = last.by.kind === "rep" && chat.thread.cards.peek().get(last.by.id);
    if (!rep || chat.isOpen.peek() || chat.reading.unread.peek() === 0) return;
    host.tease({
      name: `${rep.firstName} ${rep.lastName}`,
      title: rep.jobTitle,
      text: last.body.text.slice(0, 160),
      face: rep.photoUrl,
    });
  });
}

function openLink(host: FrameHost): VisitorLink {
  return openWebSocketLink({
    host,
    clock: browserClock,
    origin: location.origin,
    open: (address) => new WebSocket(address),
    async fallback() {
      try {
        // If plain HTTP does not get through either, it is not about WebSockets.
        if (!(await fetch("/healthz", { cache: "no-store" })).ok) return null;
        return (await import("./socket.ts")).openPollingLink(host, {
          path: SOCKET_PATH,
          version: PROTOCOL_VERSION,
        });
      } catch {
        return null;
      }
    },
  });
}

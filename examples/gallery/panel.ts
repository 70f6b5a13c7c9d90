import { fakeLink } from "../../widget/frame/fake-link.ts";
import type { FrameHost } from "../../widget/frame/host.ts";
import { start } from "../../widget/frame/main.tsx";
import { answerBookings } from "./fake-bookings.ts";
import { team } from "./people.ts";
import { panelStates } from "./states.ts";

// One state of the panel on a page of its own: panel.html?state=<number>.

const state = panelStates[Number(new URLSearchParams(location.search).get("state"))];
if (state) {
  const memory = new Map(Object.entries(state.kept ?? {}));
  const { conversation, isLineDown = false } = state;
  const fake = fakeLink({
    "conversation:sync": () => ({ ok: true, conversation, team: state.team ?? team }),
    "marks:set": () => ({ ok: true }),
    "visitor:identify": () => ({ ok: true }),
  });
  answerBookings(state.booking);
  const host: FrameHost = {
    siteKey: "gallery",
    look: { color: state.color ?? "#3b5bdb", position: "right", companyName: "Northwind Audio" },
    isWholePage: false,
    kept: {
      get: (name) => memory.get(name) ?? null,
      set: (name, value) => void (value === null ? memory.delete(name) : memory.set(name, value)),
    },
    credential: async () => "gallery",
    post: () => undefined,
    listen: (listener) => listener({ foyer: 1, type: "open", view: state.view ?? "chat" }),
    tease: () => undefined,
  };
  start(host, fake.link);
  if (state.direction) document.documentElement.dir = state.direction;
  if (isLineDown) setTimeout(() => fake.setUp(false), 300);
  if (state.isTyping && conversation?.ownerId) {
    const { id, ownerId } = conversation;
    setTimeout(
      () => fake.news("typing:changed", { conversationId: id, repId: ownerId, isTyping: true }),
      300,
    );
  }
}

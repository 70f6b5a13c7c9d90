import type { Seeded } from "../../server/promises/seeded.ts";
import type { ClientId, VisitorId } from "../../shared/model/ids.ts";
import { ChatModel } from "../../widget/frame/models/chat.ts";
import { openWebSocketLink } from "../../widget/frame/websocket-link.ts";
import type { SimClock } from "./sim-clock.ts";
import type { Network, Wire } from "./sim-network.ts";
import type { Peer, SimServer } from "./sim-server.ts";

type Parts = { id: VisitorId; clock: SimClock; seeded: Seeded; network: Network; server: SimServer };

/** A visitor's browser: what it keeps outlives the tab. */
export class SimVisitor {
  readonly id: VisitorId;
  /** By client id: whatever the server said yes to. */
  readonly acked = new Set<ClientId>();
  /** In the order they were typed. */
  readonly typed: ClientId[] = [];
  readonly tabs: ReturnType<SimVisitor["openTab"]>[] = [];
  readonly #parts: Parts;
  readonly #kept = new Map<string, string>();
  #count = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.id = parts.id;
    this.tabs.push(this.openTab());
  }

  /** The real models over the real link; only the socket under it is ours. */
  openTab() {
    const { clock, network, server, id, seeded } = this.#parts;
    const wires: Wire[] = [];
    const link = openWebSocketLink({
      host: { credential: async () => "credential" },
      clock,
      origin: "https://foyer.example",
      open: () => {
        const { socket, wire } = openSocket({ id, clock, network, server, seeded });
        wires.push(wire);
        return socket;
      },
      fallback: async () => null,
    });
    const { acked } = this;
    const chat = new ChatModel({
      link: {
        ...link,
        async ask(event, input) {
          const answer = await link.ask(event, input);
          const isSend = event === "message:send" || event === "conversation:start";
          if (answer.ok && isSend) acked.add((input as { clientId: ClientId }).clientId);
          return answer;
        },
      },
      clock,
      look: async () => ({ ok: false, code: "unavailable" }),
      kept: {
        get: (name) => this.#kept.get(name) ?? null,
        set: (name, value) => void (value === null ? this.#kept.delete(name) : this.#kept.set(name, value)),
      },
      clientId: () => `${id}-${++this.#count}` as ClientId, // Ids of the simulation.
    });
    return {
      chat,
      wire: () => wires.at(-1),
      close() {
        chat[Symbol.dispose]();
        link.close();
      },
    };
  }

  reload() {
    this.tabs.shift()?.close();
    this.tabs.unshift(this.openTab());
  }

  say(text: string) {
    const [tab] = this.tabs;
    this.typed.push(`${this.id}-${this.#count + 1}` as ClientId); // The one that the outbox takes next.
    tab?.chat.outbox.send(text);
  }
}

/** A WebSocket whose other end is the simulated server, in the same packets as over a real one. */
function openSocket({ id, clock, network, server }: Parts): { socket: WebSocket; wire: Wire } {
  let peer: Peer | null = null;
  const wire = network.open(() => {
    if (peer !== null) server.gone(peer);
    clock.after(1, () => socket.onclose?.());
  });
  const send = (packet: string) => wire.carry("down", () => socket.onmessage?.({ data: packet }));
  const socket = {
    onmessage: null as ((event: { data: string }) => void) | null,
    onclose: null as (() => void) | null,
    send(packet: string) {
      wire.carry("up", () => receive(packet));
    },
    close: () => wire.cut(),
  };

  function receive(packet: string) {
    const [, kind, ack, body] = /^4(\d)\/visitor,(\d*)(.*)$/s.exec(packet) ?? [];
    if (kind === "0") {
      peer ??= { id, tell: (event, news) => send(`42/visitor,${JSON.stringify([event, news])}`) };
      server.visitorConnected(id, peer);
      send('40/visitor,{"sid":"x"}');
    } else if (kind === "2" && peer !== null && ack !== "") {
      const [event, input] = JSON.parse(body ?? "") as [string, unknown];
      server.fromVisitor(id, { event, input }, (answer) =>
        send(`43/visitor,${ack}${JSON.stringify([answer])}`),
      );
    }
  }

  // The first word is the server's; a wire on which it gets lost is given up and made anew.
  send('0{"sid":"x"}');
  return { socket: socket as unknown as WebSocket, wire }; // All that the link uses of one.
}

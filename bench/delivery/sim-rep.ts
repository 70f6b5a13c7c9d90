import { ConnectionModel } from "../../console/models/connection.ts";
import { OutboxModel, type Outgoing } from "../../console/models/outbox.ts";
import { type OpenThread, ThreadModel } from "../../console/models/thread.ts";
import type { RepLink } from "../../console/ports.ts";
import { linkOver, type RawSocket } from "../../console/socket.ts";
import type { ClientId, ConversationId, MemberId } from "../../shared/model/ids.ts";
import type { SimClock } from "./sim-clock.ts";
import type { Network, Wire } from "./sim-network.ts";
import type { Peer, SimServer } from "./sim-server.ts";

type Parts = { id: MemberId; clock: SimClock; network: Network; server: SimServer };
type Desk = ReturnType<SimRep["openDesk"]>;

/** A rep's browser: what the shelf holds outlives the page. */
export class SimRep {
  readonly id: MemberId;
  readonly acked = new Map<ClientId, number>();
  readonly typed: { clientId: ClientId; conversationId: ConversationId }[] = [];
  /** Refused for good, such as words into a conversation that was handed over meanwhile. */
  readonly failed = new Map<ClientId, Outgoing>();
  readonly #parts: Parts;
  readonly #shelf = new Map<string, string>();
  readonly #watched = new Set<ConversationId>();
  #count = 0;
  desk: Desk;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.id = parts.id;
    this.desk = this.openDesk();
  }

  /** The real models over the real link; only the socket under it is ours. */
  openDesk() {
    const { clock, network, server, id } = this.#parts;
    const socket = createSocket({ id, clock, network, server });
    const real = linkOver(socket.raw, clock);
    const { acked } = this;
    const link: RepLink = {
      ...real,
      async ask(event, input) {
        const answer = await real.ask(event, input);
        const isSend = event === "message:send" || event === "note:add";
        if (answer.ok && isSend)
          acked.set((input as { clientId: ClientId }).clientId, (answer as { seq: number }).seq);
        return answer;
      },
    };
    const chance = {
      clientId: () => `${id}-${++this.#count}` as ClientId, // Ids of the simulation.
      fraction: clock.random,
    };
    const shelf = {
      read: (key: string) => this.#shelf.get(key) ?? null,
      write: (key: string, value: string) => void this.#shelf.set(key, value),
      drop: (key: string) => void this.#shelf.delete(key),
      keys: () => [...this.#shelf.keys()],
    };
    const connection = new ConnectionModel(link, clock, chance);
    const outbox = new OutboxModel(link, connection, clock, chance, shelf, id);
    const attention = { isHere: () => true, onChange: () => () => undefined };
    const threads = new Map<ConversationId, OpenThread>();
    const watch = (conversationId: ConversationId) => {
      const needs = { link, connection, clock, attention, outbox, myId: id };
      threads.set(conversationId, new ThreadModel(needs, conversationId));
    };
    for (const conversationId of this.#watched) watch(conversationId);
    connection.open();
    return {
      outbox,
      threads,
      watch,
      wire: socket.wire,
      close() {
        for (const thread of threads.values()) thread[Symbol.dispose]();
        outbox[Symbol.dispose]();
        connection[Symbol.dispose]();
        socket.raw.disconnect();
      },
    };
  }

  watch(id: ConversationId) {
    if (this.#watched.has(id)) return;
    this.#watched.add(id);
    this.desk.watch(id);
  }

  reload() {
    this.noteFailures();
    this.desk.close();
    this.desk = this.openDesk();
  }

  /** Writes where it may: a message to the visitor of one's own conversation, else a note for the colleague. */
  say(conversationId: ConversationId, text: string) {
    const thread = this.desk.threads.get(conversationId);
    if (thread === undefined) return;
    this.typed.push({ clientId: `${this.id}-${this.#count + 1}` as ClientId, conversationId });
    const isMine = thread.isOwner.value && thread.thread.value?.isOpen === true;
    if (isMine) thread.say(text);
    else thread.note(text);
  }

  /** Looks at what failed, and puts it away as the person would. */
  noteFailures() {
    for (const item of this.desk.outbox.items.value) {
      if (item.state !== "failed") continue;
      this.failed.set(item.clientId, item);
      this.desk.outbox.discard(item.clientId);
    }
  }
}

/** What the console's link uses of a Socket.IO socket: it comes back by itself, as that one does. */
function createSocket({ id, clock, network, server }: Parts): { raw: RawSocket; wire(): Wire | undefined } {
  const listeners = new Map<string, Set<(...args: unknown[]) => void>>();
  const acks = new Map<number, (answer: unknown) => void>();
  let wire: Wire | undefined;
  let asks = 0;
  let isWanted = false;
  let isConnected = false;
  let cancelReconnect = (): void => undefined;

  const fire = (event: string, ...args: unknown[]) => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener(...args);
  };
  const down = (reason: string) => {
    if (!isConnected) return;
    isConnected = false;
    acks.clear();
    fire("disconnect", reason);
  };

  function connect() {
    isWanted = true;
    cancelReconnect();
    if (wire !== undefined && !wire.isCut()) return;
    const peer: Peer = {
      id,
      tell: (event, news) =>
        mine.carry("down", () => isConnected && wire === mine && fire(event, structuredClone(news))),
    };
    const mine = network.open(() => {
      server.gone(peer);
      clock.after(1, () => {
        if (wire !== mine) return;
        down("transport close");
        retry();
      });
    });
    wire = mine;
    peers.set(mine, peer);
    mine.carry("up", () =>
      mine.carry("down", () => {
        if (wire !== mine || isConnected) return;
        isConnected = true;
        fire("connect");
      }),
    );
    // A handshake that got lost.
    clock.after(8_000, () => {
      if (wire === mine && !isConnected) mine.cut();
    });
  }
  const peers = new WeakMap<Wire, Peer>();

  function retry() {
    if (!isWanted) return;
    cancelReconnect();
    cancelReconnect = clock.after(400 + clock.random() * 1_200, connect);
  }

  function emit(event: string, ...args: unknown[]) {
    const answer = args.at(-1);
    const input = structuredClone(args[0]);
    const ack = asks++;
    const mine = wire;
    const peer = mine === undefined ? undefined : peers.get(mine);
    if (mine === undefined || peer === undefined || !isConnected) return;
    if (typeof answer === "function") acks.set(ack, answer as (given: unknown) => void);
    mine.carry("up", () =>
      server.fromRep(id, peer, { event, input }, (given) => {
        const copy = structuredClone(given);
        mine.carry("down", () => {
          const waiting = acks.get(ack);
          acks.delete(ack);
          waiting?.(copy);
        });
      }),
    );
  }

  const raw: RawSocket = {
    get connected() {
      return isConnected;
    },
    connect,
    disconnect() {
      isWanted = false;
      cancelReconnect();
      const old = wire;
      wire = undefined;
      old?.cut();
      down("io client disconnect");
    },
    on(event, listen) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listen));
    },
    off: (event, listen) => listeners.get(event)?.delete(listen),
    emit,
    volatile: { emit },
  };
  return { raw, wire: () => wire };
}

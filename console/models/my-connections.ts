import { batch, computed, createModel, effect, signal } from "@preact/signals";
import type {
  ConnectedProvider,
  ConnectionView,
  OAuthProvider,
  ProviderName,
} from "../../shared/model/connections.ts";
import type { CalendarId, ConnectionId } from "../../shared/model/ids.ts";
import {
  type ConnectOutcome,
  connectOutcomes,
  type MyConnections,
} from "../../shared/protocol/connection-routes.ts";
import type { Answer, ErrorCode, Refusal } from "../../shared/protocol/errors.ts";
import type { ApiCall, Attention, Clock, RepLink } from "../ports.ts";

export type Connections = InstanceType<typeof MyConnectionsModel>;
export type CalDavDraft = { server: string; username: string; password: string };
export type ConnectReturn =
  | "/console/me/calendars"
  | "/console/me/meeting-details"
  | "/console/setup"
  | "/console/settings/integrations";

export type MyConnectionsNeeds = {
  link: RepLink;
  call: ApiCall;
  clock: Clock;
  attention: Attention;
  /** Goes to the provider's page. */
  leave: (url: string) => void;
  /** How the way through a provider ended that this page was opened by. */
  outcome: ConnectOutcome | null;
};

/** What is wrong is mended elsewhere, and what is read is read by the server: looked at again while the page is open. */
const LOOK_AGAIN_MS = 10_000;

/** What somebody wants of one account's calendars, until the server has it. `receiving` left out: as it was. */
type Wish = { blocking: ReadonlySet<CalendarId>; receiving?: CalendarId | null };

/** What a provider's way back says in the query of the page. */
export function connectOutcomeOf(search: string): ConnectOutcome | null {
  const said = new URLSearchParams(search).get("connect");
  return connectOutcomes.find((outcome) => outcome === said) ?? null;
}

/** Whether an account at this provider has calendars. */
export function hasCalendars(provider: ProviderName): boolean {
  return provider === "google" || provider === "microsoft" || provider === "caldav";
}

/** My links to outside accounts, their calendars, and how they are. */
export const MyConnectionsModel = createModel((needs: MyConnectionsNeeds) => {
  const { link, call, clock, attention, leave } = needs;
  const state = signal<MyConnections | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const outcome = signal<ConnectOutcome | null>(needs.outcome);
  /** What was pressed and is under way: a provider, or a connection. */
  const busy = signal<ProviderName | ConnectionId | null>(null);
  const wishes = signal<ReadonlyMap<ConnectionId, Wish>>(new Map());
  /** What was refused at one connection, shown there. */
  const refusals = signal<ReadonlyMap<ConnectionId, ErrorCode>>(new Map());
  const connectRefusal = signal<ErrorCode | null>(null);
  const calDavRefusal = signal<Refusal | null>(null);
  const watchers = signal(0);
  /** Answers to questions asked before the latest change say what was so before it. */
  let changes = 0;
  let isSaving = false;

  function refuse(id: ConnectionId, code: ErrorCode | null): void {
    const next = new Map(refusals.peek());
    if (code === null) next.delete(id);
    else next.set(id, code);
    refusals.value = next;
  }

  async function load(): Promise<void> {
    const before = changes;
    const answer = await call("GET /api/connections", {});
    if (before !== changes) return;
    batch(() => {
      problem.value = answer.ok ? null : answer.code;
      if (answer.ok) state.value = answer;
    });
  }

  function take(answer: Answer<MyConnections>): answer is { ok: true } & MyConnections {
    changes += 1;
    if (answer.ok) state.value = answer;
    return answer.ok;
  }

  /** One question about one connection. A proof that was not given is no failure. */
  async function change(id: ConnectionId, question: () => Promise<Answer<MyConnections>>): Promise<boolean> {
    if (busy.value !== null) return false;
    busy.value = id;
    refuse(id, null);
    const answer = await question();
    batch(() => {
      busy.value = null;
      if (!take(answer) && answer.code !== "proof_needed") refuse(id, answer.code);
    });
    return answer.ok;
  }

  /** As the person wants it, as far as that is known. */
  const connections = computed<readonly ConnectionView[]>(() => {
    const wanted = wishes.value;
    const listed = state.value?.connections ?? [];
    if (wanted.size === 0) return listed;
    const receiver = [...wanted.values()].findLast((wish) => wish.receiving !== undefined)?.receiving;
    return listed.map((connection) => {
      const wish = wanted.get(connection.id);
      const calendars = connection.calendars.map((calendar) => ({
        ...calendar,
        receivesMeetings: receiver === undefined ? calendar.receivesMeetings : calendar.id === receiver,
        blocksTime: wish ? wish.blocking.has(calendar.id) : calendar.blocksTime,
      }));
      return { ...connection, calendars };
    });
  });
  const receiving = computed<CalendarId | null>(
    () =>
      connections.value.flatMap(({ calendars }) => calendars).find((each) => each.receivesMeetings)?.id ??
      null,
  );

  /** Sends one wish after the other until the server has the latest of each account. What it refuses is taken back. */
  async function save(): Promise<void> {
    if (isSaving) return;
    isSaving = true;
    for (;;) {
      const [next] = wishes.peek();
      if (!next) break;
      const [id, wish] = next;
      const own = connections.peek().find((each) => each.id === id)?.calendars;
      const receiver = own?.find((calendar) => calendar.receivesMeetings && calendar.isWritable)?.id ?? null;
      const input = { blocking: [...wish.blocking], receiving: receiver };
      const answer = await call("PUT /api/connections/:id/calendars", input, id);
      if (answer.ok && wishes.peek().get(id) !== wish) continue;
      batch(() => {
        const left = new Map(wishes.peek());
        left.delete(id);
        wishes.value = left;
        if (!take(answer)) refuse(id, answer.code);
      });
    }
    isSaving = false;
  }

  function wish(id: ConnectionId, change: (before: Wish) => Wish): void {
    const connection = connections.peek().find((each) => each.id === id);
    if (!connection) return;
    const left = new Map(wishes.peek());
    const before = left.get(id) ?? {
      blocking: new Set(connection.calendars.filter((each) => each.blocksTime).map((each) => each.id)),
    };
    // The latest last: of two wishes for a receiving calendar it is the one that counts.
    left.delete(id);
    batch(() => {
      refuse(id, null);
      wishes.value = left.set(id, change(before));
    });
    void save();
  }

  const isWatched = computed(() => watchers.value > 0);
  effect(() => {
    if (!isWatched.value) return;
    let cancel = (): void => undefined;
    const again = () => {
      cancel = clock.after(LOOK_AGAIN_MS, () => {
        void load();
        again();
      });
    };
    again();
    return () => cancel();
  });
  effect(() =>
    attention.onChange((isHere) => {
      if (isHere && state.peek() !== null) void load();
    }),
  );

  effect(() =>
    link.onNews("settings:changed", ({ of }) => {
      if (of === "connections") void load();
    }),
  );

  return {
    state,
    problem,
    outcome,
    busy,
    refusals,
    connectRefusal,
    calDavRefusal,
    connections,
    receiving,
    /** Connections whose choice of calendars is on its way. */
    savingIds: computed<ReadonlySet<ConnectionId>>(() => new Set(wishes.value.keys())),
    reasons: computed(() => state.value?.reasons ?? []),
    /** Accounts that cannot be connected before their own admin allows Foyer. */
    waiting: computed(() => state.value?.waiting ?? []),
    load,
    /** Looks again from time to time until the returned function is called. */
    watch(): () => void {
      watchers.value += 1;
      void load();
      return () => {
        watchers.value -= 1;
      };
    },
    isSetUp(provider: OAuthProvider): boolean {
      return state.value?.apps.includes(provider) ?? false;
    },
    closeOutcome() {
      outcome.value = null;
    },
    /** To the provider's page, and from there back to `returnTo`. `again`: the same account once more. */
    async begin(
      provider: ConnectedProvider,
      again: ConnectionId | null,
      returnTo: ConnectReturn,
    ): Promise<void> {
      if (busy.value !== null) return;
      busy.value = again ?? provider;
      connectRefusal.value = null;
      outcome.value = null;
      if (again) refuse(again, null);
      const answer = await call("POST /api/connections/begin", { provider, again, returnTo });
      busy.value = null;
      if (answer.ok) leave(answer.url);
      else if (answer.code === "proof_needed") return;
      else if (again) refuse(again, answer.code);
      else connectRefusal.value = answer.code;
    },
    /** True when it is connected. */
    async connectCalDav(draft: CalDavDraft, again: ConnectionId | null): Promise<boolean> {
      if (busy.value !== null) return false;
      busy.value = "caldav";
      calDavRefusal.value = null;
      const answer = await call("POST /api/connections/caldav", { ...draft, again });
      batch(() => {
        busy.value = null;
        if (!take(answer)) calDavRefusal.value = answer;
      });
      return answer.ok;
    },
    forgetCalDav() {
      calDavRefusal.value = null;
    },
    block(id: ConnectionId, calendarId: CalendarId, isBlocking: boolean) {
      wish(id, (before) => {
        const next = new Set(before.blocking);
        if (isBlocking) next.add(calendarId);
        else next.delete(calendarId);
        return { ...before, blocking: next };
      });
    },
    /** `id`: the connection of that calendar; with null, of the one that received so far. */
    receive(id: ConnectionId, calendarId: CalendarId | null) {
      wish(id, (before) => ({ ...before, receiving: calendarId }));
    },
    check: (id: ConnectionId) => change(id, () => call("POST /api/connections/:id/check", {}, id)),
    acceptZone: (id: ConnectionId) => change(id, () => call("POST /api/connections/:id/accept-zone", {}, id)),
    async disconnect(id: ConnectionId): Promise<boolean> {
      if (busy.value !== null) return false;
      busy.value = id;
      refuse(id, null);
      const answer = await call("POST /api/connections/:id/disconnect", {}, id);
      // Disconnected elsewhere meanwhile: that is what was wanted.
      const isGone = answer.ok || answer.code === "not_found";
      batch(() => {
        busy.value = null;
        changes += 1;
        if (!isGone) refuse(id, answer.code);
        else if (state.value) {
          const left = state.value.connections.filter((connection) => connection.id !== id);
          state.value = { ...state.value, connections: left };
        }
      });
      if (isGone) await load();
      return isGone;
    },
    /** That the account's own admin must allow Foyer first, as the provider said on its page; or that nobody waits for it any more. */
    async setWaiting(provider: ConnectedProvider, isWaiting: boolean): Promise<void> {
      if (busy.value !== null) return;
      busy.value = provider;
      connectRefusal.value = null;
      const answer = await call("POST /api/connections/wait", { provider, isWaiting });
      busy.value = null;
      changes += 1;
      if (answer.ok) await load();
      else connectRefusal.value = answer.code;
    },
  };
});

import type { ServerToVisitor, VisitorAsks } from "../../shared/protocol/visitor-events.ts";
import type { Asked, Clock, VisitorLink } from "./link.ts";

type Answers = {
  [E in keyof VisitorAsks]?: (
    input: VisitorAsks[E]["input"],
  ) => Asked<VisitorAsks[E]["answer"]> | Promise<Asked<VisitorAsks[E]["answer"]>>;
};

/** A link without a server: for tests and the gallery. Questions without an answer of their own are `unavailable`. */
export function fakeLink(answers: Answers, isUpAtFirst = true) {
  const listeners: [string, (news: never) => void][] = [];
  const onStates: ((isUp: boolean) => void)[] = [];
  const asked: { event: keyof VisitorAsks; input: unknown }[] = [];
  const told: { event: string; input: unknown }[] = [];
  let isUp = isUpAtFirst;
  let reconnects = 0;
  const link: VisitorLink = {
    async ask(event, input) {
      const lost = { ok: false, code: "unavailable" } as const;
      if (!isUp) return lost;
      asked.push({ event, input });
      return answers[event]?.(input) ?? lost;
    },
    tell: (event, input) => void told.push({ event, input }),
    listen: (added) => void listeners.push(...(Object.entries(added) as typeof listeners)),
    onState(listener) {
      listener(isUp);
      onStates.push(listener);
    },
    reconnect: () => void reconnects++,
    close: () => undefined,
  };
  return {
    link,
    answers,
    asked,
    told,
    reconnects: () => reconnects,
    setUp(next: boolean) {
      isUp = next;
      for (const listener of onStates) listener(next);
    },
    news<E extends keyof ServerToVisitor>(event: E, news: Parameters<ServerToVisitor[E]>[0]) {
      for (const [name, listener] of listeners) if (name === event) listener(news as never);
    },
  };
}

/** A clock that moves only when told to, and a die that always shows the middle. */
export function fakeClock(startAt: number) {
  let now = startAt;
  let timers: { at: number; act: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    after(ms, act) {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    random: () => 0.5,
  };
  return {
    clock,
    /** Lets time pass, with everything that falls due in between in order, and what is promised settled each time. */
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        await settled();
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.act();
      }
      now = end;
      await settled();
    },
  };
}

/** Every promise that can settle without time passing has settled. */
export async function settled() {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

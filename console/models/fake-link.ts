import type { Answer } from "../../shared/protocol/errors.ts";
import type { RepAsks, RepNews, RepTells } from "../../shared/protocol/rep-events.ts";
import type { LinkState, RepLink } from "../ports.ts";

type AskName = keyof RepAsks;
type Answers = {
  [E in AskName]?: (input: RepAsks[E]["input"]) => AnswerOf<E> | Promise<AnswerOf<E>>;
};
type AnswerOf<E extends AskName> = Answer<RepAsks[E]["answer"]>;

/** A link whose other end is the test or the gallery. */
export type FakeLink = RepLink & {
  /** How questions are answered; a missing one answers `unavailable`. */
  answers: Answers;
  asked: { event: AskName; input: unknown }[];
  told: { event: keyof RepTells; input: unknown }[];
  renewals: number;
  up(): void;
  down(): void;
  refuse(code: Extract<LinkState, { kind: "refused" }>["code"]): void;
  say<E extends keyof RepNews>(event: E, news: RepNews[E]): void;
  inputsOf<E extends AskName>(event: E): RepAsks[E]["input"][];
};

export function createFakeLink(answers: Answers = {}): FakeLink {
  let isUp = false;
  const stateListeners = new Set<(state: LinkState) => void>();
  const newsListeners = new Map<string, Set<(news: never) => void>>();
  const set = (state: LinkState) => {
    isUp = state.kind === "up";
    for (const listen of [...stateListeners]) listen(state);
  };
  const fake: FakeLink = {
    answers,
    asked: [],
    told: [],
    renewals: 0,
    async ask(event, input) {
      if (!isUp) return { ok: false, code: "unavailable" };
      fake.asked.push({ event, input });
      const answer = fake.answers[event];
      return answer ? await answer(input) : { ok: false, code: "unavailable" };
    },
    tell(event, input) {
      fake.told.push({ event, input });
    },
    onNews(event, listen) {
      const listeners = newsListeners.get(event) ?? new Set();
      newsListeners.set(event, listeners);
      listeners.add(listen as (news: never) => void);
      return () => listeners.delete(listen as (news: never) => void);
    },
    onState(listen) {
      stateListeners.add(listen);
      return () => stateListeners.delete(listen);
    },
    open: () => set({ kind: "up" }),
    renew() {
      fake.renewals += 1;
      set({ kind: "down" });
      set({ kind: "up" });
    },
    close: () => set({ kind: "down" }),
    up: () => set({ kind: "up" }),
    down: () => set({ kind: "down" }),
    refuse: (code) => set({ kind: "refused", code }),
    say(event, news) {
      for (const listen of [...(newsListeners.get(event) ?? [])]) (listen as (news: unknown) => void)(news);
    },
    inputsOf: (event) =>
      fake.asked
        .filter((ask) => ask.event === event)
        .map((ask) => ask.input as RepAsks[typeof event]["input"]),
  };
  return fake;
}

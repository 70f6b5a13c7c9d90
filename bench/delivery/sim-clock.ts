import type { Seeded } from "../../server/promises/seeded.ts";

/** Time of a simulated world: nothing happens but what was put into it, in order, and it passes at once. */
export type SimClock = {
  now(): number;
  /** Returns what takes it back. */
  after(ms: number, act: () => void): () => void;
  random(): number;
  /** Lives through everything until then. */
  runUntil(end: number): Promise<void>;
};

type Event = { at: number; order: number; act: (() => void) | null };

export function createSimClock(seeded: Seeded): SimClock {
  const start = Date.UTC(2026, 9, 5, 10);
  const heap: Event[] = [];
  let now = start;
  let order = 0;

  const isBefore = (a: Event, b: Event) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function push(event: Event) {
    let index = heap.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(event, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = event;
  }

  function pop(): Event | undefined {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const left = heap[child];
      if (left === undefined) break;
      const right = heap[child + 1];
      if (right !== undefined && isBefore(right, left)) child += 1;
      const smaller = heap[child] ?? left;
      if (!isBefore(smaller, last)) break;
      heap[index] = smaller;
      index = child;
    }
    heap[index] = last;
    return first;
  }

  return {
    now: () => now,
    after(ms, act) {
      const event: Event = { at: now + Math.max(0, ms), order: order++, act };
      push(event);
      return () => {
        event.act = null;
      };
    },
    random: seeded.fraction,
    async runUntil(end) {
      while (heap[0] !== undefined && heap[0].at <= start + end) {
        const event = pop();
        if (event === undefined || event.act === null) continue;
        now = event.at;
        event.act();
        // Whatever only waits for promises goes on before the next thing happens.
        await new Promise((resolve) => setImmediate(resolve));
      }
      now = start + end;
    },
  };
}

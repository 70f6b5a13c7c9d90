/**
 * One line of the table that `npm run bench` prints. A measurement is a file `bench/<name>.bench.ts` that exports
 * `name: string` and `measure: () => Promise<Row[]>`; each runs in a process of its own, with `gc` exposed.
 * Ratios are taken within one run, so that a slow machine does not fail a fast program.
 */
export type Row = {
  what: string;
  ours: number;
  /** What we compare with, in the same unit, in the same run; null for a plain limit. */
  baseline: number | null;
  unit: string;
  /** The number that the budget is about. */
  ratio: number;
  /** The budget in words, such as `>= 3000 x faster`. */
  budget: string;
  ok: boolean;
  note?: string;
};

/** The middle of several runs of the same thing, in milliseconds. */
export function medianTime(runs: number, work: () => unknown): number {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1] ?? 0;
}

/** The middle value; of an even number of them, the upper one of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

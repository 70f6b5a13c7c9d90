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

/**
 * CPU that one run of `work` uses on average, in milliseconds, garbage collection included: on a busy machine it says
 * more than the clock.
 */
export function cpuTime(runs: number, work: () => unknown): number {
  const start = process.cpuUsage();
  for (let run = 0; run < runs; run++) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / runs;
}

/** The middle value; of an even number of them, the upper one of the two in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

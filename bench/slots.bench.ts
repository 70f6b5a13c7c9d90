import { poolSlots } from "../server/meetings/slots.ts";
import { createZones } from "../shared/time/zone.ts";
import { cpuTime, type Row } from "./row.ts";
import { luxonSlots } from "./slots-luxon.ts";
import { poolScenario } from "./slots-scenario.ts";

export const name = "slots";

export async function measure(): Promise<Row[]> {
  const zones = createZones();
  const work = (members: number, days: number) => {
    const { pool, asked } = poolScenario(members, days);
    return () => poolSlots(pool, zones, asked);
  };
  const { pool, asked } = poolScenario(50, 60);
  const usual = work(50, 60);
  cpuTime(300, usual);

  const ours = cpuTime(500, usual);
  let expected: number[] = [];
  const luxon = cpuTime(1, () => {
    expected = luxonSlots(pool, asked);
  });
  const found = poolSlots(pool, zones, asked).starts;
  const same = found.length === expected.length && found.every((start, index) => start === expected[index]);

  const morePeople = growth(work(50, 60), work(200, 60)) / 4;
  const moreDays = growth(work(50, 45), work(50, 180)) / 4;
  return [
    {
      what: "slots of 50 reps, 60 days, 200 events each, against plain luxon",
      ours,
      baseline: luxon,
      unit: "ms CPU",
      ratio: luxon / ours,
      budget: ">= 3000 x faster, same slots",
      ok: luxon / ours >= 3000 && same,
      note: same ? `${found.length} slots, the same` : "the slots differ",
    },
    linear("time per rep, 200 reps against 50", morePeople),
    linear("time per day, 180 days against 45", moreDays),
  ];
}

/** How much more the large work costs; in turns, so that both meet the same weather. */
function growth(small: () => unknown, large: () => unknown): number {
  let [smallMs, largeMs] = [0, 0];
  for (let round = 0; round < 12; round++) {
    const isWarm = round > 1;
    const [a, b] = [cpuTime(40, small), cpuTime(10, large)];
    if (isWarm) smallMs += a;
    if (isWarm) largeMs += b;
  }
  return largeMs / smallMs;
}

function linear(what: string, ratio: number): Row {
  return { what, ours: ratio, baseline: 1, unit: "x", ratio, budget: "<= 1.5 (linear)", ok: ratio <= 1.5 };
}

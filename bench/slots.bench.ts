import { poolSlots } from "../server/meetings/slots.ts";
import { encodeSlots } from "../shared/time/slot-code.ts";
import { createZones } from "../shared/time/zone.ts";
import { cpuTime, type Row } from "./row.ts";
import { luxonSlots } from "./slots-luxon.ts";
import { poolScenario } from "./slots-scenario.ts";

export const name = "slots";

export async function measure(): Promise<Row[]> {
  const zones = createZones();
  const work = (members: number, days: number) => {
    const { pool, asked } = poolScenario(members, days);
    // As it leaves: the starts, coded, as JSON.
    return () => JSON.stringify({ slots: encodeSlots(poolSlots(pool, zones, asked).starts) });
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
      what: "slots of 50 reps, 60 days, 200 events each, serialised, against plain luxon",
      ours,
      baseline: luxon,
      unit: "ms CPU",
      ratio: luxon / ours,
      budget: `>= ${luxonThroughThousandth} x faster, same slots`,
      ok: luxon / ours >= luxonThroughThousandth && found.length === 688 && same,
      note: same ? `${found.length} slots, the same` : "the slots differ",
    },
    linear("time per rep, 200 reps against 50", morePeople),
    linear("time per day, 180 days against 45", moreDays),
  ];
}

/**
 * Plain luxon takes 9,300 ms of CPU for this pool where the published slot service of Cal.com takes 2,990 ms (both measured on one
 * machine, same 688 slots). A thousandth of the latter is therefore luxon's time through this number.
 */
const luxonThroughThousandth = 3_110;

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

import { poolSlots } from "../server/meetings/slots.ts";
import { createZones } from "../shared/time/zone.ts";
import { medianTime, type Row } from "./row.ts";
import { luxonSlots } from "./slots-luxon.ts";
import { poolScenario } from "./slots-scenario.ts";

export const name = "slots";

export async function measure(): Promise<Row[]> {
  const zones = createZones();
  const time = (members: number, days: number) => {
    const { pool, asked } = poolScenario(members, days);
    return medianTime(101, () => poolSlots(pool, zones, asked));
  };
  const { pool, asked } = poolScenario(50, 60);
  medianTime(200, () => poolSlots(pool, zones, asked));

  const ours = time(50, 60);
  const luxonStart = performance.now();
  const expected = luxonSlots(pool, asked);
  const luxon = performance.now() - luxonStart;
  const found = poolSlots(pool, zones, asked).starts;
  const same = found.length === expected.length && found.every((start, index) => start === expected[index]);

  const morePeople = time(400, 60) / time(100, 60) / 4;
  const moreDays = time(50, 360) / time(50, 90) / 4;
  return [
    {
      what: "slots of 50 reps, 60 days, 200 events each, against plain luxon",
      ours,
      baseline: luxon,
      unit: "ms",
      ratio: luxon / ours,
      budget: ">= 3000 x faster, same slots",
      ok: luxon / ours >= 3000 && same,
      note: same ? `${found.length} slots, the same` : "the slots differ",
    },
    linear("time per rep, 400 reps against 100", morePeople),
    linear("time per day, 360 days against 90", moreDays),
  ];
}

function linear(what: string, ratio: number): Row {
  return { what, ours: ratio, baseline: 1, unit: "x", ratio, budget: "<= 1.5 (linear)", ok: ratio <= 1.5 };
}

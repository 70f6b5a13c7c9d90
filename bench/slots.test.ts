import { expect, it } from "vitest";
import { memberSlots, poolSlots } from "../server/meetings/slots.ts";
import { createZones } from "../shared/time/zone.ts";
import { luxonMemberSlots, luxonSlots } from "./slots-luxon.ts";
import { poolScenario } from "./slots-scenario.ts";

const zones = createZones();

it("a pool around the world gets the slots that plain luxon finds, up to the autumn change", () => {
  const { pool, asked } = poolScenario(12, 18, [
    "America/New_York",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Asia/Tokyo",
  ]);
  const found = poolSlots(pool, zones, asked);
  expect(found.starts).toEqual(luxonSlots(pool, asked));
  expect(found.starts.length).toBeGreaterThan(200);
});

it("a member with overrides and several spans gets the slots that plain luxon finds", () => {
  const { pool, asked } = poolScenario(1, 20);
  const [first] = pool;
  if (!first) throw new Error("the scenario is empty");
  const overrides = [
    { day: "2026-10-07", spans: [] },
    { day: "2026-10-10", spans: [{ start: 610, end: 735 }] },
  ];
  const weekly = first.hours.weekly.map(({ weekday }) => ({
    weekday,
    spans: [
      { start: 490, end: 720 },
      { start: 780, end: 1000 },
    ],
  }));
  const member = { ...first, hours: { ...first.hours, overrides, weekly } };
  expect(memberSlots(member, zones, asked)).toEqual(luxonMemberSlots(member, asked));
});

import fc from "fast-check";
import { expect, it } from "vitest";
import { MINUTE } from "./local-day.ts";
import { decodeSlots, encodeSlots } from "./slot-code.ts";

const anyStarts = fc
  .uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 60 })
  .map((fives) => fives.sort((a, b) => a - b).map((five) => Date.UTC(2026, 10, 1) + five * 5 * MINUTE));

it("slots survive the code, whatever the gaps", () => {
  fc.assert(
    fc.property(anyStarts, (starts) => {
      expect(decodeSlots(encodeSlots(starts))).toEqual(starts);
    }),
    { seed: 4 },
  );
});

it("even runs are counted, so that sixty full days stay small", () => {
  const starts = Array.from({ length: 60 * 16 }, (_, index) => {
    const day = Math.floor(index / 16);
    return Date.UTC(2026, 10, 1 + day, 9) + (index % 16) * 30 * MINUTE;
  });
  const code = encodeSlots(starts);
  expect(decodeSlots(code)).toEqual(starts);
  expect(code.length).toBeLessThan(500);
});

it("a code that counts without end is cut, and no slots are no text", () => {
  expect(decodeSlots("1~zzzzzzz").length).toBe(120_000);
  expect(encodeSlots([])).toBe("");
  expect(decodeSlots("")).toEqual([]);
});

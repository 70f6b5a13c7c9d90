import { expect, it } from "vitest";
import { inkOn, onColor } from "./brand.ts";

// Contrast written a second time, straight from WCAG 2, as the judge.
function contrast(one: string, other: string): number {
  const light = (hex: string) => {
    const full = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
    const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
      const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const [a, b] = [light(one), light(other)];
  return Math.max(a, b) / Math.min(a, b);
}

const colors = [
  "#000000",
  "#ffffff",
  "#3b5bdb",
  "#ffd43b",
  "#ff0000",
  "#00ff00",
  "#0000ff",
  "#777777",
  "#808080",
  "#12b886",
];

it("writes readably on any site's colour", () => {
  for (const color of colors) expect(contrast(onColor(color), color)).toBeGreaterThan(4.4);
});

it("makes any site's colour readable as text, by day and by night", () => {
  for (const color of colors) {
    for (const ground of ["#ffffff", "#f5f6f8", "#16181f", "#262a35"])
      expect(contrast(inkOn(color, ground), ground)).toBeGreaterThanOrEqual(4.5);
  }
});

it("leaves a colour alone that can be read already", () => {
  expect(inkOn("#3b5bdb", "#ffffff")).toBe("#3b5bdb");
});

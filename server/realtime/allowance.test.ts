import { expect, it } from "vitest";
import { AppError } from "../errors.ts";
import { createAllowance } from "./allowance.ts";

it("gives each its turns, says how long to wait, and gives new ones in the next window", () => {
  let now = 60_000;
  const allowance = createAllowance({ points: 2, seconds: 60 }, () => now);
  const takes = (key: string) => {
    try {
      allowance.take(key);
      return null;
    } catch (error) {
      return error instanceof AppError ? error.details.retryAfterMs : error;
    }
  };
  now = 61_000;
  expect([takes("a"), takes("a"), takes("a"), takes("b")]).toEqual([null, null, 59_000, null]);
  now = 119_999;
  expect(takes("a")).toBe(1);
  now = 120_000;
  expect(takes("a")).toBeNull();
});

import { expect, test } from "vitest";
import { doorOf } from "./door.ts";

test("a door is known by its path, and its secret is what stands behind the hash", () => {
  expect(doorOf("/console/join", "#abc")).toEqual({ kind: "join", secret: "abc" });
  expect(doorOf("/console/first-run", "")).toEqual({ kind: "first-run", secret: "" });
  expect(doorOf("/console/joined", "#abc")).toBe(null);
  expect(doorOf("/console/join/more", "#abc")).toBe(null);
  expect(doorOf("/console", "#abc")).toBe(null);
});

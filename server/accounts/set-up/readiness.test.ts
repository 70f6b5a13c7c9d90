import { expect, it } from "vitest";
import { readiness } from "./readiness.ts";

const ready = { firstName: "Robin", isProfileConfirmed: true, isZoneConfirmed: true };

it("is there once a name, the profile and the zone are", () => {
  expect(readiness(ready)).toEqual({ isReady: true, reasons: [] });
});

it("names everything that is missing, in the order in which it is mended", () => {
  expect(readiness({ firstName: " ", isProfileConfirmed: false, isZoneConfirmed: false })).toEqual({
    isReady: false,
    reasons: ["name", "profile", "zone"],
  });
  expect(readiness({ ...ready, firstName: "" }).reasons).toEqual(["name"]);
  expect(readiness({ ...ready, isProfileConfirmed: false }).reasons).toEqual(["profile"]);
  expect(readiness({ ...ready, isZoneConfirmed: false }).reasons).toEqual(["zone"]);
});

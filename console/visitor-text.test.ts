import { describe, expect, test } from "vitest";
import { visitorName } from "./visitor-text.ts";

describe("a visitor is called", () => {
  test("by name, else by address, else by the city of the zone", () => {
    const zone = "America/New_York";
    expect(visitorName({ name: "Ada", email: "ada@guest.example", zone })).toBe("Ada");
    expect(visitorName({ name: null, email: "ada@guest.example", zone })).toBe("ada@guest.example");
    expect(visitorName({ name: null, email: null, zone })).toBe("Visitor from New York");
  });

  test("just a visitor where the zone names no place or is not known", () => {
    for (const zone of ["UTC", "Etc/UTC", "Etc/GMT+3", null]) {
      expect(visitorName({ name: null, email: null, zone })).toBe("Visitor");
    }
    expect(visitorName({ name: null })).toBe("Visitor");
  });
});

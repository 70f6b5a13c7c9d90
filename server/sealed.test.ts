import { describe, expect, it } from "vitest";
import { type SealedFor, seal, unseal } from "./sealed.ts";

const key = "a key of the tests, long enough to count";
const ours: SealedFor = ["workspace", "provider", "row"];

describe("a sealed secret", () => {
  it("opens again where it belongs, and looks different each time", () => {
    const sealed = seal(key, ours, "s3cret ✓");
    expect(unseal(key, ours, sealed)).toBe("s3cret ✓");
    expect(sealed.toString("latin1")).not.toContain("s3cret");
    expect(seal(key, ours, "s3cret ✓").equals(sealed)).toBe(false);
  });

  it("opens nowhere else: not in another row or workspace, not by another key, not altered or cut", () => {
    const sealed = seal(key, ours, "s3cret");
    expect(unseal(key, ["other", "provider", "row"], sealed)).toBe(null);
    expect(unseal(key, ["workspace", "provider", "row 2"], sealed)).toBe(null);
    expect(unseal(key, ["workspace", "provid", "errow"], sealed)).toBe(null);
    expect(unseal(`${key}!`, ours, sealed)).toBe(null);
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(unseal(key, ours, altered), String(at)).toBe(null);
    }
    expect(unseal(key, ours, sealed.subarray(0, 20))).toBe(null);
  });
});

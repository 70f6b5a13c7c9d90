import { describe, expect, it } from "vitest";
import { createOriginCheck } from "./origins.ts";

describe("our own origins", () => {
  it("are exactly the public one on a real host", () => {
    const check = createOriginCheck({ publicUrl: "https://chat.example.com" });
    expect(check.isOurs("https://chat.example.com")).toBe(true);
    for (const other of [
      "http://chat.example.com",
      "https://chat.example.com:8443",
      "https://evil.chat.example.com",
      "https://chat.example.com.evil.test",
      "https://example.com",
      "null",
      "",
    ]) {
      expect(check.isOurs(other), other).toBe(false);
    }
  });

  it("are every spelling of this machine with the same port on loopback", () => {
    const check = createOriginCheck({ publicUrl: "http://127.0.0.1:3000" });
    expect(check.isOurs("http://localhost:3000")).toBe(true);
    expect(check.isOurs("http://127.0.0.1:3000")).toBe(true);
    expect(check.isOurs("http://[::1]:3000")).toBe(true);
    expect(check.isOurs("http://localhost:3001")).toBe(false);
    expect(check.isOurs("https://localhost:3000")).toBe(false);
    expect(check.isOurs("http://shop.localhost:3000")).toBe(false);
  });
});

describe("a request", () => {
  const check = createOriginCheck({ publicUrl: "https://chat.example.com" });

  it("comes from our page when its origin is ours, or the browser says same-origin without naming one", () => {
    expect(check.isFromOurPage({ origin: "https://chat.example.com" })).toBe(true);
    expect(check.isFromOurPage({ "sec-fetch-site": "same-origin" })).toBe(true);
  });

  it("does not when another origin is named, whatever else it says", () => {
    expect(check.isFromOurPage({ origin: "https://shop.example.com", "sec-fetch-site": "same-origin" })).toBe(
      false,
    );
    expect(check.isFromOurPage({ "sec-fetch-site": "same-site" })).toBe(false);
    expect(check.isFromOurPage({ "sec-fetch-site": "none" })).toBe(false);
    expect(check.isFromOurPage({})).toBe(false);
  });
});

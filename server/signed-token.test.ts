import { expect, it } from "vitest";
import { readToken, signToken } from "./signed-token.ts";

const KEY = "0123456789abcdef0123456789abcdef";
const NOW = Date.UTC(2026, 10, 1);
const token = signToken(KEY, "meeting_link", ["one", "zwei ö"], NOW + 60_000);

it("what was signed is read back until it expires", () => {
  expect(readToken(KEY, "meeting_link", token, NOW)).toEqual({ ok: true, fields: ["one", "zwei ö"] });
  expect(readToken(KEY, "meeting_link", token, NOW + 60_000)).toEqual({ ok: false, code: "expired" });
  expect(token).toMatch(/^[A-Za-z0-9._~-]+$/);
});

it("a token for something else, of another key, altered or cut is refused", () => {
  const [body = "", signature = ""] = token.split(".");
  const forged = Buffer.from(JSON.stringify([9_999_999_999, "two"])).toString("base64url");
  const refused = { ok: false, code: "bad_signature" };
  expect(readToken(KEY, "slots_offer", token, NOW)).toEqual(refused);
  expect(readToken(`${KEY}x`, "meeting_link", token, NOW)).toEqual(refused);
  for (const bad of [
    "",
    ".",
    body,
    `${body}.`,
    `${token}.`,
    `${forged}.${signature}`,
    `${body}.${signature.slice(0, -2)}`,
  ]) {
    expect(readToken(KEY, "meeting_link", bad, NOW)).toEqual(refused);
  }
});

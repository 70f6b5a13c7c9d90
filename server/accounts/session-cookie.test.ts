import { expect, it } from "vitest";
import {
  formatEndedCookie,
  formatSessionCookie,
  mintToken,
  readSessionToken,
  sessionCookieFor,
} from "./session-cookie.ts";

const overHttps = sessionCookieFor("https://chat.example.com");
const onThisMachine = sessionCookieFor("http://127.0.0.1:3000");

it("is bound to the host over HTTPS, and has a plain name where browsers would refuse that", () => {
  expect(formatSessionCookie(overHttps, "abc")).toBe(
    "__Host-foyer=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure",
  );
  expect(formatSessionCookie(onThisMachine, "abc")).toBe(
    "foyer=abc; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax",
  );
  expect(formatEndedCookie(overHttps)).toContain("__Host-foyer=; Path=/; Max-Age=0;");
});

it("is found among others, and nowhere else", () => {
  const token = mintToken();
  expect(readSessionToken(overHttps, `a=b; __Host-foyer=${token}; c`)).toBe(token);
  expect(readSessionToken(overHttps, `foyer=${token}; x__Host-foyer=${token}`)).toBe(null);
  expect(readSessionToken(onThisMachine, `foyer=${token}`)).toBe(token);
  for (const header of [
    undefined,
    "",
    "foyer",
    "foyer=",
    "foyer=short",
    `foyer="${token}"`,
    `foyer=${token}x`,
  ])
    expect(readSessionToken(onThisMachine, header), String(header)).toBe(null);
});

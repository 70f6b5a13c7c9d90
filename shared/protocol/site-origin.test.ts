import { expect, it } from "vitest";
import { isOrigin, readOrigin } from "./site-origin.ts";

it.each([
  ["https://www.example.com", "https://www.example.com", []],
  ["https://www.example.com/", "https://www.example.com", []],
  ["  WWW.Example.com ", "https://www.example.com", ["scheme_added"]],
  ["example.com/prices?plan=2#top", "https://example.com", ["scheme_added", "path_cut"]],
  ["http://shop.example:8080/a", "http://shop.example:8080", ["path_cut"]],
  ["https://example.com:443", "https://example.com", []],
  ["localhost:8080", "http://localhost:8080", ["scheme_added"]],
  ["127.0.0.1:3000/x", "http://127.0.0.1:3000", ["scheme_added", "path_cut"]],
  ["http://intranet", "http://intranet", []],
  ["https://müller.example", "https://xn--mller-kva.example", []],
])("reads %s as %s", (typed, origin, changes) => {
  expect(readOrigin(typed)).toEqual({ ok: true, origin, changes });
});

it.each([
  ["", "empty"],
  ["   ", "empty"],
  ["https://*.example.com", "wildcard"],
  ["*", "wildcard"],
  ["ftp://example.com", "scheme"],
  ["https://me:secret@example.com", "login"],
  ["our website", "no_address"],
  ["example", "no_address"],
  ["https://", "no_address"],
  ["https://example.com; script-src data:", "no_address"],
  ["https://example..com", "no_address"],
  ["null", "no_address"],
  [`https://${"a".repeat(400)}.com`, "no_address"],
])("refuses %s: %s", (typed, problem) => {
  expect(readOrigin(typed)).toEqual({ ok: false, problem });
});

it("takes for an origin only what browsers would send as one", () => {
  expect(isOrigin("https://shop.example")).toBe(true);
  for (const text of [
    "https://shop.example/",
    "HTTPS://shop.example",
    "shop.example",
    "https://shop.example:443",
  ])
    expect(isOrigin(text), text).toBe(false);
});

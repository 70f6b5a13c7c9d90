import { expect, it } from "vitest";
import { beaconSchema } from "./beacon.ts";
import { consoleRouteSchemas } from "./console-routes.ts";
import { emailField, lineField, pageUrlField, textField } from "./fields.ts";
import { limits } from "./limits.ts";

const isTaken = (field: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  field.safeParse(value).success;

it("keeps emoji, and drops halves of one, controls and bidi overrides", () => {
  expect(textField(100).parse("a \u{1f3a7}b\ud83ac\udfa7\u0000\u202ed")).toBe("a \u{1f3a7}bcd");
  expect(isTaken(textField(100), "\ud83a\u0007 ")).toBe(false);
  expect(lineField(100).parse(" one\r\ntwo ")).toBe("one two");
});

it("takes pages whose path holds an @, and none with credentials or of another kind", () => {
  for (const url of [
    "https://shop.example",
    "https://shop.example/@ada/post?to=a@b.example#c@d",
    "http://localhost:3001/p/@scope/name@1.2",
    "https://shop.example?q=1",
  ])
    expect(pageUrlField.parse(url)).toBe(url);
  for (const url of [
    "https://ada:secret@shop.example/",
    "https://ada@shop.example",
    "javascript:alert(1)",
    "file:///etc",
    "",
  ])
    expect(isTaken(pageUrlField, url), url).toBe(false);
  expect(pageUrlField.parse(`https://shop.example/${"a".repeat(5_000)}`)).toHaveLength(limits.urlChars);
});

it("refuses no visitor for the title of a page", () => {
  const page = { site: "key", credential: null, event: "hello", url: "https://shop.example/", referrer: "" };
  const beacon = { ...page, zone: null, language: null, screenWidth: 400 };
  const title = (value: string) => beaconSchema.parse({ ...beacon, title: value }).title;
  expect(title("\u00a0")).toBe("");
  expect(title("Rooms\n and\u0000 prices")).toBe("Rooms and prices");
  // Cut in the middle of an emoji.
  expect(title(`${"a".repeat(limits.titleChars - 1)}\u{1f3a7}`)).toBe("a".repeat(limits.titleChars - 1));
});

it("looks nothing up that a database refuses", () => {
  expect(consoleRouteSchemas["GET /api/search"].parse({ q: "a\u0000b" })).toEqual({ q: "ab" });
  expect(consoleRouteSchemas["POST /api/session"].parse({ email: "\u0000", password: "x" }).email).toBe("");
});

it("sends mail to one plain address only", () => {
  expect(emailField.parse(" ada@shop.example ")).toBe("ada@shop.example");
  for (const address of [
    "a@b.example\nc@d.example",
    "a b@c.example",
    "a@b",
    "<a@b.example>",
    "a@b.example,c@d.example",
  ])
    expect(isTaken(emailField, address), address).toBe(false);
});

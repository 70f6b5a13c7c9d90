import { expect, test } from "vitest";
import { type KeyPress, keyName } from "./keys.ts";

const press = (change: Partial<KeyPress>): KeyPress => ({
  key: "",
  code: "",
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...change,
});

test("Alt is read off the key's place, because with it some keyboards write another letter", () => {
  expect(keyName(press({ altKey: true, key: "å", code: "KeyA" }))).toBe("Alt+A");
});

test("plain keys are what they write; the browser's own combinations are left alone", () => {
  expect(keyName(press({ key: "?", code: "Slash", shiftKey: true }))).toBe("?");
  expect(keyName(press({ key: "r", code: "KeyR", ctrlKey: true }))).toBeNull();
  expect(keyName(press({ key: "r", code: "KeyR", metaKey: true }))).toBeNull();
});

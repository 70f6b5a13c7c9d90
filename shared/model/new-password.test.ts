import { expect, it } from "vitest";
import { passwordStrength } from "./new-password.ts";

const rules = { leastChars: 10, about: ["ada@analytical.example", "Ada", "Lovelace"] };

it("grows with what cannot be foretold", () => {
  const seen = ["grey", "grey cats", "grey cats 4", "four small grey cats"];
  expect(seen.map((password) => passwordStrength(password, rules))).toEqual([
    "too_short",
    "too_short",
    "good",
    "strong",
  ]);
});

it("is not taken in by runs, repeats and one's own name", () => {
  for (const password of [
    "1234567890123",
    "qwertyuiopasdf",
    "zzzzzzzzzzzzzz",
    "ada.lovelace.1815",
    "xyxyxyxyxyxyxy",
  ])
    expect(passwordStrength(password, rules), password).toBe("weak");
});

it("calls no single word good, whatever stands around it", () => {
  for (const password of ["password12", "Sunshine2026!", "1basketball", "newcastles"])
    expect(passwordStrength(password, rules), password).toBe("weak");
  expect(passwordStrength("correcthorsebattery", rules)).not.toBe("weak");
});

import { expect, it } from "vitest";
import { formatPhone, readPhone } from "./phone.ts";

const london = { zone: "Europe/London", language: "en-GB" };

it("reads a number by the country of the zone, else of the language", async () => {
  expect(await readPhone("020 7946 0000", london)).toBe("+442079460000");
  expect(await readPhone("030 901820", { zone: "Europe/Berlin", language: "en-GB" })).toBe("+4930901820");
  expect(await readPhone("(212) 555-0123", { zone: "America/New_York", language: "en" })).toBe(
    "+12125550123",
  );
  expect(await readPhone("020 7946 0000", { zone: "UTC", language: "en-GB" })).toBe("+442079460000");
});

it("takes the code in front of a number over any guess", async () => {
  expect(await readPhone("+44 20 7946 0000", { zone: "Europe/Berlin", language: "de-DE" })).toBe(
    "+442079460000",
  );
});

it("refuses what cannot be called", async () => {
  for (const text of ["call me", "12", "+", "+999 12345678", "020 7946 0000 0000 0000", "<script>"]) {
    expect(await readPhone(text, london), text).toBe(null);
  }
  expect(await readPhone("020 7946 0000", { zone: "UTC", language: "en" })).toBe(null);
});

it("writes it as it is dialled from abroad", async () => {
  expect(await formatPhone("+442079460000")).toBe("+44 20 7946 0000");
});

import { expect, it } from "vitest";
import { checkNewPassword, requireGoodPassword } from "./new-password.ts";

const about = ["imogen.hart@northwind.example", "Imogen", "Hart", "Northwind Traders"];

it("takes what is long and its owner's own, whatever characters it is made of", async () => {
  for (const password of [
    "four small grey cats",
    "correcthorsebatterystaple",
    "8301946275830",
    "welcome-to-foyer",
    "Imogen likes purple rain",
    "пять серых котов",
    "猫が四匹と犬が一匹います",
  ])
    expect(await checkNewPassword(password, about), password).toBe(null);
});

it("refuses short ones, however mixed", async () => {
  expect(await checkNewPassword("K8#x!pQ2z", about)).toBe("too_short");
  expect(await checkNewPassword("", about)).toBe("too_short");
});

it("refuses the commonest, in any case and with the usual trimmings", async () => {
  for (const password of [
    "password123",
    "PASSWORD123",
    "Qwertyuiop",
    "1234567890",
    "basketball",
    "Sunshine1!",
    "!!monkey2026",
    "aaaaaaaaaaaa",
    "abcabcabcabc",
    "1q2w3e4r5t",
  ])
    expect(await checkNewPassword(password, about), password).toBe("common");
});

it("refuses what others know of the person, however it is spelt", async () => {
  for (const password of [
    "imogen.hart@northwind.example",
    "ImogenHart2026",
    "northwind-traders",
    "1990imogén!!",
    "Hart.Imogen",
  ])
    expect(await checkNewPassword(password, about), password).toBe("about_you");
});

it("tells the page which rule it was", async () => {
  await expect(requireGoodPassword("basketball", about)).rejects.toMatchObject({
    code: "invalid_input",
    details: { field: "password", reason: "common" },
  });
});

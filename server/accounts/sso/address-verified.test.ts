import { expect, it } from "vitest";
import { isAddressVerified } from "./address-verified.ts";

const entra = "https://login.microsoftonline.com/6f1c3d2e-0000-4000-8000-000000000000/v2.0";

it.each([
  [{ iss: "https://id.example", email_verified: true }, true],
  [{ iss: "https://id.example", email_verified: "true" }, true],
  [{ iss: "https://id.example", email_verified: 1 }, false],
  [{ iss: "https://id.example", email_verified: false }, false],
  [{ iss: "https://id.example" }, null],
  [{ iss: "https://id.example", xms_edov: true }, null],
  [{ iss: "https://login.microsoftonline.com.evil.example/v2.0", xms_edov: true }, null],
  [{ iss: "http://login.microsoftonline.com/v2.0", xms_edov: true }, null],
  [{ iss: "not an address", xms_edov: true }, null],
  [{ iss: entra, xms_edov: true }, true],
  [{ iss: entra, xms_edov: "1" }, true],
  [{ iss: entra, xms_edov: 1 }, true],
  [{ iss: entra, xms_edov: false }, false],
  [{ iss: entra, xms_edov: "0" }, false],
  [{ iss: entra, xms_edov: null }, false],
  [{ iss: entra }, null],
  [{ iss: entra, xms_edov: true, email_verified: false }, false],
] as const)("%o says of its address: %s", (claims, answer) => {
  expect(isAddressVerified(claims)).toBe(answer);
});

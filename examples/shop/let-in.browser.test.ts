import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newPerson, openBrowser, type Person, picture, signIn } from "../driving/browser.ts";
import { type RunningFoyer, startFoyer } from "../driving/running-foyer.ts";

// An app and a phone that a signed-in person lets in.
let foyer: RunningFoyer;
let browser: Browser;
let imogen: Person;
const app = "Foyer for the Terminal";

beforeAll(async () => {
  foyer = await startFoyer();
  browser = await openBrowser();
  imogen = await newPerson(browser);
});
afterAll(async () => {
  await browser?.close();
  await foyer?.close();
});

async function post(path: string, form: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(foyer.url + path, { method: "POST", body: new URLSearchParams(form) });
  return (await response.json()) as Record<string, unknown>;
}

it("lets an app in from its link: sign in, look, press; and shows it in the list and the log", async () => {
  const codes = await post("/oauth/device_authorization", { client_id: app });
  const { page } = imogen;
  await page.goto(String(codes.verification_uri_complete).replace(/^https?:\/\/[^/]+/, foyer.url));
  await page.getByText("An app asks to be let in").waitFor();
  await page.getByRole("button", { name: /Imogen/ }).click();
  await page.getByRole("heading", { name: `${app} wants to sign in as you` }).waitFor();
  await page.getByText(String(codes.user_code)).waitFor();
  await picture(page, "let-in-1-question");
  await page.getByRole("button", { name: "Authorize" }).click();
  await page.getByText("The app is signed in").waitFor();
  const tokens = await post("/oauth/token", {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: String(codes.device_code),
    client_id: app,
  });
  const authorization = `Bearer ${String(tokens.access_token)}`;
  const asked = await fetch(`${foyer.url}/api/session`, { headers: { authorization } });
  expect(await asked.json()).toMatchObject({ member: { firstName: "Imogen" } });
  await page.goto(`${foyer.url}/console/settings/audit`);
  await page.getByText(`let the app ${app} in`).waitFor();
  await picture(page, "let-in-2-audit");
  await page.goto(`${foyer.url}/console/me/sign-in`);
  await page.getByRole("button", { name: `Sign out: ${app}` }).click();
  await expect
    .poll(async () => (await fetch(`${foyer.url}/api/session`, { headers: { authorization } })).status)
    .toBe(401);
});

it("signs a phone in by the code on the screen, once the person there has confirmed it", async () => {
  const { page } = imogen;
  const desk = page.url() === "about:blank" ? signIn(page, foyer.url, "Imogen") : Promise.resolve();
  await desk;
  await page.goto(`${foyer.url}/console/me/sign-in`);
  const made = page.waitForResponse((response) => response.url().endsWith("/api/phone-codes"));
  await page.getByRole("button", { name: "Show the code" }).click();
  const { link } = (await (await made).json()) as { link: string };
  await page.getByRole("img", { name: "Code to scan with a phone" }).waitFor();
  const phone = await newPerson(browser, { width: 390, height: 844 });
  await phone.page.goto(link.replace(/^https?:\/\/[^/]+/, foyer.url));
  await phone.page.getByRole("heading", { name: "Sign in as Imogen Hartley?" }).waitFor();
  await phone.page.getByRole("button", { name: "Sign in" }).click();
  const number = (await phone.page.locator(".phone-number").textContent()) ?? "";
  await page.getByText("Is this your phone?").waitFor();
  expect(await page.locator(".phone-number").textContent()).toBe(number);
  await picture(page, "let-in-3-phone");
  await page.getByRole("button", { name: "Yes, sign it in" }).click();
  await page.getByText(/^Signed in on Chrome/).waitFor();
  await phone.page.locator(".nav").waitFor();
  expect(phone.complaints).toEqual([]);
});

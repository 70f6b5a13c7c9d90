import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newPerson, openBrowser, type Person, picture, widgetFrame } from "../driving/browser.ts";
import { type OwnPage, serveOwnPage } from "../driving/own-page.ts";
import { startEmptyFoyer } from "../driving/running-foyer.ts";

// From the link that the server prints to the first chat on an own page, by nothing but what the screens say.
let foyer: Awaited<ReturnType<typeof startEmptyFoyer>>;
let browser: Browser;
let page: OwnPage;
let admin: Person;
let visitor: Person;

beforeAll(async () => {
  [foyer, browser, page] = await Promise.all([startEmptyFoyer(), openBrowser(), serveOwnPage()]);
  [admin, visitor] = await Promise.all([newPerson(browser), newPerson(browser)]);
});
afterAll(async () => {
  await browser?.close();
  await page?.close();
  await foyer?.close();
});

it("makes the workspace, its admin and its site in two steps", async () => {
  await admin.page.goto(foyer.firstRunUrl);
  await admin.page.getByLabel("Company name").fill("Marlow Ceramics");
  await admin.page.getByLabel("First name").fill("Petra");
  await admin.page.getByLabel("Last name").fill("Marlow");
  await admin.page.getByLabel("E-mail").fill("petra@marlow.example");
  await admin.page.getByLabel("Password", { exact: true }).fill("glaze and kiln at dawn");
  await picture(admin.page, "first-run-1-company");
  await admin.page.getByRole("button", { name: "Continue" }).click();
  await admin.page.getByRole("heading", { name: /where is your website/i }).waitFor();
  // A forgotten path and an own port: the screen takes the origin out of it and says so.
  await admin.page.getByRole("textbox").fill(`${page.url}/shop?from=mail`);
  await picture(admin.page, "first-run-2-site");
  await admin.page.getByRole("button", { name: "Create workspace" }).click();
  await admin.page.getByRole("heading", { name: /marlow ceramics is ready/i }).waitFor();
});

it("sees the tag on the own page while one looks", async () => {
  await admin.page.getByText(/waiting to see the tag/i).waitFor();
  await picture(admin.page, "first-run-3-waiting");
  page.paste(await admin.page.locator(".snippet-code").innerText());
  await visitor.page.goto(page.url);
  await admin.page.getByText(`Seen on ${page.url}`).waitFor();
  await picture(admin.page, "first-run-4-seen");
});

it("says where the tag is seen but not allowed, and lets it in once its address was read twice", async () => {
  const elsewhere = page.url.replace("localhost", "127.0.0.1");
  const stray = await newPerson(browser);
  await stray.page.goto(elsewhere);
  const allow = admin.page.getByRole("button", { name: new RegExp(elsewhere) });
  await allow.waitFor();
  await picture(admin.page, "first-run-5-refused");
  await allow.click();
  const yes = admin.page.getByRole("button", { name: "Yes, it is mine" });
  await picture(admin.page, "first-run-5-sure");
  await yes.click();
  await yes.waitFor({ state: "hidden" });
  await stray.context.close();
});

it("leads into a console where the first chat arrives", async () => {
  await admin.page.getByRole("button", { name: /go to the console/i }).click();
  await admin.page.getByRole("heading", { level: 1 }).waitFor();
  await picture(admin.page, "first-run-6-console");
  await visitor.page.reload();
  await visitor.page.getByRole("button", { name: /chat with us/i }).click();
  const chat = widgetFrame(visitor.page);
  await chat.getByRole("textbox", { name: /message/i }).fill("Do you make plates of 28 cm?");
  await chat.getByRole("textbox", { name: /message/i }).press("Enter");
  await admin.page.getByRole("button", { name: /^accept/i }).click();
  const reply = admin.page.getByRole("textbox", { name: /^write to/i });
  await reply.fill("We do, in four glazes.");
  await reply.press("Enter");
  await chat.getByText("We do, in four glazes.").first().waitFor();
  await picture(admin.page, "first-run-7-chat");
  await picture(visitor.page, "first-run-7-visitor");
  expect(admin.complaints).toEqual([]);
  expect(visitor.complaints).toEqual([]);
});

it("lets the link in nobody else", async () => {
  const late = await newPerson(browser);
  await late.page.goto(foyer.firstRunUrl);
  await late.page.getByRole("heading", { name: /this link is over/i }).waitFor();
  await late.context.close();
});

import type { Browser, FrameLocator } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newPerson, openBrowser, type Person, picture, signIn, widgetFrame } from "../driving/browser.ts";
import { type RunningFoyer, startFoyer } from "../driving/running-foyer.ts";

// The console against the real server: what a rep's day does to it.

let foyer: RunningFoyer;
let browser: Browser;
let imogen: Person;
let visitor: Person;
let chat: FrameLocator;

beforeAll(async () => {
  foyer = await startFoyer();
  browser = await openBrowser();
  [imogen, visitor] = await Promise.all([newPerson(browser), newPerson(browser)]);
  await signIn(imogen.page, foyer.url, "Imogen");
  // People of the demo walk around the shop too: this address is ours alone.
  await visitor.page.goto(`${foyer.shopUrl}?who=us`);
  chat = widgetFrame(visitor.page);
});

afterAll(async () => {
  await browser?.close();
  await foyer?.close();
});

const composer = () => imogen.page.getByRole("textbox", { name: /^write to/i });

it("starts a conversation from a card of the board, with ready-made first words", async () => {
  await imogen.page
    .locator(".row", { hasText: "/?who=us" })
    .getByRole("button", { name: "Start a conversation" })
    .click();
  await imogen.page.getByRole("button", { name: "Two-week trial" }).click();
  await imogen.page.getByRole("button", { name: "Start the conversation" }).click();
  await composer().waitFor();
  await picture(imogen.page, "console-pounced");
  await visitor.page.getByRole("button", { name: /chat/i }).first().click();
  await chat.getByText("borrow a Solo for two weeks").first().waitFor();
});

it("keeps two consoles of one rep in agreement", async () => {
  const second = await imogen.context.newPage();
  await second.goto(imogen.page.url());
  await composer().fill("Said in the first console");
  await composer().press("Enter");
  await second.getByText("Said in the first console").first().waitFor();
  await imogen.page.getByRole("switch", { name: /available/i }).click();
  await second.getByText("Nothing rings for you").first().waitFor();
  await second.getByRole("switch", { name: /available/i }).click();
  await imogen.page.getByText("Requests ring for you").first().waitFor();
  await second.close();
});

it("shows a lost link, keeps what is written, and sends it once the server is back, without a reload", async () => {
  await imogen.page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await foyer.stop();
  const banner = imogen.page.getByText("The link to the server is lost");
  await banner.waitFor();
  await composer().fill("Written while the server was away");
  await composer().press("Enter");
  await imogen.page.getByText("Waiting to send").waitFor();
  await picture(imogen.page, "console-lost");
  await foyer.restart();
  await banner.waitFor({ state: "detached", timeout: 30_000 });
  await chat.getByText("Written while the server was away").first().waitFor({ timeout: 20_000 });
  expect(await imogen.page.getByText("Written while the server was away").count()).toBeGreaterThan(0);
  expect(await imogen.page.evaluate(() => "isSamePage" in window)).toBe(true);
});

it("shows the sign-in when the session ended elsewhere, and keeps the draft", async () => {
  await composer().fill("half a thought");
  const other = await imogen.context.newPage();
  await other.goto(`${foyer.url}/console/board`);
  await other.getByRole("button", { name: "Sign out" }).click();
  await imogen.page.getByText("Your session has ended").waitFor();
  await picture(imogen.page, "console-ended");
  await imogen.page.getByRole("button", { name: /Imogen/ }).click();
  await composer().waitFor();
  expect(await composer().inputValue()).toBe("half a thought");
});

import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newPerson, openBrowser, picture, signIn, widgetFrame } from "../driving/browser.ts";
import { type RunningFoyer, startFoyer } from "../driving/running-foyer.ts";

// A rep speaks first: the visitor has not touched the launcher.

let foyer: RunningFoyer;
let browser: Browser;

beforeAll(async () => {
  [foyer, browser] = await Promise.all([startFoyer(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await foyer?.close();
});

it("shows the visitor who wrote and what, and opens at those words", async () => {
  const [rep, visitor] = await Promise.all([newPerson(browser), newPerson(browser)]);
  await signIn(rep.page, foyer.url, "Desmond");
  await visitor.page.goto(`${foyer.shopUrl}pricing.html?utm_source=newsletter`);
  await rep.page.getByText("utm_source=newsletter").click();
  await rep.page.getByRole("button", { name: "Start a conversation" }).last().click();
  const words = "Hi! Shall I work out an offer for your floor?";
  const box = rep.page.getByRole("dialog").getByRole("textbox");
  await box.fill(words);
  await box.press("Enter");

  const chat = widgetFrame(visitor.page);
  const teaser = chat.locator("#teaser");
  await teaser.getByText(words).waitFor({ timeout: 30_000 });
  await teaser.getByText("Desmond Okoro").waitFor();
  expect(await chat.locator("#app").isVisible()).toBe(false);
  const launcher = visitor.page.locator("foyer-widget button");
  await expect.poll(() => launcher.getAttribute("data-unread")).toBe("1");
  expect(await launcher.getAttribute("aria-label")).toContain("1 unread");
  await picture(visitor.page, "addressed-teaser");

  await teaser.getByText(words).click();
  await chat.getByRole("log").getByText(words).first().waitFor();
  expect(await teaser.isVisible()).toBe(false);
  await expect.poll(() => launcher.getAttribute("data-unread")).toBe("");
  await rep.page.getByText("Seen").first().waitFor();
  const composer = chat.getByRole("textbox", { name: /message/i });
  expect((await composer.boundingBox())?.height).toBeGreaterThan(20);
  await composer.fill("Please do.");
  await composer.press("Enter");
  await rep.page.getByText("Please do.").first().waitFor();
  expect(visitor.complaints).toEqual([]);
});

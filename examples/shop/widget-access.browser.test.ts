import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Frame, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPerson, openBrowser, picture, widgetFrame } from "../driving/browser.ts";
import { type RunningFoyer, startFoyer } from "../driving/running-foyer.ts";

// The widget by keyboard, by screen reader, on a phone and in the dark.

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let foyer: RunningFoyer;
let browser: Browser;

beforeAll(async () => {
  [foyer, browser] = await Promise.all([startFoyer(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await foyer?.close();
});

const launcher = (page: Page) => page.locator("foyer-widget button");
const chatFrame = (page: Page) =>
  page.frames().find((frame) => frame.url().includes("/frame?site=")) as Frame;

/** What axe calls serious or critical. */
async function findings(frame: Frame | Page, within = "html"): Promise<string[]> {
  await frame.evaluate(axeSource);
  return frame.evaluate(async (selector) => {
    const { axe } = window as unknown as {
      axe: {
        run(
          selector: string,
        ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run(selector);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, within);
}

describe.each(["light", "dark"] as const)("in the %s", (colorScheme) => {
  it("has nothing serious against it: launcher, start, chat, booker, form", async () => {
    const { page, context } = await newPerson(browser, { colorScheme });
    await page.goto(foyer.shopUrl);
    await launcher(page).click();
    const chat = widgetFrame(page);
    const composer = chat.getByRole("textbox", { name: /message/i });
    await composer.waitFor();
    await chat.getByText("Project Planner").waitFor();
    expect(await findings(page, "foyer-widget")).toEqual([]);
    expect(await findings(chatFrame(page))).toEqual([]);
    await composer.fill("Hello 👋 see https://example.com");
    await composer.press("Enter");
    await chat.getByText("Nobody is free right now").waitFor();
    expect(await findings(chatFrame(page))).toEqual([]);
    await picture(page, `access-chat-${colorScheme}`);
    await chat.getByRole("button", { name: "Book a time to meet" }).first().click();
    const times = chat.getByRole("button", { name: /^\d{1,2}:\d{2}/ });
    await times.first().waitFor();
    expect(await findings(chatFrame(page))).toEqual([]);
    await times.first().click();
    await chat.getByRole("textbox", { name: "Your name" }).waitFor();
    expect(await findings(chatFrame(page))).toEqual([]);
    await picture(page, `access-form-${colorScheme}`);
    await context.close();
  });
});

it("is used by keyboard alone, and gives the focus back", async () => {
  const { page, context } = await newPerson(browser);
  await page.goto(foyer.shopUrl);
  await launcher(page).focus();
  await page.keyboard.press("Enter");
  const chat = widgetFrame(page);
  const composer = chat.getByRole("textbox", { name: /message/i });
  await expect.poll(() => composer.evaluate((node) => node === document.activeElement)).toBe(true);
  await page.keyboard.type("First line");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("second line");
  await page.keyboard.press("Enter");
  await chat.getByText("First line\nsecond line").waitFor();
  expect(await composer.inputValue()).toBe("");
  await page.keyboard.press("Escape");
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.localName))
    .toBe("button");
  expect(await launcher(page).getAttribute("aria-expanded")).toBe("false");
  await page.keyboard.press("Enter");
  await expect.poll(() => composer.evaluate((node) => node === document.activeElement)).toBe(true);
  await context.close();
});

it("fills a phone's screen, does not make it zoom, and shows its launcher again when closed", async () => {
  const { page, context } = await newPerson(browser, { width: 390, height: 844 });
  await page.goto(foyer.shopUrl);
  await launcher(page).click();
  const chat = widgetFrame(page);
  await chat.getByRole("textbox", { name: /message/i }).waitFor();
  const frame = page.locator("foyer-widget iframe");
  expect(await frame.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  const sizes = await chatFrame(page).evaluate(() =>
    [...document.querySelectorAll("input, textarea, select")].map((node) => getComputedStyle(node).fontSize),
  );
  expect(sizes.every((size) => Number.parseFloat(size) >= 16)).toBe(true);
  await picture(page, "access-phone");
  await chat.getByRole("button", { name: "Close" }).click();
  await launcher(page).click({ trial: true });
  await context.close();
});

it("asks for an address once, keeps it, and says so", async () => {
  const { page, context } = await newPerson(browser);
  await page.goto(foyer.shopUrl);
  await launcher(page).click();
  const chat = widgetFrame(page);
  const composer = chat.getByRole("textbox", { name: /message/i });
  await composer.fill("Can somebody call me back?");
  await composer.press("Enter");
  await chat.getByRole("textbox", { name: /in case you have to leave/i }).fill("guest@guest.example");
  await chat.getByRole("button", { name: "Save" }).click();
  await chat.getByText("the answer goes to guest@guest.example").waitFor();
  expect(await chat.getByRole("button", { name: "Save" }).count()).toBe(0);
  await context.close();
});

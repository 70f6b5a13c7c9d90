import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Frame, FrameLocator, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPerson, openBrowser, picture, widgetFrame } from "../driving/browser.ts";
import { type RunningFoyer, startFoyer } from "../driving/running-foyer.ts";

// Booking without the chat: by the public link, and in an element of a customer's page. And in the chat, without a word in it.

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

type Where = Page | FrameLocator;
const aTime = /^\d{1,2}:\d{2}/;
const times = (where: Where) => where.getByRole("button", { name: aTime });
const inline = (page: Page) => page.frameLocator("#book iframe");

/** What axe calls serious or critical. */
async function findings(frame: Frame | Page): Promise<string[]> {
  await frame.evaluate(axeSource);
  return frame.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

async function fillForm(where: Where, email: string) {
  await where.getByRole("textbox", { name: "Your name" }).fill("Ada Lovelace");
  await where.getByRole("textbox", { name: "E-mail" }).fill(email);
  await where.getByRole("radio", { name: "11 to 40" }).check();
  await where.getByRole("button", { name: "Book this time" }).click();
}

describe("by the public link, on a phone", () => {
  it("shows times at once, asks what the type asks, confirms, and leads to where it can be moved", async () => {
    const { page, context, complaints } = await newPerson(browser, {
      width: 390,
      height: 844,
      timezoneId: "Europe/Berlin",
    });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${foyer.url}/m/larchwell-first-look?email=ada@guest.example`);
    await times(page).first().waitFor();
    expect(await page.title()).toBe("A first look at your rooms · Larchwell");
    // The times came with the page.
    expect(asked.filter((path) => path.startsWith("/visitor/"))).toEqual([]);
    expect(await findings(page)).toEqual([]);
    await picture(page, "public-1-times");
    const isCut = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(isCut).toBe(false);

    await page.getByRole("button", { name: /Choose in the month/ }).click();
    await page.getByRole("dialog").waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, "public-2-month");
    await page.keyboard.press("Escape");
    await page.getByRole("radio", { name: "15 minutes" }).check({ force: true });
    await expect.poll(() => asked.some((path) => path.endsWith("/slots"))).toBe(true);
    await page.getByRole("group", { name: "First free" }).getByRole("button").first().click();

    expect(await page.getByRole("textbox", { name: "E-mail" }).inputValue()).toBe("ada@guest.example");
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByText("Please tell us your name.").waitFor();
    expect(await findings(page)).toEqual([]);
    await picture(page, "public-3-form");
    await page.getByRole("textbox", { name: "Your name" }).fill("Ada Lovelace");
    await page.getByRole("button", { name: "Book this time" }).click();
    await page.getByText("Please answer this one too.").waitFor();
    await fillForm(page, "ada@guest.example");
    await page.getByRole("heading", { name: "Your meeting is booked" }).waitFor();
    expect(await page.getByRole("link", { name: "Join the meeting" }).getAttribute("href")).toMatch(
      /^https:\/\/meet\.example\//,
    );
    await page.getByText("Add to your calendar").click();
    expect(await findings(page)).toEqual([]);
    await picture(page, "public-4-booked");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Calendar file" }).click();
    expect((await download).suggestedFilename()).toBe("meeting.ics");

    const [manage] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("link", { name: /move, cancel/i }).click(),
    ]);
    await manage.getByRole("link", { name: "Join the meeting" }).waitFor();
    await manage.getByText("11 to 40").waitFor();
    await picture(manage, "public-5-manage");
    await manage.getByRole("button", { name: "Move it" }).click();
    await times(manage).first().waitFor();
    await picture(manage, "public-6-move");
    await times(manage).last().click();
    await manage.getByRole("button", { name: "Yes, move it" }).click();
    await manage.getByText("Your meeting was moved.").waitFor();
    await picture(manage, "public-7-moved");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("says in words of its own that there is no such page", async () => {
    const { page, context } = await newPerson(browser, { width: 390, height: 844 });
    await page.goto(`${foyer.url}/m/nothing-here`);
    await page.getByRole("heading", { name: "There is nothing to book here" }).waitFor();
    await picture(page, "public-gone");
    await context.close();
  });
});

it("is walked by keyboard alone, days and times as one stop each", async () => {
  const { page, context } = await newPerson(browser, { timezoneId: "Europe/Berlin" });
  await page.goto(`${foyer.url}/m/larchwell-first-look`);
  await times(page).first().waitFor();
  await picture(page, "wide-1-times");
  const pressed = () => page.locator(".fy-day-button[aria-pressed=true]");
  const before = await pressed().textContent();
  await pressed().focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => pressed().textContent()).not.toBe(before);
  expect(await pressed().evaluate((node) => node === document.activeElement)).toBe(true);
  await page.keyboard.press("Tab");
  expect(
    await times(page)
      .first()
      .evaluate((node) => node === document.activeElement),
  ).toBe(true);
  const second = await times(page).nth(1).textContent();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: new RegExp(`${/[\d:]+/.exec(second ?? "")?.[0]}`) }).waitFor();
  // The first field that is still empty.
  const name = page.getByRole("textbox", { name: "Your name" });
  await expect.poll(() => name.evaluate((node) => node === document.activeElement)).toBe(true);
  await context.close();
});

describe("in an element of a customer's page", () => {
  it("books under a strict policy, grows as it needs, and tells the page", async () => {
    const { page, context, complaints } = await newPerson(browser, { timezoneId: "Europe/Berlin" });
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto(new URL("examples/booking/", foyer.shopUrl).href);
    const book = inline(page);
    await times(book).first().waitFor();
    const frame = page.locator("#book iframe");
    // As tall as what it shows: nothing scrolls inside.
    const isWhole = () =>
      frame
        .evaluate((node, needed) => node.clientHeight === needed, 0)
        .then(async () => {
          const inner = page.frames().find((each) => each.url().endsWith("/inline"));
          return inner?.evaluate(() => document.documentElement.scrollHeight <= innerHeight);
        });
    await expect.poll(isWhole).toBe(true);
    await picture(page, "inline-1-times");
    const inner = page.frames().find((each) => each.url().endsWith("/inline"));
    expect(inner && (await findings(inner))).toEqual([]);
    const height = () => frame.evaluate((node) => node.clientHeight);
    // Neither side takes for the other whoever else can speak to it.
    const tall = await height();
    await page.evaluate(() => {
      for (const said of [{ type: "booked" }, { type: "size", height: 99 }])
        window.postMessage({ foyer: 1, ...said }, "*");
    });
    await inner?.evaluate(() => window.postMessage({ foyer: 1, type: "greet", name: "Mallory" }, "*"));
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await height()).toBe(tall);
    expect(await page.getByText("Nothing is booked yet.").count()).toBe(1);
    const before = await height();
    await times(book).first().click();
    expect(await book.getByRole("textbox", { name: "Your name" }).inputValue()).toBe("");
    await expect.poll(height).not.toBe(before);
    await fillForm(book, "inline@guest.example");
    await book.getByRole("heading", { name: "Your meeting is booked" }).waitFor();
    await page.getByText("A meeting was booked.").waitFor();
    await picture(page, "inline-2-booked");
    expect(complaints).toEqual([]);
    expect(said).toEqual([]);
    await page.evaluate(() => window.Foyer?.("destroy"));
    expect(await page.locator("iframe").count()).toBe(0);
    expect(await page.locator("#book").evaluate((node) => node.childNodes.length)).toBe(0);
    await context.close();
  });

  it.each(["examples/coep/", "examples/spa/", "examples/rtl/"])("stands on /%s too", async (path) => {
    const { page, context, complaints } = await newPerson(browser);
    await page.goto(new URL(path, foyer.shopUrl).href);
    await page.waitForFunction(() => window.Foyer?.isLoaded);
    await page.evaluate(() => {
      const place = document.createElement("div");
      place.id = "book";
      document.querySelector("main")?.append(place);
      window.Foyer?.("book", {
        type: "larchwell-first-look",
        el: place,
        name: "Ada",
        email: "ada@guest.example",
      });
      // Once more, as an application does that draws itself anew.
      window.Foyer?.("book", {
        type: "larchwell-first-look",
        el: place,
        name: "Ada",
        email: "ada@guest.example",
      });
    });
    await times(inline(page)).first().click();
    const name = inline(page).getByRole("textbox", { name: "Your name" });
    expect(await name.inputValue()).toBe("Ada");
    expect(await page.locator("#book iframe").count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("shows a link instead when the script for it, or the page itself, does not come", async () => {
    for (const lost of ["**/embed.js", "**/m/larchwell-first-look/inline"]) {
      const { page, context, complaints } = await newPerson(browser);
      await page.clock.install();
      await page.route(lost, (route) => route.abort());
      await page.goto(new URL("examples/booking/", foyer.shopUrl).href);
      const link = page.locator("#book a");
      for (let second = 0; second < 30 && (await link.count()) === 0; second++)
        await page.clock.runFor(1_000);
      expect(await link.getAttribute("href")).toBe(`${foyer.url}/m/larchwell-first-look`);
      expect(await page.locator("#book iframe").count()).toBe(0);
      expect(complaints.filter((text) => !text.includes("ERR_FAILED"))).toEqual([]);
      await context.close();
    }
  });
});

it("shows a meeting booked without a word in the chat after a reload, and where it is held", async () => {
  const { page, context, complaints } = await newPerson(browser, { timezoneId: "Europe/Berlin" });
  await page.goto(foyer.shopUrl);
  await page.waitForFunction(() => window.Foyer?.isLoaded);
  await page.evaluate(() => window.Foyer?.("book"));
  const chat = () => widgetFrame(page);
  await times(chat()).first().click();
  await chat().getByRole("textbox", { name: "Your name" }).fill("Ada Lovelace");
  await chat().getByRole("textbox", { name: "E-mail" }).fill("chat@guest.example");
  await picture(page, "chat-1-form");
  await chat().getByRole("button", { name: "Book this time" }).click();
  await chat().getByRole("heading", { name: "Your meeting is booked" }).waitFor();
  await picture(page, "chat-2-booked");
  await page.reload();
  await page.getByRole("button", { name: /chat with us/i }).click();
  await chat().getByText("Your meeting").waitFor();
  await chat().getByRole("link", { name: "Join the meeting" }).waitFor();
  await picture(page, "chat-3-after-reload");
  expect(complaints).toEqual([]);
  await context.close();
});

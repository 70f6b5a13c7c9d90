import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newPerson, openBrowser, widgetFrame } from "./driving/browser.ts";
import { type RunningFoyer, startFoyer } from "./driving/running-foyer.ts";

// Promise 7: the host page is never harmed. Every page that we can be embedded in, and what we leave on it.

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
const siteKey = "larchwell-demo";

/** Adds up the layout shifts of a page from its beginning. */
async function watchShifts(page: Page) {
  await page.addInitScript(() => {
    const told = window as { shifts?: number };
    told.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        told.shifts = (told.shifts ?? 0) + (entry as { value?: number } & PerformanceEntry).value!;
    }).observe({ type: "layout-shift", buffered: true });
  });
}
const shifts = (page: Page) => page.evaluate(() => (window as { shifts?: number }).shifts);

/** A page of the shop that is nothing but text, so that whatever else is on it is ours. */
const blankPage = () => new URL("/examples/spa/style.css", foyer.shopUrl).href;
const addTag = (page: Page) =>
  page.evaluate(
    ([src, site]) => {
      const script = document.createElement("script");
      script.src = src ?? "";
      script.async = true;
      script.dataset.site = site;
      document.head.append(script);
      return new Promise((resolve) => {
        script.onload = resolve;
      });
    },
    [`${foyer.url}/widget.js`, siteKey],
  );

describe.each([
  "",
  "examples/strict-csp/",
  "examples/trusted-types/",
  "examples/coep/",
  "examples/spa/",
  "examples/rtl/",
])("on /%s", (path) => {
  it("opens a chat without a word in the console and without moving anything", async () => {
    const { page, context, complaints } = await newPerson(browser);
    const warnings: string[] = [];
    page.on("console", (message) => warnings.push(message.text()));
    await watchShifts(page);
    await page.goto(new URL(path, foyer.shopUrl).href);
    await launcher(page).click();
    const composer = widgetFrame(page).getByRole("textbox", { name: /message/i });
    await composer.fill("Does it open here?");
    await composer.press("Enter");
    await widgetFrame(page).getByText("Sent").waitFor();
    expect(complaints).toEqual([]);
    expect(warnings).toEqual([]);
    expect(await shifts(page)).toBe(0);
    await context.close();
  });
});

it("notices navigation inside a page, and leaves the history's own functions alone", async () => {
  const { page, context } = await newPerson(browser);
  const told: { event: string; url: string }[] = [];
  await page.exposeFunction("hearBeacon", (text: string) => told.push(JSON.parse(text)));
  await page.addInitScript(() => {
    const { fetch: send } = window;
    window.fetch = async (address, options) => {
      const { hearBeacon } = window as unknown as { hearBeacon(text: string): void };
      if (options?.body instanceof Blob) hearBeacon(await options.body.text());
      return send(address, options);
    };
  });
  await page.goto(new URL("examples/spa/", foyer.shopUrl).href);
  await expect.poll(() => told.map(({ event }) => event)).toEqual(["hello"]);
  await page.evaluate(() => history.pushState(null, "", "?step=two"));
  await expect
    .poll(() => told.at(-1))
    .toMatchObject({ event: "page", url: expect.stringContaining("step=two") });
  expect(await page.evaluate(() => `${history.pushState}${history.replaceState}`)).not.toContain("=>");
  expect(await page.evaluate(() => /native code/.test(`${history.pushState}`))).toBe(true);
  await context.close();
});

it("runs calls made before it has loaded, in order", async () => {
  const { page, context } = await newPerson(browser);
  await page.goto(blankPage());
  await page.evaluate(() => {
    const page = window as unknown as {
      Foyer: ((...call: unknown[]) => void) & { q?: unknown[] };
      heard: string[];
    };
    page.heard = [];
    page.Foyer = (...call) => {
      page.Foyer.q = [...(page.Foyer.q ?? []), call];
    };
    page.Foyer("on", "ready", () => page.heard.push("ready"));
    page.Foyer("on", "opened", () => page.heard.push("opened"));
    page.Foyer("open");
  });
  await addTag(page);
  await widgetFrame(page)
    .getByRole("textbox", { name: /message/i })
    .waitFor();
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard))
    .toEqual(["ready", "opened"]);
  await context.close();
});

it("is one widget, whatever the number of tags", async () => {
  const { page, context } = await newPerson(browser);
  await page.goto(blankPage());
  await addTag(page);
  await launcher(page).waitFor();
  await addTag(page);
  await launcher(page).click();
  await widgetFrame(page)
    .getByRole("textbox", { name: /message/i })
    .waitFor();
  expect(await page.locator("foyer-widget").count()).toBe(1);
  await context.close();
});

it("leaves no listener, timer, global or node after destroy", async () => {
  const { page, context } = await newPerson(browser);
  // Counts what is added to the page and not taken back.
  await page.addInitScript(() => {
    const count = { listeners: 0, timers: new Set<unknown>() };
    (window as unknown as { count: typeof count }).count = count;
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (name, act, options) {
      count.listeners++;
      const signal = typeof options === "object" ? options?.signal : undefined;
      if (signal) addEventListener.call(signal, "abort", () => count.listeners--);
      addEventListener.call(this, name, act, options);
    };
    for (const kind of ["Timeout", "Interval"] as const) {
      const set = window[`set${kind}`] as (act: () => void, ms?: number, ...more: unknown[]) => number;
      const clear = window[`clear${kind}`];
      Object.assign(window, {
        [`set${kind}`]: (act: () => void, ms?: number, ...more: unknown[]) => {
          const id = set(
            () => {
              if (kind === "Timeout") count.timers.delete(id);
              act();
            },
            ms,
            ...more,
          );
          count.timers.add(id);
          return id;
        },
        [`clear${kind}`]: (id: number) => {
          count.timers.delete(id);
          clear(id);
        },
      });
    }
  });
  await page.goto(blankPage());
  const state = () =>
    page.evaluate(() => {
      const { count } = window as unknown as { count: { listeners: number; timers: Set<unknown> } };
      return {
        listeners: count.listeners,
        timers: count.timers.size,
        globals: Object.keys(window).length,
        nodes: [...document.documentElement.children].map(({ localName }) => localName),
        frames: window.length,
      };
    });
  const before = await state();
  await addTag(page);
  await launcher(page).click();
  await widgetFrame(page)
    .getByRole("textbox", { name: /message/i })
    .waitFor();
  const during = await state();
  expect(during.listeners).toBeGreaterThan(before.listeners);
  expect(during.timers).toBeGreaterThan(0);
  await page.evaluate(() => window.Foyer?.("destroy"));
  expect(await state()).toEqual(before);
  await context.close();
});

describe("when our server cannot be reached", () => {
  it("the page is as it would be without us", async () => {
    const { page, context, complaints } = await newPerson(browser);
    await watchShifts(page);
    await page.route(`${foyer.url}/**`, (route) => route.abort());
    await page.goto(foyer.shopUrl);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.locator("foyer-widget").count()).toBe(0);
    // What the browser says of a script that did not come is its own.
    expect(complaints.filter((text) => !text.includes("ERR_FAILED"))).toEqual([]);
    expect(await shifts(page)).toBe(0);
    await context.close();
  });

  it("the launcher goes away when only its script came, and is there again once the rest comes", async () => {
    const { page, context, complaints } = await newPerson(browser);
    await page.clock.install();
    let isDown = true;
    await page.route(`${foyer.url}/frame**`, (route) => (isDown ? route.abort() : route.continue()));
    await page.goto(blankPage());
    await addTag(page);
    await launcher(page).waitFor();
    await page.clock.runFor(15_000);
    await launcher(page).waitFor({ state: "hidden" });
    isDown = false;
    // Second by second: the next attempt is made in the browser's own time.
    const frame = page.locator("foyer-widget iframe");
    for (let second = 0; second < 70 && (await frame.count()) === 0; second++) await page.clock.runFor(1_000);
    await launcher(page).waitFor();
    expect(complaints.filter((text) => !text.includes("ERR_FAILED"))).toEqual([]);
    await context.close();
  });
});

it("stays out of pages whose origin is not the site's", async () => {
  const elsewhere = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>Elsewhere</title><body>");
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  const { port } = elsewhere.address() as AddressInfo;
  const { page, context } = await newPerson(browser);
  await page.clock.install();
  await page.goto(`http://127.0.0.1:${port}/`);
  await addTag(page);
  await launcher(page).waitFor();
  await page.evaluate(() => window.Foyer?.("open"));
  await expect.poll(() => page.frames().at(-1)?.url()).toMatch(/^chrome-error:/);
  const frame = page.locator("foyer-widget iframe");
  expect(await frame.count()).toBe(1);
  expect(await frame.isHidden()).toBe(true);
  await page.clock.runFor(15_000);
  await launcher(page).waitFor({ state: "hidden" });
  expect(await frame.count()).toBe(0);
  await page.evaluate(() => window.Foyer?.("open"));
  expect(await launcher(page).isHidden()).toBe(true);
  expect(await frame.isHidden()).toBe(true);
  await context.close();
  elsewhere.close();
});

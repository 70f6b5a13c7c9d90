import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../driving/browser.ts";
import { scenes } from "./console-scenes.ts";

let server: ChildProcess;
let browser: Browser;
let address = "";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

beforeAll(async () => {
  server = spawn(process.execPath, [fileURLToPath(new URL("serve.mjs", import.meta.url))], {
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (!server.stdout) throw new Error("the gallery says nothing");
  const [line] = (await once(server.stdout, "data")) as [Buffer];
  address = /http:\S+/.exec(String(line))?.[0] ?? "";
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.kill();
});

/** Where colours and widths matter most; the rest differs in words only. */
const telling = [
  "sign-in",
  "board",
  "board visitor",
  "ringing",
  "thread",
  "note",
  "not sent",
  "hours",
  "meetings week",
  "profile new",
  "set up",
  "calendars",
  "calendars none",
  "calendars ill",
  "calendars long",
  "details room ill",
  "integrations",
  "integrations guide",
];
const looks = [
  { name: "light", width: 1280, height: 800, colorScheme: "light" },
  { name: "dark", width: 1280, height: 800, colorScheme: "dark" },
  { name: "a phone", width: 390, height: 844, colorScheme: "light" },
] as const;

test.each(looks)(
  "the scenes of the console in $name: no error, nothing too wide, no serious finding of axe",
  async (look) => {
    const { width, height, colorScheme } = look;
    // The page's own policy is kept by the server; axe is put in from outside.
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      bypassCSP: true,
      reducedMotion: "reduce",
    });
    const found: string[] = [];
    const page = await context.newPage();
    let scene = "";
    page.on("pageerror", (error) => found.push(`${scene}: ${error.message}`));
    for (scene of look.name === "light" ? Object.keys(scenes) : telling) {
      await page.goto(`${address}?scene=${encodeURIComponent(scene)}`);
      await page.waitForSelector("html[data-ready]");
      const stretched = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (stretched > 0) found.push(`${scene}: the page is ${stretched} px too wide`);
      await page.evaluate(axe);
      const serious = await page.evaluate(async () => {
        type Axe = {
          run(): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>;
        };
        const result = await (window as unknown as { axe: Axe }).axe.run();
        return result.violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
      });
      found.push(...serious.map((finding) => `${scene}: ${finding}`));
    }
    await context.close();
    expect(found).toEqual([]);
  },
);

test("a rep can do a whole conversation by keyboard", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${address}?scene=${encodeURIComponent("ringing")}`);
  await page.waitForSelector(".offer-ringing");
  await page.keyboard.press("Alt+A");
  await page.waitForSelector(".thread-head");
  expect(await page.locator(".offer").count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("c");
  await page.waitForSelector(".lines .line");
  await page.locator(".line[tabindex='0']").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".composer-field:focus");
  await page.keyboard.type("/quiet");
  await page.keyboard.press("Enter");
  expect(await page.locator(".composer-field").inputValue()).toContain("32 dB");
  await page.keyboard.press("Enter");
  await page.getByText("32 dB").first().waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("w");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  // Back in the list, on the line one came from.
  await page.waitForSelector(".line[href$='c-hanne']:focus");
  await context.close();
});

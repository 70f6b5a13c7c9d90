import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson, openBrowser } from "../driving/browser.ts";
import { panelStates } from "./states.ts";
import { bookStates, meetingStates, teaserStates } from "./widget-states.ts";

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
  address = /http:\S+?\d\//.exec(String(line))?.[0] ?? "";
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.kill();
});

const pages = { panel: panelStates, meeting: meetingStates, teaser: teaserStates, book: bookStates };
const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  (["panel", "meeting", "teaser", "book"] as const).map((page) => ({ colorScheme, page })),
);

test.each(looks)(
  "every state of the widget's $page in the $colorScheme: no error, nothing cut off, no serious finding of axe",
  async (look) => {
    const { page, context, complaints } = await newPerson(browser, {
      width: 404,
      height: 720,
      colorScheme: look.colorScheme,
    });
    const found: string[] = [];
    for (const [index, { name }] of pages[look.page].entries()) {
      await page.goto(`${address}widget/${look.page}.html?state=${index}`);
      await page.locator("#app > *, #teaser b:not(:empty)").first().waitFor();
      const isCut = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (isCut) found.push(`${name}: wider than the window`);
      await page.evaluate(axe);
      const serious = await page.evaluate(async () => {
        const { axe } = window as unknown as {
          axe: {
            run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
          };
        };
        const { violations } = await axe.run();
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${id} ${nodes[0]?.html.slice(0, 120)}`);
      });
      found.push(...serious.map((finding) => `${name}: ${finding}`));
    }
    expect(found).toEqual([]);
    expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
    await context.close();
  },
);

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from "playwright";

/** The Chromium that `npm test` found; else one in its usual place. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page in a context of its own; what it complains about is collected. */
export type Person = { page: Page; context: BrowserContext; complaints: string[] };

type PersonOptions = { width?: number; height?: number; colorScheme?: "light" | "dark"; timezoneId?: string };

export async function newPerson(browser: Browser, options: PersonOptions = {}): Promise<Person> {
  const { width = 1280, height = 800, ...rest } = options;
  const context = await browser.newContext({ viewport: { width, height }, locale: "en-US", ...rest });
  // What takes longer than this on an idle machine is broken; CI machines are slow, not that slow.
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  return { page, context, complaints };
}

/** The frame of the widget on a customer's page. */
export function widgetFrame(page: Page): FrameLocator {
  return page.frameLocator('iframe[src*="/frame?site="]');
}

/** Signs a demo person in by its card. */
export async function signIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/console`);
  await page.getByRole("button", { name: new RegExp(name) }).click();
  await page.getByRole("switch", { name: /available/i }).waitFor();
}

/** With SCREENSHOTS=folder the walk leaves pictures there for a person to judge. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page, Request } from "playwright";
import { startFoyer } from "./children.ts";
import { newVisitor, notesOf, openBrowser } from "./phone.ts";
import { median, type Row } from "./row.ts";
import { startShopMirror } from "./shop-mirror.ts";

export const name = "wire";

const port = 3840;
const ours = `http://127.0.0.1:${port}`;
const shop = "http://127.0.0.1:3841/";
const mirrorPort = 3842;
const loads = 9;
const quietMs = 3_000;
const kilobyte = 1_024;

/** The running demo in a real browser: what a visitor downloads, and how a slow phone feels it. */
export async function measure(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "foyer-bench-"));
  chmodSync(dataDir, 0o755); // As root PostgreSQL runs as another user, who must pass.
  const foyer = await startFoyer({ PORT: String(port), DEMO_PORT: "3841", DATA_DIR: dataDir });
  const mirror = await startShopMirror(mirrorPort, shop.slice(0, -1));
  const browser = await openBrowser();
  try {
    return [...(await downloads(browser)), ...(await onPhone(browser, mirror.url))];
  } finally {
    await browser.close();
    mirror.close();
    await foyer.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

type Download = { kind: string; path: string; body: number; headers: number };

async function downloads(browser: Browser): Promise<Row[]> {
  const { context, page } = await newVisitor(browser, false);
  const seen: Promise<Download>[] = [];
  page.on("requestfinished", (request: Request) => {
    if (request.url().startsWith(ours)) seen.push(weigh(request));
  });
  await page.goto(shop);
  await quiet(page);
  const before = await Promise.all(seen);

  await launcher(page).hover();
  await launcher(page).click();
  const frame = page.frameLocator("foyer-widget iframe");
  await frame.locator("textarea").fill("Is anybody there?");
  await frame.locator("textarea").press("Enter");
  await quiet(page);
  const open = (await Promise.all(seen)).filter(isProgram);

  await page.evaluate(() => (window as unknown as { Foyer(command: string): void }).Foyer("book"));
  await quiet(page);
  const booker = (await Promise.all(seen)).filter(isProgram).slice(open.length);
  await context.close();

  const loader = total(before.filter(({ path }) => path === "/widget.js"));
  const all = total(before);
  const headers = before.reduce((sum, one) => sum + one.headers, 0);
  return [
    limit(
      "requests before the first intent",
      before.length,
      "requests",
      "<= 3",
      before.length <= 3,
      paths(before),
    ),
    limit(
      "bytes before the first intent, gzip",
      all / kilobyte,
      "KB",
      "<= 5 KB",
      all <= 5 * kilobyte,
      `and ${(headers / kilobyte).toFixed(1)} KB of HTTP headers`,
    ),
    limit("of these the loader", loader / kilobyte, "KB", "<= 2.5 KB", loader <= 2.5 * kilobyte),
    limit(
      "program of an open chat, CSS included, gzip",
      total(open) / kilobyte,
      "KB",
      "<= 30 KB",
      total(open) <= 30 * kilobyte,
      `${open.length} files`,
    ),
    limit(
      "the booker adds",
      total(booker) / kilobyte,
      "KB",
      "<= 5 KB",
      booker.length > 0 && total(booker) <= 5 * kilobyte,
      paths(booker),
    ),
  ];
}

async function onPhone(browser: Browser, mirrorUrl: string): Promise<Row[]> {
  const launcherMs: number[] = [];
  const floorMs: number[] = [];
  const longest: number[] = [];
  const shifts: number[] = [];
  const composerMs: number[] = [];
  const longestOpen: number[] = [];
  for (let turn = 0; turn < loads; turn++) {
    const bare = await newVisitor(browser, true);
    await bare.page.goto(mirrorUrl);
    floorMs.push(await launcherTime(bare.page));
    await bare.context.close();

    const { context, page } = await newVisitor(browser, true);
    await page.goto(shop);
    launcherMs.push(await launcherTime(page));
    await quiet(page);
    const loaded = await notesOf(page);
    longest.push(longestOfOurs(loaded));
    shifts.push(loaded[0]?.shift ?? Number.NaN);

    await launcher(page).hover();
    await page.waitForTimeout(quietMs); // The chat is fetched while the pointer rests.
    await launcher(page).click();
    await page.frameLocator("foyer-widget iframe").locator("textarea").waitFor();
    await page.waitForTimeout(1_000);
    const opened = await notesOf(page);
    const clickAt = opened[0]?.clickAt ?? Number.NaN;
    composerMs.push(
      (opened.find(({ composerAt }) => composerAt !== null)?.composerAt ?? Number.NaN) - clickAt,
    );
    longestOpen.push(longestOfOurs(opened));
    await context.close();
  }
  const ratio = median(launcherMs.map((ms, turn) => ms / (floorMs[turn] ?? Number.NaN)));
  const note = "phone: 4 x slower CPU, slow 4G";
  return [
    {
      what: "launcher visible on a slow phone, against one script that draws a box",
      ours: median(launcherMs),
      baseline: median(floorMs),
      unit: "ms",
      ratio,
      budget: "<= 1.1 x",
      ok: ratio <= 1.1,
      note,
    },
    limit(
      "longest script of ours while the page loads",
      median(longest),
      "ms",
      "< 50 ms (no long task)",
      median(longest) < 50,
      `while the chat opens ${Math.round(median(longestOpen))} ms`,
    ),
    limit("layout shift of the customer's page", Math.max(...shifts), "", "0", Math.max(...shifts) === 0),
    limit(
      "composer after the click, fetched on hover",
      median(composerMs),
      "ms",
      "<= 200 ms",
      median(composerMs) <= 200,
      note,
    ),
  ];
}

function limit(what: string, value: number, unit: string, budget: string, ok: boolean, note?: string): Row {
  return {
    what,
    ours: value,
    baseline: null,
    unit,
    ratio: value,
    budget,
    ok,
    ...(note === undefined ? {} : { note }),
  };
}

async function weigh(request: Request): Promise<Download> {
  const { responseBodySize, responseHeadersSize } = await request.sizes();
  return {
    kind: request.resourceType(),
    path: new URL(request.url()).pathname,
    body: responseBodySize,
    headers: responseHeadersSize,
  };
}

/** Faces and answers differ from site to site; the program does not. */
function isProgram({ kind }: Download): boolean {
  return kind === "document" || kind === "script" || kind === "stylesheet";
}

function total(some: readonly Download[]): number {
  return some.reduce((sum, { body }) => sum + body, 0);
}

function paths(some: readonly Download[]): string {
  return some
    .map(({ path, body }) => `${path.replace(/-[A-Z0-9]{8}(?=\.)/, "")} ${(body / kilobyte).toFixed(2)}`)
    .join(", ");
}

function launcher(page: Page) {
  return page.locator("foyer-widget > button, foyer-widget button").first();
}

async function launcherTime(page: Page): Promise<number> {
  await page.waitForFunction(
    () => (window as unknown as { benchNotes: { launcherAt: number | null } }).benchNotes.launcherAt !== null,
  );
  return page.evaluate(
    () =>
      (window as unknown as { benchNotes: { launcherAt: number } }).benchNotes.launcherAt -
      performance.timeOrigin,
  );
}

function longestOfOurs(notes: readonly { scripts: readonly { url: string; ms: number }[] }[]): number {
  return Math.max(
    0,
    ...notes
      .flatMap(({ scripts }) => scripts)
      .filter(({ url }) => url.startsWith(ours))
      .map(({ ms }) => ms),
  );
}

/** Until nothing has been asked of our server for a while. */
async function quiet(page: Page): Promise<void> {
  let last = Date.now();
  const heard = (request: Request) => {
    if (request.url().startsWith(ours)) last = Date.now();
  };
  page.on("request", heard);
  while (Date.now() - last < quietMs) await page.waitForTimeout(100);
  page.off("request", heard);
}

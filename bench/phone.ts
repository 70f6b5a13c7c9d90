import { type Browser, type BrowserContext, chromium, type Page } from "playwright";

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

/** One round trip of the slow 4G that Lighthouse uses. */
export const roundTripMs = 150;

/** A visitor nobody knows, whose pages note what the measurements ask for. */
export async function newVisitor(
  browser: Browser,
  isPhone: boolean,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext(
    isPhone
      ? { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: false }
      : { viewport: { width: 1280, height: 800 } },
  );
  await context.setExtraHTTPHeaders({ "accept-encoding": "gzip" });
  await context.addInitScript(note);
  const page = await context.newPage();
  if (isPhone) {
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await devtools.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: roundTripMs,
      downloadThroughput: (1.6 * 1024 * 1024) / 8,
      uploadThroughput: (750 * 1024) / 8,
    });
  }
  return { context, page };
}

/** Kept by each document of the page, the customer's and ours. Times are since the epoch, so that they compare. */
export type Notes = {
  launcherAt: number | null;
  composerAt: number | null;
  clickAt: number | null;
  shift: number;
  /** Long pieces of script: where from, and for how long. */
  scripts: { url: string; ms: number }[];
};

/** Runs inside the page, before its own scripts. */
function note(): void {
  const notes: Notes = { launcherAt: null, composerAt: null, clickAt: null, shift: 0, scripts: [] };
  Object.assign(window, { benchNotes: notes });
  const now = () => performance.timeOrigin + performance.now();
  const isSeen = (element: Element | null | undefined) => {
    const box = element?.getBoundingClientRect();
    return box !== undefined && box.width > 20 && box.height > 10 && box.top < innerHeight;
  };
  const look = () => {
    const launcher =
      document.querySelector("foyer-widget")?.shadowRoot?.querySelector("button") ??
      document.querySelector("#bare-launcher");
    if (isSeen(launcher)) notes.launcherAt ??= now();
    const composer = document.querySelector("textarea");
    // The frame is small, or nothing, until it is open.
    if (top !== window && innerHeight > 300 && composer?.disabled === false && isSeen(composer))
      notes.composerAt ??= now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener("click", () => (notes.clickAt ??= now()), true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[])
      if (!entry.hadRecentInput) notes.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    type Frame = PerformanceEntry & { scripts: { sourceURL: string; duration: number }[] };
    for (const frame of list.getEntries() as Frame[])
      for (const script of frame.scripts) notes.scripts.push({ url: script.sourceURL, ms: script.duration });
  }).observe({ type: "long-animation-frame", buffered: true });
}

/** Of every document of the page, the customer's first. */
export async function notesOf(page: Page): Promise<Notes[]> {
  const all: Notes[] = [];
  for (const frame of page.frames())
    all.push(await frame.evaluate(() => (window as unknown as { benchNotes: Notes }).benchNotes));
  return all;
}

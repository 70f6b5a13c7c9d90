import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const macApps = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A Chromium that starts: the one named, one on PATH, Playwright's own; else it is installed. Null when nothing helps. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return starts(named) ? named : null;
  return (await installed()) ?? (await installByPlaywright()) ?? installByApt();
}

async function installed() {
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const { chromium } = await import("playwright");
  return [...onPath, ...macApps, chromium.executablePath()].find(starts) ?? null;
}

function starts(path) {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  return spawnSync(path, ["--version"], { timeout: 30_000, stdio: "ignore" }).status === 0;
}

async function installByPlaywright() {
  const cli = new URL("../node_modules/playwright/cli.js", import.meta.url).pathname;
  console.log("Installing Chromium by Playwright ...");
  // Where downloads are not allowed this fails soon or hangs; then the system's packages are asked.
  spawnSync(process.execPath, [cli, "install", "chromium"], {
    timeout: 240_000,
    stdio: ["ignore", "inherit", "ignore"],
  });
  return installed();
}

async function installByApt() {
  if (process.getuid?.() !== 0) return null;
  console.log("Installing Chromium by apt-get ...");
  const options = {
    timeout: 600_000,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update"], options);
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], options);
  return installed();
}

// `npm test`: everything that must hold, from a clean clone, as root or as an ordinary user. Plain Node and no package.
// Goes on after a failure, so that one run shows all of them; ends with the counts and with 1 if anything failed.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuilt, ensureInstalled, PrepareFailed, run } from "../server/prepare.mjs";
import { findChromium } from "./chromium.mjs";
import { findGoogleDiscovery } from "./google-discovery.mjs";
import { findJudges } from "./judges.mjs";
import { findSimpleSamlPhp } from "./simplesamlphp.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = mkdtempSync(join(tmpdir(), "foyer-reports-"));
const stepLimitMs = 40 * 60_000;
/** What reckons with time is tried in zones with odd offsets and changes too, whatever this machine's zone is. */
const zones = ["Pacific/Apia", "America/New_York"];
const timeTests = ["shared/time", "server/meetings", "server/calendars", "server/routing", "bench"];

const steps = [];
const tests = { passed: 0, failed: 0 };

await step("packages", () => ensureInstalled({ kind: "all" }).then(() => true));
await step("browser", async () => {
  const path = await findChromium();
  if (path === null) {
    throw new PrepareFailed("No Chromium was found or could be installed: set CHROMIUM_PATH to one.");
  }
  process.env.CHROMIUM_PATH = path;
  console.log(path);
  return true;
});
await step("SAML provider", async () => {
  console.log(findSimpleSamlPhp() ?? "SimpleSAMLphp is not there: the tests sign SAML responses themselves.");
  return true;
});
await step("judges", async () => {
  const { there, missing } = findJudges();
  console.log(there.join(", "));
  for (const name of missing) console.log(`${name} is not there: the tests that ask it are skipped.`);
  return true;
});
await step("Google's description of its calendar", async () => {
  console.log(findGoogleDiscovery() ?? "It is not there: nothing judges what the tests send to Google.");
  return true;
});
await step("build and size budgets", () => ensureBuilt({ isChecked: true }).then(() => true));
await step("format, lint, import rules", () =>
  tool("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", "."]),
);
await step("types", () => tool("typescript/bin/tsc", ["--noEmit"]));
await step("unit tests", () => vitest("unit"));
for (const zone of zones) await step(`time tests in ${zone}`, () => vitest("unit", timeTests, { TZ: zone }));
await step("database tests", () => vitest("db"));
await step("browser tests", () => vitest("browser"));

rmSync(reports, { recursive: true, force: true });
console.log("\nTimes");
for (const { name, isFine, seconds } of steps) {
  console.log(`${isFine ? "  ok    " : "  FAILED"} ${name.padEnd(34)} ${seconds.toFixed(1).padStart(7)} s`);
}
const isAllFine = steps.every(({ isFine }) => isFine);
console.log(`\n${tests.passed} passed, ${tests.failed} failed`);
process.exitCode = isAllFine && tests.failed === 0 ? 0 : 1;

async function step(name, work) {
  console.log(`\n== ${name}`);
  const startedAt = performance.now();
  const failedBefore = tests.failed;
  let isFine = false;
  try {
    isFine = await work();
  } catch (error) {
    console.error(error instanceof PrepareFailed ? error.message : error);
  }
  // A step without tests of its own counts as one when it fails, so that the last line tells.
  if (!isFine && tests.failed === failedBefore) tests.failed += 1;
  steps.push({ name, isFine, seconds: (performance.now() - startedAt) / 1000 });
}

/** A package's program, run by this Node: no PATH and no npx needed. */
async function tool(program, args, env = {}) {
  const status = await run(process.execPath, [join(root, "node_modules", program), ...args], {
    env: { ...process.env, ...env },
    timeout: stepLimitMs,
    killSignal: "SIGKILL",
  });
  return status === 0;
}

async function vitest(project, filters = [], env = {}) {
  const report = join(reports, `${steps.length}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const isFine = await tool(
    "vitest/vitest.mjs",
    ["run", "--project", project, ...reporters, ...filters],
    env,
  );
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
  tests.passed += numPassedTests;
  tests.failed += numFailedTests;
  return isFine;
}

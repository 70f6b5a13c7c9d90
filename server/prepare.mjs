// Brings a checkout to where it can run: packages as package-lock.json says, and dist/ as the sources say. Both are
// skipped when nothing changed, which takes some ten milliseconds to see.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const dist = join(root, "dist");
const installStamp = join(modules, ".foyer-lock");
const buildStamp = join(dist, ".foyer-sources");

/** Something that a person must mend; the message is one sentence. */
export class PrepareFailed extends Error {}

/** `runtime`: what the built program needs; `all`: what building and testing need too. */
export async function ensureInstalled({ kind }) {
  if (isInstalled(kind)) return;
  await alone(async () => {
    if (isInstalled(kind)) return;
    console.log("Installing packages (npm ci) ...");
    // The build needs the development packages also where NODE_ENV says production.
    await npm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
    writeFileSync(installStamp, lockHash());
  });
}

/** Runs the build if a source changed since the last one. `isChecked` also fails on a size budget. */
export async function ensureBuilt({ isChecked }) {
  if (!isChecked && isBuilt()) return;
  await ensureInstalled({ kind: "all" });
  await alone(async () => {
    if (!isChecked && isBuilt()) return;
    if (!isChecked) console.log("Building ...");
    const sources = sourcesHash();
    rmSync(buildStamp, { force: true });
    const options = isChecked ? [] : ["--without-budgets"];
    const status = await run(process.execPath, [join(root, "esbuild.config.mjs"), ...options]);
    if (status !== 0) throw new PrepareFailed("The build failed: see the message above.");
    writeFileSync(buildStamp, sources);
  });
}

/** Runs a program with our terminal; resolves with its exit status. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"], ...options });
    child.on("error", reject);
    child.on("exit", (status, signal) => resolve(status ?? (signal ? 1 : 0)));
  });
}

async function npm(args) {
  // Under `npm start` this names the npm that runs us, which need not be on PATH.
  const script = process.env.npm_execpath;
  const isScript = script !== undefined && /\.c?js$/.test(script);
  let status;
  try {
    const options = { env: { ...process.env, npm_config_update_notifier: "false" } };
    status = await (isScript ? run(process.execPath, [script, ...args], options) : run("npm", args, options));
  } catch {
    throw new PrepareFailed("npm was not found: install it (it comes with Node.js), or run npm ci yourself.");
  }
  if (status !== 0) throw new PrepareFailed("npm ci failed: see its message above, then start again.");
}

function isInstalled(kind) {
  const isStamped = existsSync(installStamp) && readFileSync(installStamp, "utf8") === lockHash();
  if (isStamped) return true;
  // Somebody may have installed by hand, or without development packages: npm's own record tells.
  const record = join(modules, ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(packages).every(([path, { version, optional, devOptional, dev }]) => {
    if (path === "" || (kind === "runtime" && (dev || devOptional))) return true;
    if (!installed[path]) return optional === true || devOptional === true;
    return installed[path].version === version && existsSync(join(root, path, "package.json"));
  });
}

function lockHash() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

function isBuilt() {
  return (
    existsSync(join(dist, "server", "main.cjs")) &&
    existsSync(buildStamp) &&
    readFileSync(buildStamp, "utf8") === sourcesHash()
  );
}

const buildFiles = ["esbuild.config.mjs", "esbuild.plugins.mjs", "package-lock.json"];

/** Over names and contents: times lie after a checkout or a copy. */
function sourcesHash() {
  const hash = createHash("sha256");
  const folders = ["console", "server", "shared", "widget"].filter((folder) =>
    existsSync(join(root, folder)),
  );
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const file of [...files.sort(), ...buildFiles.map((name) => join(root, name))]) {
    hash
      .update(`${file.slice(root.length)}\n`)
      .update(readFileSync(file))
      .update("\n");
  }
  return hash.digest("hex");
}

/** Two starts at once in one checkout install and build one after the other. */
async function alone(work) {
  mkdirSync(dist, { recursive: true });
  const lock = join(dist, ".preparing");
  const draft = `${lock}-${process.pid}`;
  for (;;) {
    try {
      writeFileSync(draft, String(process.pid));
      linkSync(draft, lock); // Linked, so that it never stands there without its number.
      break;
    } catch (error) {
      if (error.code !== "EEXIST") {
        throw new PrepareFailed(
          `This folder cannot be written (${error.code}): start as the user that owns it.`,
        );
      }
      if (!isAlive(holder(lock))) rmSync(lock, { force: true });
      else await delay(200);
    } finally {
      rmSync(draft, { force: true });
    }
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function holder(lock) {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch {
    return 0; // Given free just now.
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

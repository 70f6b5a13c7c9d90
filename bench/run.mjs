// Runs every bench/*.bench.ts (or those named: `node bench/run.mjs slots wire`), each in a process of its own, and prints
// one table. `--json` prints the rows as JSON lines instead. Ends with 1 if a budget is missed.
import { fork } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureBuilt, ensureInstalled } from "../server/prepare.mjs";

const here = dirname(fileURLToPath(import.meta.url));

if (process.argv[2] === "--measure") {
  const { measure } = await import(pathToFileURL(process.argv[3]).href);
  process.send(await measure(), () => process.exit(0));
} else {
  process.exitCode = await main(process.argv.slice(2));
}

async function main(args) {
  await ensureInstalled({ kind: "all" });
  await ensureBuilt({ isChecked: false });
  const { build } = await import("esbuild");
  const asJson = args.includes("--json");
  const wanted = args.filter((arg) => !arg.startsWith("--"));
  const nameOf = (file) => basename(file, ".bench.ts");
  const files = readdirSync(here).filter((file) => file.endsWith(".bench.ts"));
  const unknown = wanted.filter((name) => !files.some((file) => nameOf(file) === name));
  if (unknown.length > 0) {
    console.error(`no measurement ${unknown.join(", ")}; there are: ${files.map(nameOf).join(", ")}`);
    return 2;
  }

  const outdir = join(here, "..", "dist", "bench");
  const chosen = files.filter((file) => wanted.length === 0 || wanted.includes(nameOf(file)));
  await build({
    entryPoints: chosen.map((file) => join(here, file)),
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });

  let missed = 0;
  const table = [];
  for (const file of chosen) {
    let rows;
    try {
      rows = await measured(join(outdir, file.replace(/\.ts$/, ".mjs")));
    } catch (error) {
      console.error(`${nameOf(file)}: ${error.message}`);
      missed++;
      continue;
    }
    for (const row of rows) {
      if (!row.ok) missed++;
      if (asJson) console.log(JSON.stringify({ measurement: nameOf(file), ...row }));
      else table.push(row);
    }
  }
  if (table.length > 0) print(table);
  return missed > 0 ? 1 : 0;
}

function measured(path) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ["--measure", path], {
      execArgv: ["--expose-gc", "--enable-source-maps"],
    });
    child.once("message", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`ended with ${code} before it had measured`)));
  });
}

function print(rows) {
  const heads = ["what", "ours", "baseline", "ratio", "budget", "", ""];
  const lines = rows.map((row) => [
    row.what,
    `${short(row.ours)} ${row.unit}`,
    row.baseline === null ? "-" : `${short(row.baseline)} ${row.unit}`,
    short(row.ratio),
    row.budget,
    row.ok ? "ok" : "MISSED",
    row.note ?? "",
  ]);
  const widths = heads.map((head, at) => Math.max(head.length, ...lines.map((line) => line[at].length)));
  for (const line of [heads, ...lines]) {
    console.log(
      line
        .map((cell, at) => cell.padEnd(widths[at]))
        .join("  ")
        .trimEnd(),
    );
  }
}

function short(number) {
  return Math.abs(number) >= 100 ? Math.round(number).toString() : Number(number.toPrecision(3)).toString();
}

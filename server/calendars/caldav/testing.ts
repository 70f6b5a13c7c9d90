import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** The reading thread's program as `npm run build` makes it, for one run of tests. */
export async function buildReaderProgram(): Promise<{ url: URL; remove(): Promise<void> }> {
  const folder = join(here, "../../../dist/testing", `caldav-${process.pid}`);
  const outfile = join(folder, "read-answer.worker.js");
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(here, "read-answer.worker.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    logLevel: "error",
  });
  return { url: pathToFileURL(outfile), remove: () => rm(folder, { recursive: true, force: true }) };
}

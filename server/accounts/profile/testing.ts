import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

/** The thread's program as `npm run build` makes it, for one run of tests; below the project, where sharp is found. */
export async function buildPhotoProgram(): Promise<{ url: URL; remove(): Promise<void> }> {
  const folder = join(here, "../../../dist/testing", String(process.pid));
  const outfile = join(folder, "draw-photo.worker.js");
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: [join(here, "draw-photo.worker.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    external: ["sharp"],
    logLevel: "error",
  });
  return { url: pathToFileURL(outfile), remove: () => rm(folder, { recursive: true, force: true }) };
}

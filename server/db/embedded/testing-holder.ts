import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles a program that starts PostgreSQL on its argument, prints the URL and waits; returns the file to run. */
export async function buildHolder(): Promise<string> {
  const folder = join(process.cwd(), "node_modules", ".foyer-test");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `holder-${process.pid}.mjs`);
  await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile,
    logLevel: "error",
  });
  return outfile;
}

const program = `
  import { createLog } from "../../log.ts";
  import { startEmbeddedPostgres } from "./start-embedded-postgres.ts";
  const log = createLog({ level: "silent", part: "holder" });
  const server = await startEmbeddedPostgres({ dataDir: process.argv[2], log, settings: { shared_buffers: "16MB" } });
  process.stdout.write(server.url + "\\n");
  setInterval(() => undefined, 60_000);
`;

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { createLog } from "../log.ts";
import { connectDatabase } from "./connect.ts";
import { startEmbeddedPostgres } from "./embedded/start-embedded-postgres.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/all.ts";
import { fastFolder, testTemplateName, withDatabase } from "./testing-template.ts";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
  }
}

/** vitest runs this once before the files of a project: one PostgreSQL, one migrated template for all of them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const log = createLog({ level: "error", part: "test" });
  const dataDir = mkdtempSync(join(fastFolder(), "foyer-test-"));
  chmodSync(dataDir, 0o755); // As root PostgreSQL runs as another user, who must pass.
  const server = await startEmbeddedPostgres({
    dataDir,
    log,
    // Speed over power cuts, for data that lives a minute; many test files share the connections.
    // An autovacuum visit to the template would make a copy of it wait.
    settings: { fsync: "off", full_page_writes: "off", max_connections: "300", autovacuum: "off" },
  });
  await prepareTemplate(server.url);
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };

  async function prepareTemplate(serverUrl: string): Promise<void> {
    const owner = new pg.Client(serverUrl);
    await owner.connect();
    await owner.query(`create database ${testTemplateName}`);
    await owner.end();
    const template = connectDatabase({
      url: withDatabase(serverUrl, testTemplateName),
      log,
      poolSize: 1,
      name: "template",
    });
    await migrate(template.pool, migrations, log);
    await template.close();
  }
}

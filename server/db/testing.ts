import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createLog } from "../log.ts";
import { connectDatabase, type DatabaseConnection } from "./connect.ts";
import { testTemplateName, withDatabase } from "./testing-template.ts";

export type TestDatabase = DatabaseConnection & {
  /** For another process or a second pool on the same database. */
  url: string;
};

type TestDatabaseOptions = {
  /** Without our tables, for tests of the migrations themselves. */
  isEmpty?: boolean;
  poolSize?: number;
};

const quiet = createLog({ level: "silent", part: "test" });

/**
 * A migrated database of its own, copied from a template in some 30 ms. `close()` drops it.
 * Only in the vitest projects `db` and `browser`, whose set-up starts one PostgreSQL for the whole run.
 */
export async function createTestDatabase({
  isEmpty = false,
  poolSize = 8,
}: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const serverUrl = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asOwner(
    serverUrl,
    `create database ${name} template ${isEmpty ? "template1" : testTemplateName} strategy file_copy`,
  );
  const url = withDatabase(serverUrl, name);
  const connection = connectDatabase({ url, log: quiet, poolSize, name: "test" });
  let closed: Promise<void> | null = null;
  const close = async () => {
    await connection.close();
    await asOwner(serverUrl, `drop database if exists ${name} with (force)`);
  };
  return { ...connection, url, close: () => (closed ??= close()) };
}

async function asOwner(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client(serverUrl);
  client.on("error", () => quiet.debug("the test server went away"));
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

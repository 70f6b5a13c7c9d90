import { createServer } from "node:net";
import { startWeb } from "../app.ts";
import { type Config, readConfig } from "../config.ts";
import { connectDatabase } from "../db/connect.ts";
import { createLog, type Log } from "../log.ts";

/** Where a server listens, and the origin that its pages have. */
export type TestWeb = { url: string; close(): Promise<void> };

type TestWebOptions = {
  databaseUrl: string;
  log?: Log;
  poolSize?: number;
  photoProgram?: URL;
  /** Further settings, by their names in the environment. */
  settings?: Record<string, string>;
  /** A DNS of the test's own. */
  resolveTxt?: (name: string) => Promise<string[][]>;
};

const quiet = createLog({ level: "silent", part: "test" });

/** The web role in this process, on a port of its own. Two of them on one database are two nodes. */
export async function startTestWeb({
  databaseUrl,
  log = quiet,
  poolSize = 8,
  photoProgram,
  settings = {},
  resolveTxt,
}: TestWebOptions): Promise<TestWeb> {
  const config = testConfig(databaseUrl, await freePort(), settings);
  const { pool, db, close } = connectDatabase({ url: databaseUrl, log, poolSize, name: "test-web" });
  const more = { ...(photoProgram ? { photoProgram } : {}), ...(resolveTxt ? { resolveTxt } : {}) };
  const web = await startWeb({ config, log, pool, db, ...more });
  return {
    url: web.url,
    async close() {
      await web.close();
      await close();
    },
  };
}

export const testSecretKey = "a key of the tests, long enough to count";

export function testConfig(databaseUrl: string, port: number, settings: Record<string, string>): Config {
  return readConfig({
    DATABASE_URL: databaseUrl,
    SECRET_KEY: testSecretKey,
    PORT: String(port),
    LOG_LEVEL: "silent",
    // Mails stay where tests read them. Nothing is seeded: that is the start's.
    DEMO: "on",
    ...settings,
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

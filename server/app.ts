import { createServer } from "node:http";
import express from "express";
import type { Pool } from "pg";
import type { Config } from "./config.ts";
import type { Db } from "./db/connect.ts";
import type { Log } from "./log.ts";

export type AppDeps = { config: Config; log: Log; pool: Pool; db: Db };

export async function startWeb({ config, pool }: AppDeps): Promise<{ url: string; close(): Promise<void> }> {
  const app = express();
  app.get("/healthz", async (_request, response) => {
    await pool.query("select 1");
    response.json({ ok: true });
  });
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, resolve);
  });
  return {
    url: config.publicUrl,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function startWorker({ log }: AppDeps): Promise<{ close(): Promise<void> }> {
  // A pipe of no use that keeps the process alive until it is closed.
  const timer = setInterval(() => log.trace("waiting for jobs"), 60_000);
  return { close: async () => clearInterval(timer) };
}

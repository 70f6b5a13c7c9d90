import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { AppDeps } from "./app.ts";
import { type Config, readConfig } from "./config.ts";
import { connectDatabase, refuseUnlessDurable, waitForDatabase } from "./db/connect.ts";
import { migrate } from "./db/migrate.ts";
import { migrations } from "./db/migrations/all.ts";
import { complain, createLog, type Log, say } from "./log.ts";
import { StartRefused } from "./start-refused.ts";
import { StopOrder } from "./stop-order.ts";
import { hasNpmAbove, hasParent, watchParent } from "./watch-parent.ts";
import { parentVariable, startWorkerProcess } from "./worker-process.ts";

// The only file that names concrete parts: it opens them in order, and closes them in the reverse one.

const drainLimitMs = 10_000;
const databaseLimitMs = 30_000;
const workerPoolSize = 8;
const linkHeadStartMs = 2;

let stopOrder = null as StopOrder | null;
let isStopping = false;

// Not awaited here: the bundled program is a script, which cannot wait.
start().catch(async (error: unknown) => {
  const refusal = refusalFrom(error);
  if (refusal) complain(refusal.message);
  else createLog({ level: "error", part: "start" }).fatal({ err: error }, "the start failed");
  await stopOrder?.stop(drainLimitMs);
  process.exit(1);
});

async function start(): Promise<void> {
  const config = readConfig(await withFreePorts(process.env));
  const part = config.role === "worker" ? "worker" : "web";
  const log = createLog({ level: config.logLevel, part });
  const opened = new StopOrder(log);
  stopOrder = opened;
  watchForEnd(log);

  // The rest of the program is read while the database is started, and answers; its link is on the way by then.
  const linked = delay(linkHeadStartMs);
  const linking = linkDatabase(config, log, opened, part);
  if (config.role === "worker") {
    const [{ pool, db }, { startWorker }] = await Promise.all([
      linking,
      linked.then(() => import("./start-worker.ts")),
    ]);
    const worker = await startWorker({ config, log, pool, db });
    opened.add("worker", () => worker.close());
    log.info({ pid: process.pid }, "the worker is ready");
    return;
  }
  const [{ databaseUrl, pool, db }, { startWeb }] = await Promise.all([
    linking,
    linked.then(() => import("./app.ts")),
  ]);
  const deps = { config, log, pool, db };
  const demo = config.isDemo ? await startDemo(deps) : null;
  if (demo) opened.add("demo shop", () => demo.close());
  const web = await startWeb(deps);
  opened.add("web", () => web.close());
  if (config.role === "all") {
    const program = fileURLToPath(import.meta.url);
    const worker = startWorkerProcess({ program, config, databaseUrl, log });
    opened.add("worker process", () => worker.stop(drainLimitMs - 1_000));
  }
  // On an empty server the console's address leads nowhere yet.
  const firstRun = config.isDemo ? null : await firstRunWords(deps);
  say(demo?.links ?? firstRun ?? `Foyer is ready at ${config.publicUrl}/console`);
  const email = argumentAfter("--new-password-link");
  if (email !== null) await sayPasswordLink(deps, email);
  if (process.argv.includes("--revoke-connections")) await revokeConnections(deps);
}

function argumentAfter(name: string): string | null {
  const at = process.argv.indexOf(name);
  return at === -1 ? null : (process.argv[at + 1] ?? "");
}

/** For an admin who has lost access, when no mail arrives: asked for by whoever may start the server. */
async function sayPasswordLink({ db, config }: AppDeps, email: string): Promise<void> {
  const { mintOperatorLink } = await import("./accounts/passwords/operator-link.ts");
  const link = await mintOperatorLink(db, config, email);
  say(
    link === null
      ? "\n  Nobody active has the address behind --new-password-link.\n"
      : `\n  A new password can be chosen here, once, within an hour:\n\n  ${link}\n`,
  );
}

/** When the database, or a copy of it, has fallen into wrong hands: for whoever may start the server. */
async function revokeConnections({ db, config, log }: AppDeps): Promise<void> {
  const [{ connectionDeps }, { revokeEverywhere }] = await Promise.all([
    import("./connections/deps.ts"),
    import("./connections/revoke-all.ts"),
  ]);
  // Open consoles look again by themselves.
  const connections = connectionDeps({ config, db, announce: () => undefined });
  const { revoked, unanswered, forgotten } = await revokeEverywhere({ ...connections, log });
  say(
    `\n  Every outside access is gone from here. Given back at its provider: ${revoked}; asked for again, since the provider did not answer: ${unanswered}; of providers that take nothing back: ${forgotten}.\n`,
  );
}

/** For whoever started this: the way in while nobody is here. It goes nowhere but to the terminal. */
async function firstRunWords({ db, config }: AppDeps): Promise<string | null> {
  const { mintFirstRunLink } = await import("./accounts/first-run/first-run-link.ts");
  const link = await mintFirstRunLink(db, config);
  return link === null
    ? null
    : `
  Foyer is ready, and nobody is here yet. Open this link to set up your workspace (it works once, within 24 hours):

  ${link}
`;
}

/** Loaded only here: in production and in the worker nothing of it is read. */
async function startDemo(deps: AppDeps): Promise<{ links: string; close(): Promise<void> }> {
  const [{ startDemo: openShop }, { demoPassword }] = await Promise.all([
    import("./demo/start-demo.ts"),
    import("./demo/team.ts"),
  ]);
  try {
    const { shopUrl, close } = await openShop(deps);
    const { publicUrl } = deps.config;
    const links = `
  The demo shop, with the widget   ${shopUrl}
  The console                      ${publicUrl}/console   (sign-ins are on the page; password ${demoPassword})
  The demo mailbox                 ${publicUrl}/console/mailbox
`;
    return { links, close };
  } catch (error) {
    throw refusalFrom(error, "DEMO_PORT") ?? error;
  }
}

/** Open, answering, durable and of our form. */
async function linkDatabase(config: Config, log: Log, opened: StopOrder, name: string) {
  const databaseUrl = await openDatabase(config, log, opened);
  const poolSize =
    config.role === "worker" ? Math.min(workerPoolSize, config.databasePoolSize) : config.databasePoolSize;
  const { pool, db, close } = connectDatabase({ url: databaseUrl, log, poolSize, name });
  opened.add("database connections", close);
  await waitForDatabase(pool, config.databaseUrl === null ? 5_000 : databaseLimitMs);
  await refuseUnlessDurable(pool);
  await migrate(pool, migrations, log);
  return { databaseUrl, pool, db };
}

/** A database of one's own, or the built-in one, which then belongs to this process. */
async function openDatabase(config: Config, log: Log, opened: StopOrder): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl;
  const { startEmbeddedPostgres } = await import("./db/embedded/start-embedded-postgres.ts");
  const postgres = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: log.child({ part: "postgres" }),
  });
  opened.add("PostgreSQL", () => postgres.stop());
  return postgres.url;
}

/** Ctrl-C, a service manager, the end of the parent: stop in good order; asked again, at once. */
function watchForEnd(log: Log): void {
  const stop = (why: string) => {
    if (isStopping) {
      if (why.startsWith("SIG")) process.exit(1); // PostgreSQL and the worker notice that we are gone and stop too.
      return;
    }
    isStopping = true;
    log.info({ why }, "stopping");
    const finish = async () => {
      await stopOrder?.stop(drainLimitMs);
      process.exit(0);
    };
    finish().catch(() => process.exit(1));
  };
  const ownParent = process.env[parentVariable];
  const isChild = ownParent !== undefined;
  // At a terminal Ctrl-C reaches the worker process too, but that one ends when its parent says so.
  process.on("SIGINT", () => (isChild ? undefined : stop("SIGINT")));
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("disconnect", () => stop("the parent process ended"));
  // The worker's channel tells at once, except when the parent ends while the worker is still being read.
  const onParentEnd = () => stop("the parent process ended");
  if (isChild) watchParent(hasParent(Number(ownParent)), onParentEnd);
  else if (process.env.npm_lifecycle_event !== undefined) watchParent(hasNpmAbove(), onParentEnd);
  process.on("unhandledRejection", (err) => log.error({ err }, "a promise was left to fail"));
  process.on("uncaughtException", (err) => {
    log.fatal({ err }, "an error that nobody caught");
    process.exit(1);
  });
}

/** The expected failures of a start, each in one sentence. */
function refusalFrom(error: unknown, portSetting = "PORT"): StartRefused | null {
  if (error instanceof StartRefused) return error;
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return null;
  const { code, port, address } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") return null;
  if (code === "EADDRINUSE") {
    return new StartRefused(
      `Port ${port} on ${address} is used by another program (another Foyer, perhaps): stop that one, or set ${portSetting} to another number.`,
    );
  }
  if (code === "EACCES") {
    return new StartRefused(
      `Port ${port} may not be used by this user: set ${portSetting} to a number from 1024 up.`,
    );
  }
  return new StartRefused(
    "HOST is not an address of this machine: set it to 127.0.0.1, or 0.0.0.0 for all addresses.",
  );
}

/** PORT=0 is for tests and trials; every address we print or send needs the real number from the beginning. */
async function withFreePorts(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const free = { ...env };
  if (env.PORT === "0") {
    free.PORT = String(await freePort());
    free.DEMO_PORT = env.DEMO_PORT ?? "0";
  }
  if (free.DEMO_PORT === "0") free.DEMO_PORT = String(await freePort());
  return free;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

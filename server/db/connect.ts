import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Log } from "../log.ts";
import { StartRefused } from "../start-refused.ts";
import type { Database } from "./tables.ts";

export type Db = Kysely<Database>;

export type DatabaseConnection = {
  pool: pg.Pool;
  db: Db;
  /** Waits for queries under way, then closes every connection. May be called twice. */
  close(): Promise<void>;
};

export type ConnectOptions = {
  url: string;
  log: Log;
  poolSize: number;
  /** Shown in pg_stat_activity. */
  name: string;
};

const connectLimitMs = 10_000;
const statementLimitMs = 30_000;

export function connectDatabase({ url, log, poolSize, name }: ConnectOptions): DatabaseConnection {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: `foyer-${name}`,
    connectionTimeoutMillis: connectLimitMs,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementLimitMs,
    // A verb that hangs in the middle of its transaction must not keep its locks.
    idle_in_transaction_session_timeout: statementLimitMs,
    keepAlive: true,
    types: { getTypeParser },
  });
  keepListening(pool, log);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  let closed: Promise<void> | null = null;
  // Not db.destroy(): that leaves the pool open when only the pool was used.
  return { pool, db, close: () => (closed ??= pool.end()) };
}

/**
 * A few connections beside the pool's, for a few named statements that are run all the time: PostgreSQL keeps its first
 * plan. Left to itself it takes the statement with longer lists for a dearer one and plans it anew each time, which costs
 * as much as running it. For statements only whose plan does not depend on their values: row by row, each by its key.
 */
export function openBeside(pool: pg.Pool, log: Log, most: number): pg.Pool {
  const options = ["plan_cache_mode=force_generic_plan", "jit=off", ...rowByRow]
    .map((setting) => `-c ${setting}`)
    .join(" ");
  const beside = new pg.Pool({ ...pool.options, max: most, options });
  keepListening(beside, log);
  return beside;
}

/** A table that is small today is read whole otherwise, in the order of its rows, and that plan is kept. */
const rowByRow = ["hashjoin", "mergejoin", "seqscan", "bitmapscan"].map((way) => `enable_${way}=off`);

/** For life: an `error` without a listener ends the process, and a client has its own while it is checked out. */
function keepListening(pool: pg.Pool, log: Log): void {
  pool.on("error", (err) => log.warn({ err }, "a database connection was lost"));
  pool.on("connect", (client) => {
    client.on("error", (err) => log.debug({ err }, "a database client was lost"));
  });
}

/**
 * bigint comes as a number (our counters stay far below 2^53; past it we fail rather than round) and `date` as
 * `YYYY-MM-DD` (pg would make it midnight in this machine's zone). The rest is as pg has it: timestamptz is a Date,
 * numeric a string, jsonb parsed, ranges text.
 */
function getTypeParser(oid: number, format?: "text" | "binary") {
  if (format !== "binary") {
    if (oid === pg.types.builtins.INT8) return parseBigint;
    if (oid === arrayOids.bigint) return (text: string) => parseTexts(text).map(parseBigint);
    if (oid === pg.types.builtins.DATE) return (text: string) => text;
    if (oid === arrayOids.date) return parseTexts;
  }
  return pg.types.getTypeParser(oid, format);
}

/** pg names no array types; the numbers are PostgreSQL's own and never change. */
const arrayOids: Readonly<Record<"text" | "bigint" | "date", number>> = {
  text: 1009,
  bigint: 1016,
  date: 1182,
};
const parseTexts = pg.types.getTypeParser(arrayOids.text) as (text: string) => string[];

function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError("a bigint from the database is too large for a number");
  return value;
}

const oldestServer = 150_000;

/** Refuses a server that may forget what it acknowledged, and one too old for our SQL. */
export async function refuseUnlessDurable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ commit: string; fsync: string; pages: string; version: number }>(
    `select current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync,
            current_setting('full_page_writes') as pages, current_setting('server_version_num')::int as version`,
  );
  const [server] = rows;
  if (!server) throw new StartRefused("The database does not tell its settings: check DATABASE_URL.");
  if (server.version < oldestServer) {
    throw new StartRefused(
      "The database is older than PostgreSQL 15: upgrade it, or point DATABASE_URL at a newer one.",
    );
  }
  const off = [
    ["synchronous_commit", server.commit],
    ["fsync", server.fsync],
    ["full_page_writes", server.pages],
  ].find(([, value]) => value === "off");
  if (off) {
    throw new StartRefused(
      `The database has ${off[0]} off and could lose messages it acknowledged: switch it on for this server, database and role.`,
    );
  }
}

/** Waits for a database that is still starting; what is wrong for good is said in one sentence. */
export async function waitForDatabase(pool: pg.Pool, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1_000)) {
    try {
      await pool.query("select 1");
      return;
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      const reason = permanentReasons[code];
      if (reason)
        throw new StartRefused(`The database refuses us (${reason}): correct DATABASE_URL.`, {
          cause: error,
        });
      if (performance.now() > deadline) {
        throw new StartRefused(
          `The database cannot be reached (${code || "no answer"}): check that it runs and that DATABASE_URL is right.`,
          { cause: error },
        );
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

const permanentReasons: Readonly<Record<string, string>> = {
  "28P01": "wrong password",
  "28000": "no such user, or this user may not connect",
  "3D000": "no such database",
  "42501": "this user may not connect",
  ENOTFOUND: "no such host",
};

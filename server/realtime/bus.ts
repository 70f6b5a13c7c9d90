import pg from "pg";
import type { Log } from "../log.ts";
import type { Bus, Hint, HintListener } from "./hints.ts";

type BusDeps = {
  connection: pg.ClientConfig;
  pool: pg.Pool;
  nodeId: string;
  log: Log;
};

const channel = "foyer_hints";
/** Hints of a few milliseconds travel in one notification; more than PostgreSQL's 8,000 bytes does not fit. */
const gatherMs = 4;
const mostBytes = 7_800;
const renewMs = 10_000;
const leaseSeconds = 30;

/** From a process that does not listen itself, such as the worker: so that a web process alone stays alone. */
export async function sendHints(pool: pg.Pool, hints: readonly Hint[]): Promise<void> {
  for (const payload of payloads("a worker", hints))
    await pool.query("select pg_notify($1, $2)", [channel, payload]);
}

/**
 * The bus between processes, over LISTEN and NOTIFY, outside of any transaction that stores messages. A process alone
 * sends nothing: each keeps a lease in `nodes`, and says hello when it starts so that the others learn of it at once.
 */
export async function createBus({ connection, pool, nodeId, log }: BusDeps): Promise<Bus> {
  const listeners = new Set<HintListener>();
  let others = 0;
  let outgoing: Hint[] = [];
  let sendTimer: NodeJS.Timeout | null = null;
  let isClosed = false;
  let client: pg.Client | null = null;
  let retryTimer: NodeJS.Timeout | null = null;

  function tell(hint: Hint, facts: Parameters<HintListener>[1]) {
    for (const listener of listeners) {
      try {
        listener(hint, facts);
      } catch (error) {
        log.error({ err: error, hint: hint.kind }, "a listener of the bus failed");
      }
    }
  }

  function receive(payload: string | undefined) {
    if (payload === undefined) return;
    const message = JSON.parse(payload) as { from: string; hints?: Hint[] }; // Written by `send` below, in our own database.
    if (message.from === nodeId) return;
    if (message.hints === undefined) {
      void countOthers();
      return;
    }
    for (const hint of message.hints) tell(hint, null);
  }

  async function listen(): Promise<void> {
    const next = new pg.Client(connection);
    // Without a listener a database restart would end the process.
    next.on("error", (error) => log.warn({ err: error }, "the bus lost its database link"));
    next.on("end", () => {
      if (client === next) client = null;
      if (!isClosed) retry(500);
    });
    next.on("notification", (notification) => {
      try {
        receive(notification.payload);
      } catch (error) {
        log.error({ err: error }, "a notification could not be read");
      }
    });
    await next.connect();
    await next.query(`listen ${channel}`);
    client = next;
  }

  function retry(waitMs: number) {
    if (retryTimer !== null || isClosed) return;
    retryTimer = setTimeout(() => {
      retryTimer = null;
      listen().then(
        () => tell({ kind: "missed" }, null),
        () => retry(Math.min(waitMs * 2, 5_000)),
      );
    }, waitMs);
  }

  async function countOthers() {
    try {
      const { rows } = await pool.query<{ count: number }>(
        "select count(*)::int as count from nodes where id <> $1 and lease_until > foyer_now()",
        [nodeId],
      );
      others = rows[0]?.count ?? 0;
    } catch (error) {
      log.warn({ err: error }, "the other processes could not be counted");
    }
  }

  /** One statement and one commit, since a start waits for it. The first also says hello and puts away what killed processes left. */
  async function renew(isFirst = false) {
    try {
      const { rows } = await pool.query<{ count: number }>(
        `with mine as (
           insert into nodes (id, lease_until) values ($1, foyer_now() + make_interval(secs => $2))
           on conflict (id) do update set lease_until = excluded.lease_until
         ), left_over as (
           delete from nodes where $3 and lease_until < foyer_now() - interval '1 day'
         )
         select (select count(*)::int from nodes where id <> $1 and lease_until > foyer_now()) as count,
           case when $3 then pg_notify($4, $5)::text end as hello`,
        [nodeId, leaseSeconds, isFirst, channel, JSON.stringify({ from: nodeId })],
      );
      others = rows[0]?.count ?? 0;
    } catch (error) {
      log.warn({ err: error }, "the process lease could not be renewed");
    }
  }

  async function send() {
    sendTimer = null;
    const hints = outgoing;
    outgoing = [];
    if (others === 0) return;
    try {
      for (const payload of payloads(nodeId, hints))
        await pool.query("select pg_notify($1, $2)", [channel, payload]);
    } catch (error) {
      log.warn({ err: error, count: hints.length }, "hints could not be sent");
    }
  }

  await listen();
  await renew(true);
  const renewTimer = setInterval(() => void renew(), renewMs);

  return {
    publish(hint, facts) {
      tell(hint, facts ?? null);
      if (others === 0 || isClosed) return;
      outgoing.push(hint);
      sendTimer ??= setTimeout(() => void send(), gatherMs);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      clearInterval(renewTimer);
      if (retryTimer !== null) clearTimeout(retryTimer);
      if (sendTimer !== null) clearTimeout(sendTimer);
      await send();
      await pool.query("delete from nodes where id = $1", [nodeId]).catch((error: unknown) => {
        log.warn({ err: error }, "the process lease could not be given back");
      });
      await client?.end();
    },
  };
}

/** Cuts hints into payloads that a notification takes. */
function* payloads(from: string, hints: readonly Hint[]): Generator<string> {
  let chunk: string[] = [];
  let bytes = 0;
  const whole = () => `{"from":"${from}","hints":[${chunk.join(",")}]}`;
  for (const hint of hints) {
    const text = JSON.stringify(hint); // Ids and numbers only: one byte a character.
    if (chunk.length > 0 && bytes + text.length > mostBytes - 100) {
      yield whole();
      chunk = [];
      bytes = 0;
    }
    chunk.push(text);
    bytes += text.length + 1;
  }
  if (chunk.length > 0) yield whole();
}

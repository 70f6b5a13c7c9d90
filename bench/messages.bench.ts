import type { LoadReport } from "./chat-clients.child.ts";
import { type Child, startChild, startFoyer } from "./children.ts";
import { cpuMs, processTree } from "./cpu-time.ts";
import { startLabDatabase } from "./lab-database.ts";
import { seedPeople } from "./lab-people.ts";
import { median, type Row } from "./row.ts";

export const name = "messages";

const port = 3810;
const people = { companies: 50, reps: 2, chats: 4 };
const rounds = 3;
const busy = { perSecond: 5_000, seconds: 6 };
const calm = { perSecond: 1_000, seconds: 4 };

type Side = { clients: Child; node: number; database: () => number[] };
/** CPU of one message, in microseconds. */
type Round = LoadReport & { cpuMicros: number; databaseMicros: number };

/**
 * Foyer with its PostgreSQL against a relay that stores nothing: the same clients, the same names and sizes on the wire,
 * 200 conversations of a visitor and a rep, turn by turn in one run.
 */
export async function measure(): Promise<Row[]> {
  const closing: (() => Promise<void>)[] = [];
  try {
    const database = await startLabDatabase();
    closing.push(database.stop);
    const origin = `http://127.0.0.1:${port}`;
    const lab = await seedPeople(database.pool, origin, people);
    const foyer = await startFoyer(
      {
        ROLE: "web",
        PORT: String(port),
        DATABASE_URL: database.url,
        DATA_DIR: database.dataDir,
        SECRET_KEY: "bench ".repeat(8),
      },
      { execArgv: process.env.FOYER_BENCH_ARGS?.split(" ") ?? [] },
    );
    closing.push(foyer.stop);
    const relay = await startChild("bare-relay");
    closing.push(relay.stop);
    const relayPort = await relay.ask<number>("listen");

    const join = async (url: string, isBare: boolean) => {
      const clients = await startChild("chat-clients");
      closing.push(clients.stop);
      await clients.ask("connect", { url, origin, isBare, visitors: lab.visitors, reps: lab.reps });
      return clients;
    };
    const ours: Side = {
      clients: await join(origin, false),
      node: foyer.pid,
      database: () => processTree(database.postmasterPid),
    };
    const bare: Side = {
      clients: await join(`http://127.0.0.1:${relayPort}`, true),
      node: relay.pid,
      database: () => [],
    };

    for (const side of [bare, ours]) await round(side, { ...busy, seconds: 4 });
    const stored = () => countFacts(database.pool);
    const before = await stored();
    const busyRounds = await alternate(bare, ours, busy);
    const calmRounds = await alternate(bare, ours, calm);
    const kept = (await stored()) - before;
    const all = [...busyRounds, ...calmRounds].map((one) => one.ours);
    const isWhole =
      kept === sum(all, (one) => one.acked) &&
      sum(all, (one) => one.delivered) === 2 * kept &&
      sum(all, (one) => one.refused) === 0;
    return [
      cpuRow(busyRounds, isWhole ? `${kept} acked, stored and delivered to both` : "SOME WERE LOST"),
      latencyRow("p50 until the ack, 1,000 messages/s", calmRounds, (one) => one.ackMs.p50),
      latencyRow("p50 until the other side has it, 1,000 messages/s", calmRounds, (one) => one.otherMs.p50),
    ].map((row) => ({ ...row, ok: row.ok && isWhole }));
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function round(side: Side, rate: { perSecond: number; seconds: number }): Promise<Round> {
  const database = side.database();
  const before = { node: cpuMs([side.node]), database: cpuMs(database) };
  const report = await side.clients.ask<LoadReport>("load", rate);
  const spent = { node: cpuMs([side.node]) - before.node, database: cpuMs(database) - before.database };
  return {
    ...report,
    cpuMicros: ((spent.node + spent.database) * 1_000) / report.acked,
    databaseMicros: (spent.database * 1_000) / report.acked,
  };
}

type Pair = { bare: Round; ours: Round };

async function alternate(bare: Side, ours: Side, rate: typeof busy): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let turn = 0; turn < rounds; turn++)
    pairs.push({ bare: await round(bare, rate), ours: await round(ours, rate) });
  return pairs;
}

function cpuRow(pairs: Pair[], note: string): Row {
  const ratio = median(pairs.map(({ bare, ours }) => bare.cpuMicros / ours.cpuMicros));
  const rate = median(pairs.map(({ ours }) => ours.acked / ours.seconds));
  const p50 = median(pairs.map(({ ours }) => ours.ackMs.p50));
  const database = median(pairs.map(({ ours }) => ours.databaseMicros));
  return {
    what: "CPU of a message, Node and PostgreSQL, against a relay that stores nothing",
    ours: median(pairs.map(({ ours }) => ours.cpuMicros)),
    baseline: median(pairs.map(({ bare }) => bare.cpuMicros)),
    unit: "us",
    ratio,
    budget: ">= 0.75 of bare throughput per CPU",
    ok: ratio >= 0.75,
    note: `PostgreSQL ${Math.round(database)} us of it; ${Math.round(rate)}/s, p50 ${p50.toFixed(1)} ms; ${note}`,
  };
}

function latencyRow(what: string, pairs: Pair[], of: (round: Round) => number): Row {
  const ratio = median(pairs.map(({ bare, ours }) => of(ours) / of(bare)));
  return {
    what,
    ours: median(pairs.map(({ ours }) => of(ours))),
    baseline: median(pairs.map(({ bare }) => of(bare))),
    unit: "ms",
    ratio,
    budget: "<= 2 x bare",
    ok: ratio <= 2,
    note: `p99 ${median(pairs.map(({ ours }) => ours.ackMs.p99)).toFixed(1)} ms against ${median(pairs.map(({ bare }) => bare.ackMs.p99)).toFixed(1)} ms until the ack`,
  };
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

async function countFacts(pool: {
  query(text: string): Promise<{ rows: { count: string }[] }>;
}): Promise<number> {
  const { rows } = await pool.query("select count(*) as count from facts");
  return Number(rows[0]?.count ?? 0);
}

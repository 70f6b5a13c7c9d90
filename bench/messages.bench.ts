import { tmpdir } from "node:os";
import { fastFolder } from "../server/db/testing-template.ts";
import type { LoadReport } from "./chat-clients.child.ts";
import { type Child, startChild, startFoyer } from "./children.ts";
import { cpuMs, processTree } from "./cpu-time.ts";
import { startLabDatabase } from "./lab-database.ts";
import { seedPeople } from "./lab-people.ts";
import { median, type Row } from "./row.ts";

export const name = "messages";

const port = 3810;
const people = { companies: 50, reps: 2, chats: 4 };
const rounds = 5;
const busy = { perSecond: 5_000, seconds: 5 };
const calm = { perSecond: 1_000, seconds: 3 };
const warmUp = { perSecond: 4_000, seconds: 5 };

type Side = { clients: Child; node: number; database: () => number[] };
/** CPU of one message, in microseconds. */
type Round = LoadReport & { cpuMicros: number; databaseMicros: number };

/**
 * Foyer with its PostgreSQL against a relay that stores nothing: the same clients, the same names and sizes on the wire,
 * 400 conversations of a visitor and a rep, turn by turn in one run. CPU is measured with the database on the disk; time
 * with it in memory, since what a commit waits for the disk says nothing of us (it stands in the note).
 */
export async function measure(): Promise<Row[]> {
  const onDisk = await inLab(tmpdir(), async (lab) => ({
    busy: await alternate(lab, busy),
    calm: await alternate(lab, calm, 1),
  }));
  const inMemory = await inLab(fastFolder(), async (lab) => ({ calm: await alternate(lab, calm) }));
  const onDiskMs = median(onDisk.calm.map(({ ours }) => ours.wholeMs.p50)).toFixed(1);
  const rows = [
    cpuRow(onDisk.busy, onDisk.whole ?? "SOME WERE LOST"),
    latencyRow(inMemory.calm, `${onDiskMs} ms on this disk`),
  ];
  const isWhole = onDisk.whole !== null && inMemory.whole !== null;
  return rows.map((row) => ({ ...row, ok: row.ok && isWhole }));
}

type Lab = { bare: Side; ours: Side };

/** `whole` says how many messages were acked, stored and delivered to both sides; null when any of the three differ. */
async function inLab<R extends Record<string, Pair[]>>(
  folder: string,
  work: (lab: Lab) => Promise<R>,
): Promise<R & { whole: string | null }> {
  const closing: (() => Promise<void>)[] = [];
  try {
    const database = await startLabDatabase(folder);
    closing.push(database.stop);
    const origin = `http://127.0.0.1:${port}`;
    const lab = await seedPeople(database.pool, origin, people);
    const foyer = await startFoyer({
      ROLE: "web",
      PORT: String(port),
      DATABASE_URL: database.url,
      DATA_DIR: database.dataDir,
      SECRET_KEY: "bench ".repeat(8),
    });
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

    for (const side of [bare, ours]) await round(side, warmUp);
    const before = await countFacts(database.pool);
    const measured = await work({ bare, ours });
    const kept = (await countFacts(database.pool)) - before;
    const all = Object.values(measured)
      .flat()
      .map((one) => one.ours);
    const isWhole =
      kept === sum(all, (one) => one.acked) &&
      sum(all, (one) => one.delivered) === 2 * kept &&
      sum(all, (one) => one.refused) === 0;
    return { ...measured, whole: isWhole ? `${kept} acked, stored and delivered to both` : null };
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

async function alternate({ bare, ours }: Lab, rate: typeof busy, turns = rounds): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (let turn = 0; turn < turns; turn++)
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

function latencyRow(pairs: Pair[], note: string): Row {
  const middle = (of: (pair: Pair) => number) => median(pairs.map(of));
  const ratio = (of: (round: Round) => number) => middle(({ bare, ours }) => of(ours) / of(bare));
  const whole = ratio((one) => one.wholeMs.p50);
  const parts = `ack alone ${ratio((one) => one.ackMs.p50).toFixed(2)} x, other side alone ${ratio((one) => one.otherMs.p50).toFixed(2)} x`;
  return {
    what: "p50 until a message is acked and delivered to both sides, 1,000 messages/s",
    ours: middle(({ ours }) => ours.wholeMs.p50),
    baseline: middle(({ bare }) => bare.wholeMs.p50),
    unit: "ms",
    ratio: whole,
    budget: "<= 2 x bare",
    ok: whole <= 2,
    note: `${parts}; ${note}`,
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

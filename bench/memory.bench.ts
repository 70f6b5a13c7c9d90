import { join } from "node:path";
import { newId } from "../server/db/ids.ts";
import { formatCredential, hashSecret, mintSecret } from "../server/visitors/credential.ts";
import type { BeaconAnswer } from "../shared/protocol/beacon.ts";
import { type Child, startChild, startFoyer } from "./children.ts";
import { type LabDatabase, startLabDatabase } from "./lab-database.ts";
import { seedPeople } from "./lab-people.ts";
import { memoryInUse, probed } from "./memory-in-use.ts";
import type { Row } from "./row.ts";

export const name = "memory";

const port = 3820;
const origin = `http://127.0.0.1:${port}`;
const many = 10_000;
/** Before the first look: code compiled, caches filled, tables grown. */
const warmUp = 1_000;

/** The real web process, with 10,000 visitors that only beat, then with 10,000 open chats; beside it a bare Socket.IO. */
export async function measure(): Promise<Row[]> {
  const closing: (() => Promise<void>)[] = [];
  try {
    const database = await startLabDatabase();
    closing.push(database.stop);
    const { siteKeys } = await seedPeople(database.pool, origin, { companies: 1, reps: 2, chats: 1 });
    const file = join(database.dataDir, "memory.json");
    const { execArgv, env } = probed(file);
    const foyer = await startFoyer(
      {
        ...env,
        ROLE: "web",
        PORT: String(port),
        DATABASE_URL: database.url,
        DATA_DIR: database.dataDir,
        SECRET_KEY: "bench ".repeat(8),
      },
      { execArgv },
    );
    closing.push(foyer.stop);
    const look = () => memoryInUse(foyer.pid, file);

    const site = siteKeys[0] ?? "";
    const first = await arrive(site, warmUp, "192.0.2.1");
    await beat(site, first);
    const before = await look();
    const newcomers = await arrive(site, many, "198.51.100.");
    // Who is silent for two minutes is forgotten: one more sign of life from each, so that all are there to be weighed.
    await beat(site, newcomers);
    const after = await look();
    const quiet = (after.held - before.held) / many;

    const credentials = await addVisitors(database, many + warmUp);
    const ours = await perChat(origin, false, credentials, look, closing);

    const bareFile = join(database.dataDir, "bare.json");
    const probe = probed(bareFile);
    const relay = await startChild("bare-relay", probe.execArgv, probe.env);
    closing.push(relay.stop);
    const relayUrl = `http://127.0.0.1:${await relay.ask<number>("listen")}`;
    const bare = await perChat(relayUrl, true, credentials, () => memoryInUse(relay.pid, bareFile), closing);

    return [
      {
        what: "memory of a visitor without a socket, at 10,000",
        ours: quiet,
        baseline: null,
        unit: "bytes",
        ratio: quiet / 1_024,
        budget: "<= 0.5 KB",
        ok: quiet <= 512,
      },
      {
        what: "memory of an open chat, at 10,000, against bare Socket.IO",
        ours: ours.held / 1_024,
        baseline: bare.held / 1_024,
        unit: "KB",
        ratio: ours.held / bare.held,
        budget: "<= 1.25 x bare",
        ok: ours.held <= 1.25 * bare.held,
        note: `resident ${(ours.resident / 1_024).toFixed(1)} KB against ${(bare.resident / 1_024).toFixed(1)} KB`,
      },
    ];
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** Newcomers, each with its first beacon, as their frames send it; answers their credentials. */
async function arrive(site: string, count: number, network: string): Promise<string[]> {
  const credentials: string[] = [];
  await inParallel(count, async (turn) => {
    // A network may bring 2,000 newcomers an hour.
    const address = `${network}${network.endsWith(".") ? Math.floor(turn / 1_500) : ""}`;
    const { credential } = await tell({ site, credential: null, event: "hello" }, address);
    if (credential === undefined) throw new Error("a newcomer got no credential");
    credentials.push(credential);
  });
  return credentials;
}

async function beat(site: string, credentials: readonly string[]): Promise<void> {
  await inParallel(credentials.length, async (turn) => {
    await tell({ site, credential: credentials[turn], event: "beat" }, "192.0.2.1");
  });
  // Their beats have been written, and what that took is free again.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
}

async function tell(part: Record<string, unknown>, address: string): Promise<BeaconAnswer> {
  const response = await fetch(`${origin}/visitor/beacon`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin,
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36",
      "x-forwarded-for": address,
    },
    body: JSON.stringify({
      url: "https://shop.example/pricing?from=newsletter",
      title: "Pricing",
      referrer: "https://search.example/",
      zone: "Europe/Berlin",
      language: "de",
      screenWidth: 1_280,
      ...part,
    }),
  });
  if (!response.ok) throw new Error(`a beacon was answered ${response.status}`);
  return (await response.json()) as BeaconAnswer; // Of our own server.
}

async function inParallel(count: number, work: (turn: number) => Promise<void>): Promise<void> {
  let next = 0;
  const some = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: 24 }, some));
}

async function addVisitors({ pool }: LabDatabase, count: number): Promise<string[]> {
  const visitors = Array.from({ length: count }, () => ({ id: newId<"visitor">(), secret: mintSecret() }));
  await pool.query(
    `insert into visitors (id, workspace_id, site_id, secret_hash, device)
     select v.id, s.workspace_id, s.id, v.hash, '{}' from unnest($1::uuid[], $2::bytea[]) as v(id, hash), sites s`,
    [visitors.map(({ id }) => id), visitors.map(({ secret }) => hashSecret(secret))],
  );
  return visitors.map(({ id, secret }) => formatCredential(id, secret));
}

async function perChat(
  url: string,
  isBare: boolean,
  credentials: string[],
  look: () => Promise<{ held: number; resident: number }>,
  closing: (() => Promise<void>)[],
) {
  const clients: Child[] = [];
  for (let half = 0; half < 2; half++) clients.push(await startChild("open-chats"));
  closing.push(async () => {
    for (const client of clients) await client.stop();
  });
  const open = async (some: string[]) => {
    const middle = Math.ceil(some.length / 2);
    const parts = [some.slice(0, middle), some.slice(middle)];
    await Promise.all(
      clients.map((client, half) =>
        client.ask("open", { url, origin, isBare, credentials: parts[half] ?? [] }),
      ),
    );
  };
  await open(credentials.slice(0, warmUp));
  const before = await look();
  await open(credentials.slice(warmUp));
  const after = await look();
  for (const client of clients) await client.stop();
  return {
    held: (after.held - before.held) / many,
    resident: (after.resident - before.resident) / many,
  };
}

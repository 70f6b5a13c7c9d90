import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startFoyer } from "./children.ts";
import { startLabDatabase } from "./lab-database.ts";
import { seedHosts } from "./lab-hosts.ts";
import type { Row } from "./row.ts";

export const name = "first-times";

const port = 3850;
const rounds = 200;
const warmUp = 20;
const answersAfterMs = 3_000;
const most = 300;

/**
 * What a guest waits for on a public page of 50 hosts with 200 calendar events each: the page's first answer, then its times.
 * Meanwhile the worker reads those calendars from a provider that takes three seconds for each answer.
 */
export async function measure(): Promise<Row[]> {
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const database = await startLabDatabase();
    closing.push(database.stop);
    const slow = createServer((_, answer) => {
      setTimeout(
        () => answer.writeHead(200, { "content-type": "application/json" }).end('{"items":[]}'),
        answersAfterMs,
      );
    });
    await new Promise<void>((resolve) => slow.listen(0, "127.0.0.1", resolve));
    closing.push(async () => {
      slow.closeAllConnections();
      slow.close();
    });
    const provider = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`; // It listens on TCP.
    const secretKey = "bench ".repeat(8);
    const { slug } = await seedHosts(database.pool, { hosts: 50, events: 200, secretKey, slug: "intro" });
    const foyer = await startFoyer({
      PORT: String(port),
      DATABASE_URL: database.url,
      DATA_DIR: database.dataDir,
      SECRET_KEY: secretKey,
      DEMO: "off",
      GOOGLE_API_URL: provider,
      GOOGLE_TOKENS_URL: provider,
    });
    closing.push(foyer.stop);

    const page = `${foyer.url}/visitor/booking-pages/${slug}`;
    let bytes = 0;
    let guests = 0;
    const firstTimes = async () => {
      // Each is another guest: the limits of one network are not what is measured.
      const address = `198.51.${100 + (++guests >> 8)}.${guests & 255}`;
      const headers = { origin: foyer.url, "content-type": "application/json", "x-forwarded-for": address };
      const opened = await fetch(page, { method: "POST", headers, body: "{}" });
      const { guest } = (await opened.json()) as { guest: string };
      const answer = await fetch(`${page}/slots?host=any&guest=${encodeURIComponent(guest)}`, { headers });
      const text = await answer.text();
      const { slots } = JSON.parse(text) as { slots?: string };
      if (!slots) throw new Error(`no times: ${text.slice(0, 200)}`);
      bytes = text.length;
    };
    const twoPings = async () => {
      await (await fetch(`${foyer.url}/healthz`)).text();
      await (await fetch(`${foyer.url}/healthz`)).text();
    };
    for (let round = 0; round < warmUp; round++) await firstTimes();
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      bare.push(await timed(twoPings));
      ours.push(await timed(firstTimes));
    }
    const [slowest, ping] = [p95(ours), p95(bare)];
    return [
      {
        what: "first paint of times: 50 hosts, 200 events each, providers answer in 3 s, p95",
        ours: slowest,
        baseline: ping,
        unit: "ms",
        ratio: slowest / ping,
        budget: `<= ${most} ms`,
        ok: slowest <= most,
        note: `median ${Math.round(ours.sort((a, b) => a - b)[rounds >> 1] ?? 0)} ms, ${bytes} bytes; the baseline is two answers of /healthz`,
      },
    ];
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function p95(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
}

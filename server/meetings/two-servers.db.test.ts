import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MeetingId, MemberId } from "../../shared/model/ids.ts";
import type { Answer } from "../../shared/protocol/errors.ts";
import type { BookedAnswer, HoldAnswer, SlotsAnswer } from "../../shared/protocol/visitor-routes.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { newId } from "../db/ids.ts";
import { formatCredential, hashSecret, mintSecret } from "../visitors/credential.ts";
import { signPageGuest } from "./page-guest.ts";
import { createMeetingWorld, monday } from "./testing.ts";

/**
 * The promise itself, over HTTP: two server processes share one database, and of a hundred visitors who want one slot at once,
 * or its neighbour within the gap, exactly one gets it. `FOYER_ROUNDS=50` is the long run.
 */
const ROUNDS = Number(process.env.FOYER_ROUNDS ?? 4);
const VISITORS = 100;

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
let folder: string;
const servers: { process: ChildProcess; url: string }[] = [];
let place: Awaited<ReturnType<typeof world.addWorkspace>>;

beforeAll(async () => {
  world = await createMeetingWorld();
  await world.setClock(monday);
  place = await world.addWorkspace();
  // Below node_modules, so that the bundle finds its packages.
  folder = mkdtempSync(join(import.meta.dirname, "../../node_modules/.two-servers-"));
  const outfile = join(folder, "server/main.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "testing-server.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  await Promise.all([startServer(outfile), startServer(outfile)]);
});

afterAll(async () => {
  for (const server of servers) {
    if (server.process.exitCode !== null) continue;
    server.process.kill("SIGTERM");
    await once(server.process, "exit");
  }
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  await world.close();
});

async function startServer(program: string) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, [program], {
    env: {
      ...env,
      ROLE: "web",
      DEMO: "off",
      DATABASE_URL: world.url,
      DATABASE_POOL: "20",
      PORT: String(port),
      // Both are one service to the outside: the second says so by the first's address.
      PUBLIC_URL: url,
      SECRET_KEY: world.deps.secretKey,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  servers.push({ process: child, url });
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes("ready")) break;
  }
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

/** Credentials of new visitors: each may only ask so often. */
async function newVisitors(): Promise<string[]> {
  const secrets = Array.from({ length: VISITORS }, () => ({ id: newId<"visitor">(), secret: mintSecret() }));
  await world.db
    .insertInto("visitors")
    .values(
      secrets.map(({ id, secret }) => ({
        id,
        workspace_id: place.workspaceId,
        site_id: place.siteId,
        secret_hash: hashSecret(secret),
        device: JSON.stringify({ kind: "desktop", browser: "Test", os: "Test" }),
      })),
    )
    .execute();
  return secrets.map(({ id, secret }) => formatCredential(id, secret));
}

type Caller = { url: string; credential: string };

async function call<T>(
  { url, credential }: Caller,
  method: "GET" | "POST",
  path: string,
  body?: object,
): Promise<Answer<T>> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Visitor ${credential}`,
      ...(body ? { "content-type": "application/json", origin: url } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await response.json()) as Answer<T>; // Our own server's answer.
}

async function tryToBook(caller: Caller, host: MemberId, startAt: number, offer: string): Promise<string> {
  const held = await call<HoldAnswer>(caller, "POST", "/visitor/holds", { host, startAt, offer });
  if (!held.ok) return held.code;
  const booked = await call<{ meeting: { id: MeetingId } }>(caller, "POST", "/visitor/meetings", {
    key: randomUUID(),
    holdId: held.holdId,
    name: "Guest",
    email: `guest-${randomUUID()}@example.org`,
    note: "",
    zone: "UTC",
  });
  return booked.ok ? "booked" : booked.code;
}

it(
  `in ${ROUNDS} rounds of ${VISITORS} visitors on two servers each slot goes to exactly one`,
  async () => {
    const slowest: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const host = await world.addHost(place.workspaceId);
      const callers = (await newVisitors()).map((credential, index) => ({
        credential,
        url: servers[index % servers.length]?.url ?? "",
      }));
      const offers = await Promise.all(
        callers.map((caller) => call<SlotsAnswer>(caller, "GET", `/visitor/slots?host=${host}`)),
      );
      const [first] = offers;
      if (!first?.ok) throw new Error("no slots were offered");
      const [one = 0, next = 0] = decodeSlots(first.slots).slice(round % 10);
      const ends = await Promise.all(
        callers.map(async (caller, index) => {
          const offered = offers[index];
          if (!offered?.ok) return offered?.code ?? "nothing";
          const startedAt = performance.now();
          // Odd rounds: half of them want the next slot, which lies within the gap of five minutes.
          const end = await tryToBook(caller, host, round % 2 && index % 3 ? next : one, offered.offer);
          slowest.push(performance.now() - startedAt);
          return end;
        }),
      );
      const counted = Object.fromEntries(
        [...new Set(ends)].map((end) => [end, ends.filter((x) => x === end).length]),
      );
      expect(counted).toEqual({ booked: 1, slot_taken: VISITORS - 1 });
      const rows = await world.db
        .selectFrom("meetings")
        .select("state")
        .where("host_id", "=", host)
        .execute();
      expect(rows).toEqual([{ state: "booked" }]);
    }
    slowest.sort((a, b) => a - b);
    const at99 = slowest[Math.floor(slowest.length * 0.99)] ?? 0;
    expect(at99).toBeLessThan(15_000);
  },
  ROUNDS * 10_000 + 20_000,
);

it("of a hundred guests of public pages the same three hosts get one meeting together, or one each", async () => {
  const hosts: MemberId[] = [];
  for (let index = 0; index < 3; index++) hosts.push(await world.addHost(place.workspaceId));
  const together = await world.addType(place.workspaceId, hosts, { hosting: "collective" });
  const byTurns = await world.addType(place.workspaceId, hosts);
  const ends = await Promise.all(
    Array.from({ length: VISITORS }, async (_, index) => {
      const url = servers[index % 2]?.url ?? "";
      const type = index % 4 < 2 ? together : byTurns;
      const page = `/visitor/booking-pages/${type.slug}`;
      const guest = signPageGuest(world.deps.secretKey, type, Date.now());
      const caller = { url, credential: "none" };
      const slots = await call<SlotsAnswer>(caller, "GET", `${page}/slots?guest=${guest}&host=any`);
      if (!slots.ok) return slots.code;
      const [startAt = 0] = decodeSlots(slots.slots);
      const wish = { guest, host: "any", startAt, offer: slots.offer };
      const held = await call<HoldAnswer>(caller, "POST", `${page}/holds`, wish);
      if (!held.ok) return held.code;
      const form = { name: "Guest", email: `g-${randomUUID()}@example.org`, note: "", zone: "UTC" };
      const booking = { ...form, guest, key: randomUUID(), holdId: held.holdId, answers: [] };
      const booked = await call<BookedAnswer>(caller, "POST", `${page}/meetings`, booking);
      return booked.ok ? `${type.hosting} ${startAt}` : booked.code;
    }),
  );
  const rows = await world.db
    .selectFrom("meetings")
    .select(["id", "host_id", "start_at", "state", "part_of", "type_id"])
    .where("host_id", "in", hosts)
    .execute();
  expect(rows.every(({ state }) => state === "booked")).toBe(true);
  const booked = ends.filter((end) => end !== "slot_taken");
  expect(rows.filter(({ part_of }) => part_of === null)).toHaveLength(booked.length);
  expect(new Set(rows.map(({ host_id, start_at }) => `${host_id} ${start_at.getTime()}`)).size).toBe(
    rows.length,
  );
  const shared = rows.filter(({ type_id, part_of }) => type_id === together.id && part_of === null);
  for (const { id } of shared) expect(rows.filter(({ part_of }) => part_of === id)).toHaveLength(2);
  // Every time that was taken is taken whole: by all three together, or by turns at most once each.
  for (const start of new Set(rows.map(({ start_at }) => start_at.getTime())))
    expect(rows.filter(({ start_at }) => start_at.getTime() === start).length).toBeLessThanOrEqual(3);
  expect(booked.length).toBeGreaterThan(0);
}, 60_000);

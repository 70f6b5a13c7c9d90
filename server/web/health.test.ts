import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createLog } from "../log.ts";
import { healthRoutes } from "./health.ts";
import { createHttpApp, createHttpServer } from "./http-app.ts";
import { createMetrics } from "./metrics.ts";
import { createOriginCheck } from "./origins.ts";

const config = { publicUrl: "https://chat.example.com", trustedProxies: "loopback" };
const log = createLog({ level: "silent", part: "test" });
let close = () => Promise.resolve();
afterEach(() => close());

async function serve(query: () => Promise<unknown>, trustedProxies = "loopback") {
  const metrics = createMetrics();
  metrics.messagesStored.inc({ author: "visitor" });
  const health = healthRoutes({
    origins: createOriginCheck(config),
    log,
    pool: { query },
    metrics,
  });
  const server = createHttpServer(
    createHttpApp({ config: { ...config, trustedProxies }, log, beforeParsing: [], routers: [health] }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => new Promise((resolve) => server.close(() => resolve()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("is healthy while the database answers, else unavailable without saying why", async () => {
  let isAway = false;
  const base = await serve(() =>
    isAway ? Promise.reject(new Error("no route to 10.0.0.1")) : Promise.resolve(),
  );
  expect(await (await fetch(`${base}/healthz`)).json()).toEqual({ ok: true });
  isAway = true;
  const answer = await fetch(`${base}/healthz`);
  expect([answer.status, await answer.json()]).toEqual([503, { ok: false, code: "unavailable" }]);
});

it("tells its numbers inside only: to the world behind a proxy they do not exist", async () => {
  const base = await serve(() => Promise.resolve());
  const inside = await fetch(`${base}/metrics`);
  expect(await inside.text()).toContain('foyer_messages_stored_total{author="visitor"} 1');
  const outside = await fetch(`${base}/metrics`, { headers: { "x-forwarded-for": "203.0.113.7" } });
  expect([outside.status, await outside.json()]).toEqual([404, { ok: false, code: "not_found" }]);
  // What a stranger adds in front of the proxy's own word counts for nothing.
  const pretender = await fetch(`${base}/metrics`, {
    headers: { "x-forwarded-for": "10.0.0.1, 203.0.113.7" },
  });
  expect(pretender.status).toBe(404);
});

it("a proxy that nobody trusts speaks for the world, whatever address it has", async () => {
  const base = await serve(() => Promise.resolve(), "192.0.2.1");
  const forwarded = await fetch(`${base}/metrics`, { headers: { "x-forwarded-for": "203.0.113.7" } });
  expect(forwarded.status).toBe(404);
  expect((await fetch(`${base}/metrics`)).status).toBe(200);
});

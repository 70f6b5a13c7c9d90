import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createGuardedFetch, type GuardedFetchDeps } from "./guarded-fetch.ts";
import { isPublicAddress } from "./public-address.ts";

let close = () => Promise.resolve();
afterEach(() => close());

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => new Promise((resolve) => server.close(() => resolve()));
  return (server.address() as AddressInfo).port;
}

const problemOf = (url: string, deps: GuardedFetchDeps, request = {}) =>
  createGuardedFetch(deps)(url, request).then(
    ({ status }) => status,
    (error: { problem: string }) => error.problem,
  );
const strict = { allowsPrivateHosts: false };
const inside = { allowsPrivateHosts: true };

describe("a guarded request", () => {
  it("goes to public addresses only, however they are written and whatever the name says", async () => {
    for (const url of [
      "https://127.0.0.1/",
      "https://2130706433/",
      "https://0x7f.1/",
      "https://[::1]/",
      "https://[::ffff:10.0.0.1]/",
      "https://[fd00::1]/",
      "https://[64:ff9b::7f00:1]/",
      "https://169.254.169.254/latest/meta-data",
      "https://10.1.2.3/",
      "https://100.64.0.1/",
      "https://192.168.1.1/",
    ])
      expect(await problemOf(url, strict), url).toBe("private_host");
    const oneInside = { ...strict, resolve: async () => ["93.184.215.14", "10.0.0.1"] };
    expect(await problemOf("https://idp.example/", oneInside)).toBe("private_host");
    expect(await problemOf("https://idp.example/", { ...strict, resolve: async () => [] })).toBe(
      "no_such_host",
    );
    expect(isPublicAddress("93.184.215.14")).toBe(true);
    expect(isPublicAddress("2606:4700::1111")).toBe(true);
  });

  it("speaks HTTPS only; HTTP is for this machine, where private hosts are allowed", async () => {
    expect(await problemOf("http://idp.example/", strict)).toBe("not_https");
    expect(await problemOf("file:///etc/passwd", inside)).toBe("not_https");
    expect(await problemOf("http://idp.example/", { ...inside, resolve: async () => ["10.0.0.1"] })).toBe(
      "not_https",
    );
    const port = await serve((_request, response) => response.end("hello"));
    expect(await problemOf(`http://127.0.0.1:${port}/`, inside)).toBe(200);
  });

  it("never asks a cloud for its machine's keys", async () => {
    expect(await problemOf("https://169.254.169.254/", inside)).toBe("private_host");
  });

  it("connects to the address that was judged, not to what the name says next", async () => {
    const port = await serve((request, response) => response.end(request.headers.host));
    let asked = 0;
    const resolve = async () => (asked++ === 0 ? ["127.0.0.1"] : ["169.254.169.254"]);
    const response = await createGuardedFetch({ ...inside, resolve })(`http://idp.example:${port}/`);
    expect(await response.text()).toBe(`idp.example:${port}`);
    expect(asked).toBe(1);
  });

  it("follows no redirect to another host, and ends a loop", async () => {
    const port = await serve((request, response) => {
      const to = request.url === "/there" ? "/here" : request.url === "/loop" ? "/loop" : null;
      if (request.url === "/here") return void response.end("here");
      response.writeHead(302, { location: to ?? "https://elsewhere.example/" }).end();
    });
    const at = (path: string) => `http://127.0.0.1:${port}${path}`;
    expect(await problemOf(at("/there"), inside, { follows: true })).toBe(200);
    expect(await problemOf(at("/away"), inside, { follows: true })).toBe("redirected_away");
    expect(await problemOf(at("/loop"), inside, { follows: true })).toBe("redirected_away");
    expect(await problemOf(at("/away"), inside)).toBe(302);
  });

  it("takes no answer above the limit", async () => {
    const port = await serve((_request, response) => response.end("x".repeat(2_000)));
    expect(await problemOf(`http://127.0.0.1:${port}/`, inside, { mostBytes: 1_000 })).toBe("too_large");
  });
});

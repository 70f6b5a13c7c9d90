import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../log.ts";
import { type DemoShop, startDemoShop } from "./shop-server.ts";
import { shopOrigins } from "./shop-visitors.ts";

let shop: DemoShop;
let port: number;

beforeAll(async () => {
  const log = createLog({ level: "silent", part: "shop" });
  const config = { publicUrl: "http://127.0.0.1:4000", demoPort: 0 };
  shop = await startDemoShop({ config, log, siteKey: "site-key-of-the-test" });
  port = Number(new URL(shop.url).port);
});
afterAll(() => shop.close());

type Answer = { status: number; headers: Record<string, unknown>; body: string };

/** Not `fetch`: it would tidy `..` away and does not let us choose the Host. */
function get(path: string, host = `localhost:${port}`, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ask = request({ host: "127.0.0.1", port, path, method, headers: { host } }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        body += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    ask.on("error", reject).end();
  });
}

describe("the demo shop", () => {
  test.each(["/", "/rooms.html", "/pricing.html", "/case-study.html", "/contact.html"])(
    "%s carries the tag of the demo site and nothing unfilled",
    async (path) => {
      const { status, body } = await get(path);
      expect(status).toBe(200);
      expect(body).toContain(
        '<script async src="http://127.0.0.1:4000/widget.js" data-site="site-key-of-the-test"></script>',
      );
      expect(body).not.toMatch(/__FOYER|<!-- demo bar/);
    },
  );

  test("every link and picture of the shop leads somewhere", async () => {
    const { body } = await get("/contact.html");
    const home = await get("/");
    // A colon ends an address of another origin.
    const paths = [...`${body}${home.body}`.matchAll(/(?:href|src)="([a-z/][^":#?]*)(?=["#?])/g)].map(
      (match) => String(match[1]).replace(/^\/?/, "/"),
    );
    expect(paths.length).toBeGreaterThan(20);
    for (const path of new Set(paths)) expect([path, (await get(path)).status]).not.toEqual([path, 404]);
  });

  test("the bar says who one is, and a new anonymous visitor gets another host of the listed origins", async () => {
    expect((await get("/", `anna.localhost:${port}`)).body).toContain("browsing as <strong>Anna</strong>");
    const first = (await get("/visit/anyone")).headers.location;
    const second = (await get("/visit/anyone")).headers.location;
    expect(second).not.toBe(first);
    expect(shopOrigins(port)).toContain(new URL(String(first)).origin);
    expect(shopOrigins(port)).toContain(new URL(String(second)).origin);
  });

  test.each([
    [
      "strict-csp",
      "content-security-policy",
      "script-src http://127.0.0.1:4000; frame-src http://127.0.0.1:4000",
    ],
    ["booking", "content-security-policy", "script-src 'self' http://127.0.0.1:4000; frame-src"],
    ["trusted-types", "content-security-policy", "require-trusted-types-for 'script'"],
    ["coep", "cross-origin-embedder-policy", "require-corp"],
  ])("the %s example is served with its header", async (name, header, value) => {
    const { status, headers } = await get(`/examples/${name}/`);
    expect(status).toBe(200);
    expect(headers[header]).toContain(value);
  });

  test.each(["/examples/spa/", "/examples/rtl/", "/examples/coep/style.css", "/examples/booking/book.js"])(
    "%s is served",
    async (path) => {
      expect((await get(path)).status).toBe(200);
    },
  );

  test.each([
    "/../package.json",
    "/..%2fpackage.json",
    "/examples/../../package.json",
    "/examples/../../server/demo/shop-server.ts",
    "/examples/README.md",
    "/examples/%2e%2e/biome.json",
    "/portraits/__proto__.svg",
    "/portraits/constructor.svg",
    "//etc/passwd.html",
  ])("%s is not there", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test("a host name that is not ours is turned away, and so is anything but reading", async () => {
    expect((await get("/", "rebound.example")).status).toBe(421);
    expect((await get("/", `localhost:${port}`, "POST")).status).toBe(405);
  });
});

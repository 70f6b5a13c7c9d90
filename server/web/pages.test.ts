import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SiteId } from "../../shared/model/ids.ts";
import { createLog } from "../log.ts";
import { createHttpApp, createHttpServer } from "./http-app.ts";
import { type AskedBookingPage, pageRoutes } from "./pages.ts";
import { createPrograms } from "./programs.ts";

const publicUrl = "https://chat.example.com";
const photoId = "0190f000-0000-7000-8000-000000000001";
const dist = mkdtempSync(join(tmpdir(), "foyer-dist-"));
const site = {
  id: "0190f000-0000-7000-8000-000000000002" as SiteId,
  publicKey: "shop-key",
  origins: ["https://shop.example", "http://localhost:3001"],
  look: { color: "#112233", position: "right" as const, companyName: "Quiet Rooms" },
};

const tour = {
  title: 'A "tour" </title> · Quiet Rooms',
  origins: ["https://shop.example", "https://blog.example"],
  start: { page: { ok: false, code: "unavailable" }, slots: null },
} as const satisfies Partial<AskedBookingPage>;

function build() {
  const put = (path: string, text: string) => {
    mkdirSync(join(dist, path, ".."), { recursive: true });
    writeFileSync(join(dist, path), text);
  };
  put("widget/widget.js", "/*loader*/");
  writeFileSync(join(dist, "widget/widget.js.gz"), gzipSync("/*loader*/"));
  put(
    "widget/frame.html",
    '<style nonce="{{nonce}}">a{}</style><script type="application/json" id="foyer">{{config}}</script><script nonce="{{nonce}}">go()</script>',
  );
  put(
    "widget/manage.html",
    '<script type="application/json" id="foyer">{{config}}</script><script type="module" nonce="{{nonce}}" src="{{entry}}"></script>',
  );
  put(
    "widget/book.html",
    '<title>{{title}}</title><script type="application/json" id="foyer">{{config}}</script><script type="module" nonce="{{nonce}}" src="{{entry}}"></script>',
  );
  put("widget/embed.js", "/*embed*/");
  put("widget/book/book-E5.js", "export {}");
  put("widget/assets/frame-A1.js", "export {}");
  put("widget/teaser/teaser-D4.js", "export {}");
  put("widget/manage/manage-B2.js", "export {}");
  put("console/console-C3.js", "export {}");
  put("server/main.cjs", "secret");
  put(
    "manifest.json",
    JSON.stringify({
      frame: { script: "widget/assets/frame-A1.js", styles: [], preload: [] },
      teaser: { script: "widget/teaser/teaser-D4.js", styles: [], preload: [] },
      manage: { script: "widget/manage/manage-B2.js", styles: [], preload: [] },
      book: { script: "widget/book/book-E5.js", styles: [], preload: [] },
      console: { script: "console/console-C3.js", styles: ["console/console-C3.css"], preload: [] },
    }),
  );
}

build();
const log = createLog({ level: "silent", part: "test" });
const server = createHttpServer(
  createHttpApp({
    config: { publicUrl, trustedProxies: "loopback" },
    log,
    beforeParsing: [],
    routers: [
      pageRoutes({
        publicUrl,
        programs: createPrograms(dist),
        sites: { byKey: async (key) => (key === site.publicKey ? site : null) },
        bookingPage: async (slug) => (slug === "tour" ? tour : null),
        photo: async (id, size) => (id === photoId ? Buffer.from(`photo ${size}`) : null),
      }),
    ],
  }),
);

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(dist, { recursive: true });
});

type Got = { status: number; headers: IncomingHttpHeaders; bytes: Buffer };

/** By hand, because fetch decompresses and hides that it did. */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Got> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes: Buffer.concat(chunks),
        }),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}

const policyOf = ({ headers }: Got, name: string) =>
  String(headers["content-security-policy"])
    .split("; ")
    .find((directive) => directive.startsWith(`${name} `));

describe("the public page of a meeting type", () => {
  const configOf = ({ bytes }: Got) =>
    JSON.parse(/id="foyer">(.*?)<\/script>/.exec(bytes.toString())?.[1] ?? "null");

  it("holds its first answer, is never kept, and stands in no frame", async () => {
    const page = await get("/m/tour");
    expect(page.status).toBe(200);
    expect(configOf(page)).toEqual({ slug: "tour", start: tour.start, origins: null });
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(policyOf(page, "frame-ancestors")).toBe("frame-ancestors 'none'");
    expect(page.headers["x-frame-options"]).toBe("DENY");
    expect(policyOf(page, "script-src")).toBe("script-src 'self'");
    expect(page.headers["x-robots-tag"]).toBeUndefined();
  });

  it("says what it is in its title, whatever that holds", async () => {
    const html = (await get("/m/tour")).bytes.toString();
    expect(html).toContain("<title>A &#34;tour&#34; &#60;/title&#62; · Quiet Rooms</title>");
  });

  it("stands inside pages of the workspace's sites, and tells each of itself only", async () => {
    const page = await get("/m/tour/inline", { referer: "https://blog.example/about" });
    expect(policyOf(page, "frame-ancestors")).toBe(
      "frame-ancestors https://shop.example https://blog.example",
    );
    expect(page.headers["x-frame-options"]).toBeUndefined();
    expect(page.headers["cross-origin-embedder-policy"]).toBe("require-corp");
    expect(page.headers["cross-origin-resource-policy"]).toBe("cross-origin");
    expect(configOf(page).origins).toEqual(["https://blog.example"]);
    expect(configOf(await get("/m/tour/inline")).origins).toEqual(tour.origins);
  });

  it.each(["/m/other", "/m/%3Cb%3E", "/m/other/inline"])("says at %s that there is nothing", async (path) => {
    const page = await get(path);
    expect(page.status).toBe(404);
    expect(configOf(page).start).toEqual({ page: { ok: false, code: "not_found" }, slots: null });
    expect(policyOf(page, "frame-ancestors")).toBe("frame-ancestors 'none'");
  });

  it("gives its script for other pages as a module that any page may load", async () => {
    const { status, headers } = await get("/embed.js");
    expect(status).toBe(200);
    expect(headers["access-control-allow-origin"]).toBe("*");
    expect(headers["cross-origin-resource-policy"]).toBe("cross-origin");
    expect(headers["content-type"]).toContain("text/javascript");
  });
});

describe("the frame", () => {
  it("may stand on the site's exact origins and nowhere else, also in pages that demand COEP", async () => {
    const page = await get("/frame?site=shop-key");
    expect(page.status).toBe(200);
    expect(policyOf(page, "frame-ancestors")).toBe(
      "frame-ancestors https://shop.example http://localhost:3001",
    );
    expect(page.headers["x-frame-options"]).toBeUndefined();
    expect(page.headers["cross-origin-embedder-policy"]).toBe("require-corp");
    expect(page.headers["cross-origin-resource-policy"]).toBe("cross-origin");
  });

  it("runs what the build put inside, by its hash, and nothing else that is inline", async () => {
    const page = await get("/frame?site=shop-key");
    expect(policyOf(page, "script-src")).toMatch(/^script-src 'self' 'sha256-[\w+/]{43}='$/);
    expect(policyOf(page, "style-src")).toMatch(/^style-src 'self' 'sha256-[\w+/]{43}='$/);
    const html = page.bytes.toString();
    const config: unknown = JSON.parse(/id="foyer">(.*?)<\/script>/.exec(html)?.[1] ?? "");
    expect(config).toEqual({
      siteKey: "shop-key",
      origins: site.origins,
      look: site.look,
      entry: "/assets/frame/frame-A1.js",
      teaser: "/assets/teaser/teaser-D4.js",
    });
    expect(html).not.toContain("{{");
  });

  it("is compressed, and not sent again to a browser that has it", async () => {
    const first = await get("/frame?site=shop-key", { "accept-encoding": "gzip, br" });
    expect(first.headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(first.bytes).toString()).toContain("go()");
    const etag = String(first.headers.etag);
    const again = await get("/frame?site=shop-key", { "accept-encoding": "gzip, br", "if-none-match": etag });
    expect(again.status).toBe(304);
    expect(again.bytes).toHaveLength(0);
    const other = await get("/frame?site=shop-key", { "if-none-match": etag });
    expect(other.status).toBe(200);
  });

  it("is an empty page that nobody may frame for a key that names no site", async () => {
    for (const query of ["?site=other", "", "?site=a&site=b", `?site=${"x".repeat(100)}`]) {
      const page = await get(`/frame${query}`);
      expect(page.status).toBe(404);
      expect(policyOf(page, "frame-ancestors")).toBe("frame-ancestors 'none'");
      expect(page.bytes.toString()).not.toContain("script");
    }
  });
});

describe("files", () => {
  it("with hashed names are kept for good and may be used from anywhere", async () => {
    const asset = await get("/assets/frame/frame-A1.js");
    expect(asset.status).toBe(200);
    expect(asset.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(asset.headers["cross-origin-resource-policy"]).toBe("cross-origin");
    expect(asset.headers["content-type"]).toBe("text/javascript; charset=utf-8");
  });

  it("outside the programs' folders are not there", async () => {
    for (const path of [
      "/assets/server/main.cjs",
      "/assets/frame/..%2f..%2fserver%2fmain.js",
      "/assets/frame/../../server/main.cjs",
      "/assets/frame/%2e%2e/main.js",
      "/assets/console/manifest.json",
      "/assets/frame/none.js",
      "/assets/constructor/x.js",
    ]) {
      const answer = await get(path);
      expect(answer.status, path).toBe(404);
      expect(answer.bytes.toString(), path).not.toContain("secret");
    }
  });

  it("of the loader come compressed from the build, and short-lived", async () => {
    const loader = await get("/widget.js", { "accept-encoding": "gzip, br" });
    expect(loader.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(loader.bytes).toString()).toBe("/*loader*/");
    expect(loader.headers["cache-control"]).toContain("max-age=300");
    expect(loader.headers["cross-origin-resource-policy"]).toBe("cross-origin");
    const head = await get("/widget.js", {}, "HEAD");
    expect([head.status, head.bytes.length, head.headers["content-length"]]).toEqual([200, 0, "10"]);
  });

  it("of photos are immutable, in the three sizes only", async () => {
    const photo = await get(`/photos/${photoId}/small.webp`);
    expect(photo.bytes.toString()).toBe("photo small");
    expect(photo.headers).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "public, max-age=31536000, immutable",
      "cross-origin-resource-policy": "cross-origin",
    });
    for (const path of [
      `/photos/${photoId}/huge.webp`,
      `/photos/${photoId}/small.png`,
      "/photos/1/small.webp",
    ])
      expect((await get(path)).status, path).toBe(404);
  });
});

describe("whole pages", () => {
  it("of the console answer every address below it, and nobody may frame them", async () => {
    for (const path of ["/console", "/console/", "/console/conversations/1"]) {
      const page = await get(path);
      expect(page.status, path).toBe(200);
      expect(page.bytes.toString()).toContain('src="/assets/console/console-C3.js"');
      expect(page.headers["x-frame-options"]).toBe("DENY");
      expect(policyOf(page, "frame-ancestors")).toBe("frame-ancestors 'none'");
      expect(policyOf(page, "script-src")).toBe("script-src 'self'");
      expect(policyOf(page, "connect-src")).toBe("connect-src 'self' wss://chat.example.com");
    }
  });

  it("behind mailed links carry their token, and no cache keeps them", async () => {
    const page = await get("/meeting/abc.DEF-1_2");
    expect(page.headers["cache-control"]).toBe("no-store");
    expect(page.headers["x-robots-tag"]).toBe("noindex");
    expect(page.headers["referrer-policy"]).toBe("same-origin");
    expect(page.bytes.toString()).toContain('"page":"meeting","token":"abc.DEF-1_2"');
    expect(page.bytes.toString()).toContain('src="/assets/manage/manage-B2.js"');
    expect((await get("/meeting/a%22b")).status).toBe(404);
  });
});

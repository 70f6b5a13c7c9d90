import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { demoBar } from "./demo-bar.ts";
import { exampleHeaders } from "./example-headers.ts";
import { portraits } from "./portraits/portraits.ts";
import { anonymousHosts, shopHosts } from "./shop-visitors.ts";

type ShopOptions = {
  /** `publicUrl` is read at each page, so that it may be known later than the shop starts. */
  config: Pick<Config, "publicUrl" | "demoPort">;
  log: Log;
  /** The public key of the demo site. */
  siteKey: string;
};

export type DemoShop = { url: string; close: () => Promise<void> };

const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  js: "text/javascript; charset=utf-8",
};

// One or two plain names and one of four endings. No dot can lead a name, so nothing leaves the examples folder.
const filePath = /^\/(?:([a-z0-9-]+)\/)?([a-z0-9-]+)\.(html|css|svg|js)$/;

/** Serves the invented shop at `/` and the other example pages at `/examples/NAME/`, on loopback only. */
export async function startDemoShop({ config, log, siteKey }: ShopOptions): Promise<DemoShop> {
  const examples = findExamples();
  // Where the round of anonymous visitors starts differs at each start, so that "new" mostly is.
  let nextAnonymous = Math.floor(Math.random() * anonymousHosts.length);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    const { port } = server.address() as AddressInfo; // Listening on TCP, so never a pipe's name.
    // A name that is not ours would let any page on the web read this server through a name of its own.
    if (!shopHosts.includes(host)) return refuse(response, 421);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
    const asked = new URL(request.url ?? "/", "http://shop").pathname;
    // Browsers ask for this on pages that name no icon; a 404 would stand in their console.
    const path = asked === "/favicon.ico" ? "/favicon.svg" : asked;

    if (path === "/visit/anyone") {
      const next = anonymousHosts[nextAnonymous % anonymousHosts.length];
      nextAnonymous += 1;
      response.writeHead(302, { location: `http://${next}:${port}/`, "cache-control": "no-store" }).end();
      return;
    }
    const portrait = /^\/portraits\/([a-z-]+)\.svg$/.exec(path)?.[1];
    if (portrait !== undefined) {
      const svg = Object.hasOwn(portraits, portrait) ? portraits[portrait as keyof typeof portraits] : null;
      return svg === null ? refuse(response, 404) : send(request, response, "svg", svg, {});
    }
    const found = locate(path);
    if (found === null || !existsSync(join(examples, found.folder, found.file))) return refuse(response, 404);
    const text = await readFile(join(examples, found.folder, found.file), "utf8");
    const extension = found.file.slice(found.file.lastIndexOf(".") + 1);
    const body = extension === "html" ? fill(text, config.publicUrl, siteKey, host, port) : text;
    send(request, response, extension, body, exampleHeaders(found.folder, config.publicUrl));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((err: unknown) => {
      log.error({ err }, "the demo shop could not answer");
      if (!response.headersSent) refuse(response, 500);
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.demoPort, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Which file a path means: `/x.html` is the shop's, `/examples/coep/x.css` is that example's. */
function locate(path: string): { folder: string; file: string } | null {
  const isExample = path.startsWith("/examples/");
  const rest = isExample ? path.slice("/examples".length) : path;
  const match = filePath.exec(rest.endsWith("/") ? `${rest}index.html` : rest);
  if (match === null || isExample !== (match[1] !== undefined)) return null;
  return { folder: match[1] ?? "shop", file: `${match[2]}.${match[3]}` };
}

function fill(html: string, publicUrl: string, siteKey: string, host: string, port: number): string {
  return html
    .replaceAll("__FOYER_URL__", publicUrl)
    .replaceAll("__FOYER_SITE__", siteKey)
    .replace("<!-- demo bar -->", () => demoBar(host, port));
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  extension: string,
  body: string,
  headers: Record<string, string>,
): void {
  response.writeHead(200, {
    "content-type": types[extension] ?? "text/plain; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
    ...headers,
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function refuse(response: ServerResponse, status: number): void {
  const text =
    status === 404 ? "There is no such page in the demo shop.\n" : "The demo shop does not answer that.\n";
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}

/** Upwards from here: the distance differs between the source tree and the bundled program. */
function findExamples(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const examples = join(folder, "examples");
    if (existsSync(join(examples, "shop", "index.html"))) return examples;
    if (dirname(folder) === folder) throw new Error("the examples folder is missing");
  }
}

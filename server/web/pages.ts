import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { type Request, type RequestHandler, type Response, Router } from "express";
import type { PhotoId } from "../../shared/model/ids.ts";
import type { PageData } from "../../shared/protocol/page-data.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import { type Body, makeBody, sendBody } from "./compressed.ts";
import { favicon, robots } from "./page-extras.ts";
import { type PageParts, pageHtml } from "./page-html.ts";
import type { Programs } from "./programs.ts";
import { pagePolicy } from "./security-headers.ts";

export type PagesDeps = {
  publicUrl: string;
  programs: Programs;
  sites: {
    byKey(key: string): Promise<{ publicKey: string; origins: string[]; look: SiteLook } | null>;
  };
  photo(id: PhotoId, size: "large" | "small" | "tiny"): Promise<Buffer | null>;
};

/** Everything a browser loads that is not JSON. */
export function pageRoutes(deps: PagesDeps): Router {
  const { programs } = deps;
  const routes = Router();
  const send = createPageSender(deps.publicUrl);

  routes.get("/", (_request, response) => response.redirect(302, "/console"));

  /** The script tag of customers' pages. */
  routes.get(
    "/widget.js",
    forward(async (request, response) => {
      const loader = await programs.read("widget/widget.js");
      if (loader === null) return notBuilt(response);
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      response.setHeader("Access-Control-Allow-Origin", "*");
      sendBody(request, response, loader, "public, max-age=300, stale-while-revalidate=86400");
    }),
  );

  routes.get(
    "/frame",
    forward(async (request, response) => {
      const key = request.query.site;
      const site = typeof key === "string" && key.length <= 60 ? await deps.sites.byKey(key) : null;
      const program = programs.files("frame");
      const script = await programs.read("widget/frame.js");
      if (program === null || script === null) return notBuilt(response);
      if (site === null) return send(request, response.status(404), emptyPage, []);
      const data: PageData = {
        page: "frame",
        siteKey: site.publicKey,
        origins: site.origins,
        look: site.look,
        program,
      };
      // A customer's page that demands it of its frames (COEP) gets it; without X-Frame-Options, which knows no origins.
      response.removeHeader("X-Frame-Options");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      const inlineScript = script.plain.toString("utf8");
      await send(request, response, { title: "Chat", data, program: null, inlineScript }, site.origins);
    }),
  );

  routes.get(
    ["/console", "/console/*rest"],
    forward(async (request, response) => {
      const program = programs.files("console");
      if (program === null) return notBuilt(response);
      await send(request, response, { title: "Foyer", data: null, program, inlineScript: null }, []);
    }),
  );

  routes.get(
    "/meeting/:token",
    tokenPage("manage", "Your meeting", (token) => ({ page: "meeting", token })),
  );
  routes.get(
    "/chat/:token",
    tokenPage("frame", "Your conversation", (token, program) => ({ page: "chat", token, program })),
  );

  routes.get(
    "/photos/:id/:file",
    forward(async (request, response, next) => {
      const { id, file } = request.params;
      const size = /^(large|small|tiny)\.webp$/.exec(String(file))?.[1];
      if (size === undefined || !/^[0-9a-f-]{36}$/.test(String(id))) return next();
      const photo = await deps.photo(id as PhotoId, size as "large" | "small" | "tiny"); // Both proved by the patterns.
      if (photo === null) return next();
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      const body = makeBody(photo, "image/webp", { gzip: null, brotli: null });
      sendBody(request, response, body, "public, max-age=31536000, immutable");
    }),
  );

  routes.get(["/favicon.svg", "/favicon.ico"], (request, response) => {
    sendBody(request, response, favicon, "public, max-age=86400");
  });
  routes.get("/robots.txt", (request, response) => {
    sendBody(request, response, robots, "public, max-age=86400");
  });
  routes.use(programs.routes);
  return routes;

  /** A page of a mailed link. Whether the token is good is for its program to ask. */
  function tokenPage(
    name: "manage" | "frame",
    title: string,
    dataOf: (token: string, program: NonNullable<ReturnType<Programs["files"]>>) => PageData,
  ): RequestHandler {
    return forward(async (request, response, next) => {
      const token = String(request.params.token);
      if (!/^[A-Za-z0-9._~-]{1,500}$/.test(token)) return next();
      const program = programs.files(name);
      if (program === null) return notBuilt(response);
      response.setHeader("X-Robots-Tag", "noindex");
      await send(request, response, { title, data: dataOf(token, program), program, inlineScript: null }, []);
    });
  }
}

const emptyPage: PageParts = { title: "Foyer", data: null, program: null, inlineScript: null };

type PageHandler = (request: Request, response: Response, next: () => void) => Promise<void> | void;

/** Sends what a page's promise rejects with to the error handler. */
function forward(handler: PageHandler): RequestHandler {
  return (request, response, next) => {
    Promise.resolve(handler(request, response, next)).catch(next);
  };
}

function notBuilt(response: Response): void {
  response.status(503).type("text/plain").send("This part of Foyer is not built yet.\n");
}

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);
const mostKept = 500;

/**
 * Pages are made whole, compressed and kept. Inline scripts are allowed by their hash rather than by a nonce, so that the
 * same page is the same bytes: browsers keep it and ask only whether it still holds.
 */
function createPageSender(publicUrl: string) {
  const kept = new Map<string, Promise<Body>>();

  return async (
    request: Request,
    response: Response,
    page: PageParts,
    ancestors: readonly string[],
  ): Promise<void> => {
    const scripts = page.inlineScript === null ? [] : [hashSource(page.inlineScript)];
    response.setHeader("Content-Security-Policy", pagePolicy({ scripts, ancestors, publicUrl }));
    const html = pageHtml(page);
    const isPersonal = page.data !== null && "token" in page.data;
    let body = kept.get(html);
    if (body === undefined) {
      body = compress(html);
      if (kept.size >= mostKept) kept.clear();
      if (!isPersonal) kept.set(html, body);
    }
    sendBody(request, response, await body, isPersonal ? "no-store" : "private, no-cache");
  };
}

async function compress(html: string): Promise<Body> {
  const plain = Buffer.from(html);
  const [gzipBytes, brotliBytes] = await Promise.all([
    gzipped(plain, { level: 9 }),
    brotlied(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  ]);
  return makeBody(plain, "text/html; charset=utf-8", { gzip: gzipBytes, brotli: brotliBytes });
}

function hashSource(script: string): string {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}

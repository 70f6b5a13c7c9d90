import { type Request, type RequestHandler, type Response, Router } from "express";
import type { PhotoId, SiteId } from "../../shared/model/ids.ts";
import { mailedPaths } from "../../shared/protocol/mailed-links.ts";
import type {
  BookingPageConfig,
  BookingPageStart,
  FrameConfig,
  MailedPageConfig,
} from "../../shared/protocol/page-data.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import { makeBody, sendBody } from "./compressed.ts";
import { favicon, robots } from "./page-extras.ts";
import { createPageSender } from "./page-sender.ts";
import { consoleHtml, emptyHtml, fillTemplate } from "./page-template.ts";
import type { Programs } from "./programs.ts";
import { pagePolicy } from "./security-headers.ts";

export type PagesDeps = {
  publicUrl: string;
  programs: Programs;
  sites: {
    byKey(key: string): Promise<AskedSite | null>;
  };
  photo(id: PhotoId, size: PhotoSize): Promise<Buffer | null>;
  /** What the public page of a meeting type shows first, for somebody at this address; null where there is none. */
  bookingPage(slug: string, address: string | undefined): Promise<AskedBookingPage | null>;
  /** Told when a page of another origin than the site's asks for its frame: that page will show nothing. */
  onRefused?: (site: AskedSite, referer: string) => void;
};

export type AskedSite = { id: SiteId; publicKey: string; origins: string[]; look: SiteLook };
/** `origins`: of all sites of its workspace. */
export type AskedBookingPage = { start: BookingPageStart; title: string; origins: string[] };
type PhotoSize = "large" | "small";

/** Everything a browser loads that is not JSON. */
export function pageRoutes({ publicUrl, programs, sites, photo, bookingPage, onRefused }: PagesDeps): Router {
  const routes = Router();
  const sendPage = createPageSender();

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

  /** Fetched as a module by the loader, on customers' pages. */
  routes.get(
    "/embed.js",
    forward(async (request, response) => {
      const embed = await programs.read("widget/embed.js");
      if (embed === null) return notBuilt(response);
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      response.setHeader("Access-Control-Allow-Origin", "*");
      sendBody(request, response, embed, "public, max-age=300, stale-while-revalidate=86400");
    }),
  );

  routes.get(
    "/frame",
    forward(async (request, response) => {
      const template = await programs.template("widget/frame.html");
      const program = programs.files("frame");
      const teaser = programs.files("teaser");
      if (template === null || program === null || teaser === null) return notBuilt(response);
      const key = request.query.site;
      const site = typeof key === "string" && key.length <= 60 ? await sites.byKey(key) : null;
      if (site === null) {
        response.setHeader("Content-Security-Policy", pagePolicy({ ancestors: [], publicUrl }));
        return sendPage(request, response.status(404), emptyHtml, "no-store");
      }
      const { publicKey, origins, look } = site;
      const referer = request.get("referer");
      const asking = originOf(referer, origins);
      if (asking === undefined && referer !== undefined) onRefused?.(site, referer);
      const config: FrameConfig = {
        siteKey: publicKey,
        // The page that asks needs to know of no other.
        origins: asking === undefined ? origins : [asking],
        look,
        entry: program.script,
        teaser: teaser.script,
      };
      const { scripts, styles } = template;
      response.setHeader(
        "Content-Security-Policy",
        pagePolicy({ scripts, styles, ancestors: origins, publicUrl }),
      );
      letFrame(response);
      return sendPage(
        request,
        response,
        fillTemplate(template, { config, entry: config.entry }),
        "private, no-cache",
      );
    }),
  );

  routes.get(
    ["/console", "/console/*rest"],
    forward(async (request, response) => {
      const program = programs.files("console");
      if (program === null) return notBuilt(response);
      response.setHeader("Content-Security-Policy", pagePolicy({ ancestors: [], publicUrl }));
      return sendPage(request, response, consoleHtml(program), "private, no-cache");
    }),
  );

  routes.get("/m/:slug", bookPage(false));
  routes.get("/m/:slug/inline", bookPage(true));

  routes.get(`${mailedPaths.meeting}:token`, mailedPage("meeting"));
  routes.get(`${mailedPaths.conversation}:token`, mailedPage("conversation"));

  routes.get(
    "/photos/:id/:file",
    forward(async (request, response, next) => {
      const { id, file } = request.params;
      const size = /^(large|small)\.webp$/.exec(String(file))?.[1];
      if (size === undefined || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(id)))
        return next();
      const bytes = await photo(id as PhotoId, size as PhotoSize); // Both proved by the patterns.
      if (bytes === null) return next();
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      const body = makeBody(bytes, "image/webp", { gzip: null, brotli: null });
      return sendBody(request, response, body, "public, max-age=31536000, immutable");
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

  /** The public page of a meeting type, with its first times in it; `isInline`: for the element of a customer's page. */
  function bookPage(isInline: boolean): RequestHandler {
    return forward(async (request, response) => {
      const slug = String(request.params.slug);
      const template = await programs.template("widget/book.html");
      const program = programs.files("book");
      if (template === null || program === null) return notBuilt(response);
      const found = /^[a-z0-9-]{1,60}$/.test(slug) ? await bookingPage(slug, request.ip) : null;
      const { scripts, styles } = template;
      const origins = isInline ? (found?.origins ?? []) : [];
      response.setHeader(
        "Content-Security-Policy",
        pagePolicy({ scripts, styles, ancestors: origins, publicUrl }),
      );
      if (isInline && found !== null) letFrame(response);
      if (isInline) response.setHeader("X-Robots-Tag", "noindex");
      const asking = originOf(request.get("referer"), origins);
      const config: BookingPageConfig = {
        slug,
        start: found?.start ?? { page: { ok: false, code: "not_found" }, slots: null },
        origins: isInline ? (asking === undefined ? origins : [asking]) : null,
      };
      return sendPage(
        request,
        response.status(found === null ? 404 : 200),
        fillTemplate(template, { config, entry: program.script, title: found?.title ?? "Foyer" }),
        "no-store",
      );
    });
  }

  /** Whether the token is good is for the page's program to ask. */
  function mailedPage(page: MailedPageConfig["page"]): RequestHandler {
    return forward(async (request, response, next) => {
      const token = String(request.params.token);
      if (!/^[A-Za-z0-9._~-]{1,500}$/.test(token)) return next();
      const template = await programs.template("widget/manage.html");
      const program = programs.files("manage");
      const chat = programs.files("frame");
      if (template === null || program === null || chat === null) return notBuilt(response);
      const { scripts, styles } = template;
      response.setHeader("X-Robots-Tag", "noindex");
      response.setHeader(
        "Content-Security-Policy",
        pagePolicy({ scripts, styles, ancestors: [], publicUrl }),
      );
      const config: MailedPageConfig = { page, token, entry: chat.script };
      return sendPage(
        request,
        response,
        fillTemplate(template, { config, entry: program.script }),
        "no-store",
      );
    });
  }
}

/** Which of these origins a page asks from. */
function originOf(referer: string | undefined, origins: readonly string[]): string | undefined {
  return origins.find((origin) => referer?.startsWith(`${origin}/`));
}

/** X-Frame-Options knows no origins. A customer's page that demands COEP of its frames gets it. */
function letFrame(response: Response): void {
  response.removeHeader("X-Frame-Options");
  response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
  response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
}

type PageHandler = (request: Request, response: Response, next: () => void) => Promise<unknown>;

/** Gives what a page's promise rejects with to the error handler. */
function forward(handler: PageHandler): RequestHandler {
  return (request, response, next) => {
    handler(request, response, next).catch(next);
  };
}

function notBuilt(response: Response): void {
  response.status(503).type("text/plain").send("This part of Foyer is not built yet.\n");
}

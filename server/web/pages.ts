import { type Request, type RequestHandler, type Response, Router } from "express";
import type { PhotoId, SiteId } from "../../shared/model/ids.ts";
import { mailedPaths } from "../../shared/protocol/mailed-links.ts";
import type { FrameConfig, MailedPageConfig } from "../../shared/protocol/page-data.ts";
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
  /** Told when a page of another origin than the site's asks for its frame: that page will show nothing. */
  onRefused?: (site: AskedSite, referer: string) => void;
};

export type AskedSite = { id: SiteId; publicKey: string; origins: string[]; look: SiteLook };
type PhotoSize = "large" | "small";

/** Everything a browser loads that is not JSON. */
export function pageRoutes({ publicUrl, programs, sites, photo, onRefused }: PagesDeps): Router {
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
      // The page that asks needs to know of no other.
      const referer = request.get("referer");
      const asking = origins.find((origin) => referer?.startsWith(`${origin}/`));
      if (asking === undefined && referer !== undefined) onRefused?.(site, referer);
      const config: FrameConfig = {
        siteKey: publicKey,
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
      // X-Frame-Options knows no origins. A customer's page that demands COEP of its frames gets it.
      response.removeHeader("X-Frame-Options");
      response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
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

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { type RequestHandler, Router } from "express";
import { type Body, makeBody, sendBody } from "./compressed.ts";
import { type PageTemplate, readTemplate } from "./page-template.ts";

/** The files of one program, as paths on our origin; `script` is an ES module that imports `preload` at once. */
export type ProgramFiles = { script: string; styles: string[]; preload: string[] };

/** The programs for the browser, as the build left them in `dist`. */
export interface Programs {
  /** Null when it was not built. */
  files(name: "frame" | "teaser" | "manage" | "book" | "console"): ProgramFiles | null;
  /** What runs on customers' pages: the loader, and what it fetches for a booking in an element. */
  read(path: "widget/widget.js" | "widget/embed.js"): Promise<Body | null>;
  template(
    path: "widget/frame.html" | "widget/manage.html" | "widget/book.html",
  ): Promise<PageTemplate | null>;
  /** `/assets/...`: hashed names, kept by browsers for good. */
  routes: Router;
}

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".wav": "audio/wav",
};

type Manifest = Record<string, { script: string; styles: string[]; preload: string[] }>;

/** `dist` is an absolute path. Files are read at their first use and kept. */
export function createPrograms(dist: string): Programs {
  const manifest = readManifest(dist);
  const kept = new Map<string, Promise<Body | null>>();
  const templates = new Map<string, PageTemplate>();

  function load(path: string): Promise<Body | null> {
    let body = kept.get(path);
    if (body === undefined) {
      body = readBody(dist, path);
      kept.set(path, body);
      // What is not there is not kept: names are the caller's to make up, and a build may be under way.
      body.then(
        (found) => found ?? kept.delete(path),
        () => kept.delete(path),
      );
    }
    return body;
  }

  const sendAsset: RequestHandler = (request, response, next) => {
    const { folder, file } = request.params as { folder: string; file: string }; // The pattern below has both.
    const path = assetFolders.get(folder);
    if (path === undefined || !/^[\w.-]+\.\w+$/.test(file) || types[extname(file)] === undefined)
      return next();
    load(`${path}/${file}`).then((body) => {
      if (body === null) return next();
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
      sendBody(request, response, body, "public, max-age=31536000, immutable");
      return undefined;
    }, next);
    return undefined;
  };

  const routes = Router();
  routes.get("/assets/:folder/:file", sendAsset);
  return {
    files(name) {
      const files = manifest[name];
      if (files === undefined) return null;
      return {
        script: assetUrl(files.script),
        styles: files.styles.map(assetUrl),
        preload: files.preload.map(assetUrl),
      };
    },
    read: load,
    async template(path) {
      const known = templates.get(path);
      if (known !== undefined) return known;
      const file = await readIfThere(join(dist, path));
      if (file === null) return null;
      const template = readTemplate(file.toString("utf8"));
      templates.set(path, template);
      return template;
    },
    routes,
  };
}

/** `/assets/frame/x.js` is `dist/widget/assets/x.js`: modules find each other by relative paths within one folder. */
const assetFolders: ReadonlyMap<string, string> = new Map([
  ["frame", "widget/assets"],
  ["teaser", "widget/teaser"],
  ["manage", "widget/manage"],
  ["book", "widget/book"],
  ["console", "console"],
]);

function assetUrl(pathInDist: string): string {
  const slash = pathInDist.lastIndexOf("/");
  const folder = pathInDist.slice(0, slash);
  const [name] = [...assetFolders].find(([, served]) => served === folder) ?? [];
  if (name === undefined) throw new Error(`the build put ${pathInDist} where nobody serves it`);
  return `/assets/${name}/${pathInDist.slice(slash + 1)}`;
}

function readManifest(dist: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8")) as Manifest; // Written by our own build.
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw error;
  }
}

async function readBody(dist: string, path: string): Promise<Body | null> {
  const plain = await readIfThere(join(dist, path));
  if (plain === null) return null;
  const [gzip, brotli] = await Promise.all([
    readIfThere(join(dist, `${path}.gz`)),
    readIfThere(join(dist, `${path}.br`)),
  ]);
  return makeBody(plain, types[extname(path)] ?? "application/octet-stream", { gzip, brotli });
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR"))
      return null;
    throw error;
  }
}

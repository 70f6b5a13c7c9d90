import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Request, Response } from "express";
import { type Body, makeBody, sendBody } from "./compressed.ts";

export type PageSender = (
  request: Request,
  response: Response,
  html: string,
  cacheControl: "private, no-cache" | "no-store",
) => Promise<void>;

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);
const mostKept = 500;

/** Sends whole pages compressed. Those that many ask for (all but `no-store`) are compressed once and kept. */
export function createPageSender(): PageSender {
  const kept = new Map<string, Promise<Body>>();

  return async (request, response, html, cacheControl) => {
    let body = kept.get(html);
    if (body === undefined) {
      body = compress(html);
      if (cacheControl !== "no-store") {
        if (kept.size >= mostKept) kept.clear();
        kept.set(html, body);
      }
    }
    sendBody(request, response, await body, cacheControl);
  };
}

async function compress(html: string): Promise<Body> {
  const plain = Buffer.from(html);
  const [gzipBytes, brotliBytes] = await Promise.all([
    gzipped(plain, { level: 9 }),
    brotlied(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  ]);
  return makeBody(plain, "text/html; charset=utf-8", { gzip: gzipBytes, brotli: brotliBytes });
}

import { createHash } from "node:crypto";
import type { Request, Response } from "express";

/** Bytes ready to be sent, compressed beforehand: express does not compress, and doing it anew for each visitor costs. */
export type Body = {
  plain: Buffer;
  gzip: Buffer | null;
  brotli: Buffer | null;
  /** A strong validator of the content; each coding gets its own. */
  tag: string;
  type: string;
};

export function makeBody(
  plain: Buffer,
  type: string,
  compressed: { gzip: Buffer | null; brotli: Buffer | null },
): Body {
  return {
    plain,
    type,
    tag: createHash("sha256").update(plain).digest("base64url").slice(0, 22),
    ...compressed,
  };
}

/** Sends the smallest form the client takes, or 304 when it has it already. */
export function sendBody(request: Request, response: Response, body: Body, cacheControl: string): void {
  const coding = codingFor(request.headers["accept-encoding"], body);
  const bytes = coding === "br" ? body.brotli : coding === "gzip" ? body.gzip : body.plain;
  const tag = `"${body.tag}${coding === null ? "" : `-${coding}`}"`;
  response.setHeader("Cache-Control", cacheControl);
  response.setHeader("ETag", tag);
  if (body.gzip !== null || body.brotli !== null) response.vary("Accept-Encoding");
  if (hasTag(request.headers["if-none-match"], tag)) {
    response.status(304).end();
    return;
  }
  response.setHeader("Content-Type", body.type);
  if (coding !== null) response.setHeader("Content-Encoding", coding);
  response.setHeader("Content-Length", bytes?.length ?? 0);
  response.end(request.method === "HEAD" ? undefined : bytes);
}

/** `Accept-Encoding: br;q=0` refuses brotli; what is not named is not taken. */
export function codingFor(
  header: string | undefined,
  body: Pick<Body, "gzip" | "brotli">,
): "br" | "gzip" | null {
  const accepted = new Set<string>();
  for (const part of (header ?? "").toLowerCase().split(",")) {
    const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim());
    if (!parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) accepted.add(name);
  }
  if (body.brotli !== null && accepted.has("br")) return "br";
  return body.gzip !== null && accepted.has("gzip") ? "gzip" : null;
}

function hasTag(header: string | undefined, tag: string): boolean {
  return (header ?? "").split(",").some((part) => part.trim().replace(/^W\//, "") === tag);
}

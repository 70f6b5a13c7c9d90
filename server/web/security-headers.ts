import type { RequestHandler } from "express";
import helmet from "helmet";
import { isLoopbackUrl, originsOf } from "./origins.ts";

/** What every answer carries; a page that may be framed or used from elsewhere says so itself. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const isHttps = publicUrl.startsWith("https:") && !isLoopbackUrl(publicUrl);
  const base = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: "same-origin" },
    // Browsers warn on the customer's page whenever a frame of ours cannot have it.
    originAgentCluster: false,
    crossOriginResourcePolicy: { policy: "same-origin" },
    // Tokens stand in the addresses of mailed links. Stricter, and a beacon of our own frame would have no origin.
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: "deny" },
  });
  return (request, response, next) => {
    response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    base(request, response, next);
  };
}

type Sources = {
  /** Hashes of what stands inside the page. */
  scripts?: readonly string[];
  styles?: readonly string[];
  /** Origins that may frame it. */
  ancestors: readonly string[];
  publicUrl: string;
};

/**
 * The policy of a page: everything from us, nothing inline but what is named by its hash. Some browsers do not
 * take `'self'` for a WebSocket, so its addresses are written out.
 */
export function pagePolicy({ scripts = [], styles = [], ancestors, publicUrl }: Sources): string {
  // An address in brackets is no CSP source: browsers complain about it.
  const named = originsOf(publicUrl).filter((origin) => !origin.includes("["));
  const sockets = named.map((origin) => origin.replace(/^http/, "ws"));
  return [
    "default-src 'none'",
    `script-src ${["'self'", ...scripts].join(" ")}`,
    `style-src ${["'self'", ...styles].join(" ")}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' data: blob:",
    `connect-src ${["'self'", ...sockets].join(" ")}`,
    "frame-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors.length === 0 ? "'none'" : ancestors.join(" ")}`,
  ].join("; ");
}

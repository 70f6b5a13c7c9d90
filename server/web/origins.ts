import type { IncomingHttpHeaders } from "node:http";

/** Knows which pages are ours. Used by every HTTP write and by the socket handshake. */
export interface OriginCheck {
  isOurs(origin: string): boolean;
  /**
   * Whether a browser says that one of our own pages sent this. Same-origin polling carries no `Origin`; then
   * `Sec-Fetch-Site`, which pages cannot set, must say so.
   */
  isFromOurPage(headers: IncomingHttpHeaders): boolean;
}

/** Sent by a program of its own: browsers say of each request where it comes from. */
export function isFromNoPage(headers: IncomingHttpHeaders): boolean {
  return headers.origin === undefined && headers["sec-fetch-site"] === undefined;
}

const loopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

export function createOriginCheck(config: { publicUrl: string }): OriginCheck {
  const ours = new Set(originsOf(config.publicUrl));
  return {
    isOurs: (origin) => ours.has(origin),
    isFromOurPage(headers) {
      if (headers.origin !== undefined) return ours.has(headers.origin);
      return headers["sec-fetch-site"] === "same-origin";
    },
  };
}

/** The origin itself; for this machine, every way to spell it. */
export function originsOf(publicUrl: string): string[] {
  const { protocol, hostname, port, origin } = new URL(publicUrl);
  if (!loopbackHosts.includes(hostname)) return [origin];
  return loopbackHosts.map((host) => new URL(`${protocol}//${host}${port === "" ? "" : `:${port}`}`).origin);
}

/** True when browsers reach us over plain HTTP on this machine, where HTTPS is not to be demanded. */
export function isLoopbackUrl(publicUrl: string): boolean {
  return loopbackHosts.includes(new URL(publicUrl).hostname);
}

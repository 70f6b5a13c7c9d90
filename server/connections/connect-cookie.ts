import type { SessionCookie } from "../accounts/session-cookie.ts";
import { formatEndedFlowCookie, formatFlowCookie } from "../accounts/sso/browser-cookie.ts";

// A connection belongs to the browser that began it: nobody can be made to connect a stranger's account as their own.

export function connectCookieFor({ isSecure }: SessionCookie): SessionCookie {
  return { name: isSecure ? "__Host-foyer-connect" : "foyer-connect", isSecure };
}

export const formatConnectCookie = formatFlowCookie;
export const formatEndedConnectCookie = formatEndedFlowCookie;

import { readSessionToken, type SessionCookie } from "../session-cookie.ts";

// A flow belongs to the browser that began it: whoever is made to follow somebody else's answer has no such cookie. It is
// `Lax`: a provider's redirect back carries it. A SAML answer comes by a POST from the provider's page and does not, which
// is why that POST only keeps what it was told and sends the browser on to a GET of ours, which has the cookie again.
// (`SameSite=None` would bring it along, but also to every other POST of strangers, and not at all over plain HTTP.)

const minutes = 10;

export function flowCookieFor({ isSecure }: SessionCookie): SessionCookie {
  return { name: isSecure ? "__Host-foyer-sso" : "foyer-sso", isSecure };
}

export function formatFlowCookie({ name, isSecure }: SessionCookie, token: string): string {
  return `${name}=${token}; Path=/; Max-Age=${minutes * 60}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

export function formatEndedFlowCookie({ name, isSecure }: SessionCookie): string {
  return `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

export const readFlowToken = readSessionToken;

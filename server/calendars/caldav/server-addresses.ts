/** Where calendars are, for addresses of e-mail whose name does not say so. */
const knownServers: Readonly<Record<string, string>> = {
  "icloud.com": "caldav.icloud.com",
  "me.com": "caldav.icloud.com",
  "mac.com": "caldav.icloud.com",
  "fastmail.com": "caldav.fastmail.com",
  "fastmail.fm": "caldav.fastmail.com",
  "yahoo.com": "caldav.calendar.yahoo.com",
  "gmx.net": "caldav.gmx.net",
  "gmx.de": "caldav.gmx.net",
  "web.de": "caldav.web.de",
  "mailbox.org": "dav.mailbox.org",
  "posteo.de": "posteo.de:8443",
};

/** Providers that keep each account on one of many hosts of theirs, and name it in their answers. */
const partitioned = [".icloud.com"];

/**
 * Where to look, in order, for what a person typed: an address of a server, its name, or an e-mail address. Empty: none
 * of these.
 */
export function placesToLook(typed: string): URL[] {
  const text = typed.trim();
  const domain = /^[^\s@/:]+@([^\s@/:]+)$/.exec(text)?.[1]?.toLowerCase();
  const base = domain === undefined ? text : (knownServers[domain] ?? domain);
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(base) ? base : `https://${base}`;
  if (!URL.canParse(address)) return [];
  const url = new URL(address);
  url.hash = "";
  url.search = "";
  const places = [url, new URL("/.well-known/caldav", url), new URL("/", url)];
  // The bare name of a server says nothing of its own: the well-known place first.
  const ordered = url.pathname === "/" ? places.slice(1) : places;
  return ordered.filter((place, at) => ordered.findIndex(({ href }) => href === place.href) === at);
}

/**
 * Whether an answer of `from` may send a password on to `to`. The same origin may; else only over https, and to a host below the one that was
 * typed in, or to another host of a provider that is known to do so. A name beside it may be anybody's.
 */
export function mayFollow(typed: URL, from: URL, to: URL): boolean {
  if (to.origin === from.origin) return true;
  if (to.protocol !== "https:" || from.protocol !== "https:") return false;
  if (to.hostname === typed.hostname || to.hostname.endsWith(`.${typed.hostname}`)) return true;
  return partitioned.some((site) => typed.hostname.endsWith(site) && to.hostname.endsWith(site));
}

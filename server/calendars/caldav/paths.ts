/**
 * The path of an address that a server names, written in one way however the server escapes it today. Null: on another
 * server, to which no credential of ours goes.
 */
export function hrefPath(href: string, base: string): string | null {
  if (!URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  if (url.origin !== new URL(base).origin) return null;
  return url.pathname
    .split("/")
    .map((segment) => encodeURIComponent(decoded(segment)))
    .join("/");
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What was done to an address to make an origin of it. */
export type OriginChange = "scheme_added" | "path_cut";
export type OriginProblem = "empty" | "wildcard" | "scheme" | "login" | "no_address";

export type ReadOrigin =
  | { ok: true; origin: string; changes: OriginChange[] }
  | { ok: false; problem: OriginProblem };

const longest = 300;

/**
 * The origin in what a person typed or pasted: `shop.example.com/prices` is `https://shop.example.com`. As browsers write
 * it in `Origin`: nothing else would ever match, and `frame-ancestors` takes it as it is.
 */
export function readOrigin(typed: string): ReadOrigin {
  const words = typed.trim();
  if (words === "") return { ok: false, problem: "empty" };
  if (words.includes("*")) return { ok: false, problem: "wildcard" };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(words)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== "http" && scheme !== "https")
    return { ok: false, problem: "scheme" };
  const isBare = scheme === undefined;
  const whole = isBare ? `${isLocal(words) ? "http" : "https"}://${words}` : words;
  if (whole.length > longest || /[\s;,'"<>\\]/.test(whole) || !URL.canParse(whole))
    return { ok: false, problem: "no_address" };
  const url = new URL(whole);
  if (url.username !== "" || url.password !== "") return { ok: false, problem: "login" };
  // One word may be a machine of one's own network, but then its scheme says that it is meant.
  if (isBare && !url.hostname.includes(".") && !isLocal(words)) return { ok: false, problem: "no_address" };
  if (!/^https?:\/\/[^\s;,*'"]+$/.test(url.origin) || /\.$|\.\./.test(url.hostname))
    return { ok: false, problem: "no_address" };
  const changes: OriginChange[] = [];
  if (isBare) changes.push("scheme_added");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") changes.push("path_cut");
  return { ok: true, origin: url.origin, changes };
}

export function isOrigin(text: string): boolean {
  const read = readOrigin(text);
  return read.ok && read.origin === text;
}

function isLocal(address: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\]|[a-z0-9-]+\.localhost)(:|\/|$)/i.test(address);
}

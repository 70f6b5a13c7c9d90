import type { Kept } from "./host.ts";

const seconds = 31_536_000;

/**
 * Storage under a prefix of our own, parted by the site that shows us. Where a browser refuses that to frames (private
 * windows, "block third-party cookies"), a partitioned cookie takes its place. Where that fails too, callers go on with
 * what they hold in memory.
 */
export function keep(siteKey: string): Kept {
  const key = (name: string) => `foyer.${siteKey}.${name}`;
  return {
    get(name) {
      try {
        return localStorage.getItem(key(name));
      } catch {
        const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${key(name)}=`));
        return found ? decodeURIComponent(found.slice(key(name).length + 1)) : null;
      }
    },
    set(name, value) {
      try {
        if (value === null) localStorage.removeItem(key(name));
        else localStorage.setItem(key(name), value);
      } catch {
        // Cookies travel with every request: what is long is not worth it.
        const text = encodeURIComponent(value ?? "");
        const kept = text && text.length < 1_000 ? `${text};max-age=${seconds}` : ";max-age=0";
        // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in two of three browsers
        document.cookie = `${key(name)}=${kept};path=/;secure;samesite=none;partitioned`;
      }
    },
  };
}

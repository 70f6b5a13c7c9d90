import type { Kept } from "./host.ts";

/** Storage under a prefix of our own. Where it is refused (private modes, full), callers go on with what they hold in memory. */
export function keep(siteKey: string): Kept {
  const attempt = (act: () => string | null | undefined) => {
    try {
      return act() ?? null;
    } catch {
      return null;
    }
  };
  const key = (name: string) => `foyer:${siteKey}:${name}`;
  return {
    get: (name) => attempt(() => localStorage.getItem(key(name))),
    set(name, value) {
      attempt(() => {
        if (value === null) localStorage.removeItem(key(name));
        else localStorage.setItem(key(name), value);
        return null;
      });
    },
  };
}

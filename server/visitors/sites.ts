import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import { type Site, siteByKey } from "./store.ts";

export type { Site };

/** Looks sites up by their public key; keeps an answer for ten seconds, so that each page view need not ask again. */
export type Sites = {
  byKey(key: string): Promise<Site | null>;
  /** Something about sites has changed. */
  forget(): void;
};

const keepMs = 10_000;
const mostKept = 10_000;
/** What a public key can be. Anything else names no site, and some of it the database would not even look up. */
const shape = /^[A-Za-z0-9_-]{1,60}$/;

export function createSites(db: Kysely<Database>, nowMs: () => number): Sites {
  const kept = new Map<string, { site: Site | null; untilMs: number }>();
  return {
    async byKey(key) {
      if (!shape.test(key)) return null;
      const found = kept.get(key);
      if (found !== undefined && found.untilMs > nowMs()) return found.site;
      const site = await siteByKey(db, key);
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, { site, untilMs: nowMs() + keepMs });
      return site;
    },
    forget: () => kept.clear(),
  };
}

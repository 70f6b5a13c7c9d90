import type { Kysely } from "kysely";
import type { SiteId } from "../../shared/model/ids.ts";
import { readOrigin } from "../../shared/protocol/site-origin.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import { saveRefused, saveSeen } from "./store.ts";

type SeenSite = { id: SiteId; origins: readonly string[] };

/** Where tags were seen, for the admin who has just pasted one. Nobody waits for it, and nobody can make it write much. */
export type Sightings = {
  /** The tag works on this page. */
  seen(site: SeenSite, pageUrl: string): void;
  /** A page that is not of this site asked for its frame. */
  refused(site: SeenSite, referer: string): void;
  /** A site was changed: what is seen now is news again. */
  forget(): void;
};

type SightingsDeps = {
  db: Kysely<Database>;
  log: Log;
  nowMs(): number;
  isOurs(origin: string): boolean;
};

const everyMs = 60_000;
const mostKept = 10_000;
const longestPath = 200;

export function createSightings({ db, log, nowMs, isOurs }: SightingsDeps): Sightings {
  const notedAtMs = new Map<string, number>();

  /** True at most once a minute for each name. */
  function isNews(name: string): boolean {
    const at = nowMs();
    if (at - (notedAtMs.get(name) ?? Number.NEGATIVE_INFINITY) < everyMs) return false;
    if (notedAtMs.size >= mostKept) notedAtMs.clear();
    notedAtMs.set(name, at);
    return true;
  }

  function note(write: Promise<void>) {
    write.catch((error: unknown) => log.warn({ err: error }, "where a tag was seen could not be noted"));
  }

  return {
    seen(site, pageUrl) {
      if (!URL.canParse(pageUrl)) return;
      const { origin, pathname } = new URL(pageUrl);
      if (!site.origins.includes(origin) || !isNews(`seen ${site.id}`)) return;
      note(saveSeen(db, site.id, { origin, path: pathname.slice(0, longestPath) }));
    },
    refused(site, referer) {
      const read = readOrigin(referer);
      if (!read.ok || site.origins.includes(read.origin) || isOurs(read.origin)) return;
      if (!isNews(`refused ${site.id}`)) return;
      note(saveRefused(db, site.id, read.origin));
    },
    forget: () => notedAtMs.clear(),
  };
}

import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { SiteId, WorkspaceId } from "../../shared/model/ids.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import { newId } from "../db/ids.ts";
import type { Database, Greeting } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { insertSite } from "./store.ts";

export type NewSite = {
  workspaceId: WorkspaceId;
  name: string;
  /** Exact origins, such as `https://www.example.com`; no wildcards. */
  origins: readonly string[];
  look: SiteLook;
  greeting?: Greeting | null;
  /** Made up when left out. It names the site and is no secret. */
  publicKey?: string;
};

export async function createSite(
  db: Kysely<Database>,
  site: NewSite,
): Promise<{ id: SiteId; publicKey: string }> {
  if (!site.origins.every(isOrigin)) throw new AppError("invalid_input", { field: "origins" });
  if (!/^#[0-9a-f]{6}$/i.test(site.look.color)) throw new AppError("invalid_input", { field: "look.color" });
  const id = newId<"site">();
  const publicKey = site.publicKey ?? randomBytes(12).toString("base64url");
  await insertSite(db, {
    id,
    workspaceId: site.workspaceId,
    publicKey,
    name: site.name,
    origins: [...new Set(site.origins)],
    look: site.look,
    greeting: site.greeting ?? null,
  });
  return { id, publicKey };
}

/** As browsers write them in `Origin`: nothing else would ever match, and `frame-ancestors` takes it as it is. */
function isOrigin(text: string): boolean {
  return /^https?:\/\/[^\s;,*'"]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

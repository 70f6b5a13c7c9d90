import type { Kysely } from "kysely";
import type { SiteId } from "../../../shared/model/ids.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import type { SiteLook } from "../../../shared/protocol/site-look.ts";
import type { SiteGreeting, SiteView } from "../../../shared/protocol/workspace-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { createSite } from "../create-site.ts";
import type { MemberAccess } from "../session.ts";
import {
  isActiveMember,
  lockWorkspace,
  markSiteRemoved,
  type SiteRow,
  siteRow,
  siteRows,
  updateSite,
} from "./store.ts";

type Db = Kysely<Database>;
type Admin = Pick<MemberAccess, "workspaceId" | "memberId">;

export type SitesDeps = {
  db: Db;
  /** Told after the commit: processes keep sites for a moment, and open chats of a removed one must end. */
  announceSites: (removed?: SiteId) => void;
};

export async function listSites(db: Db, { workspaceId }: Pick<Admin, "workspaceId">): Promise<SiteView[]> {
  return (await siteRows(db, workspaceId)).map(viewOf);
}

export async function showSite(
  db: Db,
  { workspaceId }: Pick<Admin, "workspaceId">,
  id: SiteId,
): Promise<SiteView> {
  const row = await siteRow(db, workspaceId, id);
  if (row === undefined) throw new AppError("not_found");
  return viewOf(row);
}

/** Throws `too_many` once there are `limits.sitesPerWorkspace`. */
export async function addSite(
  db: Db,
  { workspaceId, memberId }: Admin,
  { name, origin }: { name: string; origin: string },
): Promise<SiteView> {
  return db.transaction().execute(async (trx) => {
    const workspace = await lockWorkspace(trx, workspaceId);
    if (workspace === undefined) throw new AppError("not_found");
    if ((await siteRows(trx, workspaceId)).length >= limits.sitesPerWorkspace) throw new AppError("too_many");
    const { id } = await createSite(trx, {
      workspaceId,
      name,
      origins: [origin],
      look: { color: workspace.color, position: "right", companyName: workspace.name },
    });
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "site_added",
      subject: { kind: "site", id, name },
      details: { origin },
    });
    return showSite(trx, { workspaceId }, id);
  });
}

export type SiteChange = { name: string; origins: string[]; look: SiteLook; greeting: SiteGreeting | null };

/** Throws `not_found`; `invalid_input` for a greeting in the name of nobody who is here. */
export async function changeSite(
  { db, announceSites }: SitesDeps,
  { workspaceId, memberId }: Admin,
  id: SiteId,
  change: SiteChange,
): Promise<SiteView> {
  const site = await db.transaction().execute(async (trx) => {
    await lockWorkspace(trx, workspaceId);
    const before = await showSite(trx, { workspaceId }, id);
    const { greeting } = change;
    if (greeting !== null && !(await isActiveMember(trx, workspaceId, greeting.memberId)))
      throw new AppError("invalid_input", { field: "greeting.memberId" });
    const origins = [...new Set(change.origins)];
    await updateSite(trx, workspaceId, id, { ...change, origins });
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "site_changed",
      subject: { kind: "site", id, name: change.name },
      details: {
        ...(before.name === change.name ? {} : { nameBefore: before.name }),
        ...differenceOf(before.origins, origins),
      },
    });
    return showSite(trx, { workspaceId }, id);
  });
  announceSites();
  return site;
}

/** Its tag shows nothing from now on. Conversations of its visitors stay. */
export async function removeSite(
  { db, announceSites }: SitesDeps,
  { workspaceId, memberId }: Admin,
  id: SiteId,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const removed = await markSiteRemoved(trx, workspaceId, id);
    if (removed === undefined) throw new AppError("not_found");
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "site_removed",
      subject: { kind: "site", id, name: removed.name },
    });
  });
  announceSites(id);
}

function differenceOf(before: readonly string[], after: readonly string[]): Record<string, string> {
  const added = after.filter((origin) => !before.includes(origin));
  const removed = before.filter((origin) => !after.includes(origin));
  return {
    ...(added.length === 0 ? {} : { originsAdded: added.join(" ") }),
    ...(removed.length === 0 ? {} : { originsRemoved: removed.join(" ") }),
  };
}

function viewOf(row: SiteRow): SiteView {
  const { id, name, origins, look, greeting } = row;
  return {
    id,
    name,
    publicKey: row.public_key,
    origins,
    look,
    greeting,
    teamId: row.team_id,
    seen:
      row.seen_at === null || row.seen_origin === null
        ? null
        : { at: row.seen_at.getTime(), origin: row.seen_origin, path: row.seen_path ?? "/" },
    refused:
      row.refused_at === null || row.refused_origin === null
        ? null
        : { at: row.refused_at.getTime(), origin: row.refused_origin },
  };
}

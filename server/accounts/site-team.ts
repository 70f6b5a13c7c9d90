import type { Kysely } from "kysely";
import type { MemberId, SiteId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { siteTeamRows } from "./store.ts";

/** Who answers on each site: its own team, which may be empty, or everybody (null). */
export type SiteTeams = ReadonlyMap<SiteId, ReadonlySet<MemberId> | null>;

export async function loadSiteTeams(db: Kysely<Database>, workspaceId: WorkspaceId): Promise<SiteTeams> {
  const teams = new Map<SiteId, Set<MemberId> | null>();
  for (const { site_id, team_id, member_id } of await siteTeamRows(db, workspaceId)) {
    const team = team_id === null ? null : (teams.get(site_id) ?? new Set<MemberId>());
    if (member_id !== null) team?.add(member_id);
    teams.set(site_id, team);
  }
  return teams;
}

/** Those of the members who answer on this site. */
export function onSite<M extends { id: MemberId }>(
  teams: SiteTeams,
  siteId: SiteId,
  members: readonly M[],
): M[] {
  const team = teams.get(siteId) ?? null;
  return members.filter(({ id }) => team === null || team.has(id));
}

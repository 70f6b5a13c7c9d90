import type { SiteId, TeamId } from "../../../shared/model/ids.ts";
import type { SiteView } from "../../../shared/protocol/workspace-routes.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { MemberAccess } from "../session.ts";
import { type SitesDeps, showSite } from "./sites.ts";
import { teamName, updateSiteTeam } from "./store.ts";

export type SiteTeamDeps = SitesDeps & {
  /** Told after the commit: faces and routing follow. */
  announceTeam: (workspaceId: MemberAccess["workspaceId"]) => void;
};

/**
 * Who answers and is booked on a site: one team, or everybody (null). Requests that are under way ask the new ones from
 * their next step on. Throws `not_found` for a site or a team that is not of this workspace.
 */
export async function setSiteTeam(
  { db, announceSites, announceTeam }: SiteTeamDeps,
  { workspaceId, memberId }: Pick<MemberAccess, "workspaceId" | "memberId">,
  id: SiteId,
  teamId: TeamId | null,
): Promise<SiteView> {
  const site = await db.transaction().execute(async (trx) => {
    const before = await showSite(trx, { workspaceId }, id);
    const name = teamId === null ? null : await teamName(trx, workspaceId, teamId);
    if (name === undefined) throw new AppError("not_found");
    if (before.teamId === teamId) return before;
    await updateSiteTeam(trx, workspaceId, id, teamId);
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "site_changed",
      subject: { kind: "site", id, name: before.name },
      details: { team: name },
    });
    return showSite(trx, { workspaceId }, id);
  });
  announceSites();
  announceTeam(workspaceId);
  return site;
}

import type { Kysely } from "kysely";
import type { SiteId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { defineConsoleRoutes } from "../../web/route.ts";
import type { PhotoStudio } from "../profile/photo-studio.ts";
import { changeLogo, changeRetention, changeWorkspace } from "./change-workspace.ts";
import { exportContents, exportWorkspace } from "./export-workspace.ts";
import { cancelDeletion, planDeletion } from "./plan-deletion.ts";
import { countOld } from "./remove-old.ts";
import { type SiteTeamDeps, setSiteTeam } from "./set-site-team.ts";
import { showWorkspace } from "./show-workspace.ts";
import { addSite, changeSite, listSites, removeSite } from "./sites.ts";

export type WorkspaceRoutesDeps = SiteTeamDeps & {
  db: Kysely<Database>;
  publicUrl: string;
  studio: Pick<PhotoStudio, "drawLogo">;
  /** Told after the commit: other consoles show its name. */
  announceWorkspace: (workspaceId: WorkspaceId) => void;
};

/** The workspace, its sites, what it keeps, and its end. */
export function workspaceRoutes(deps: WorkspaceRoutesDeps) {
  const { db, publicUrl } = deps;
  const scriptUrl = `${publicUrl}/widget.js`;
  const shown = async ({ workspaceId }: { workspaceId: WorkspaceId }) => ({
    workspace: await showWorkspace(db, workspaceId),
  });
  return defineConsoleRoutes({
    "GET /api/workspace": {
      handle: ({ member }) => shown(member),
    },
    "PUT /api/workspace": {
      async handle({ member }, change) {
        await changeWorkspace(db, member, change);
        deps.announceWorkspace(member.workspaceId);
        return shown(member);
      },
    },
    "PUT /api/workspace/logo": {
      limit: { points: 20, seconds: 60 },
      async handle({ member }, { image }) {
        await changeLogo(deps, member, image === null ? null : Buffer.from(image, "base64"));
        deps.announceWorkspace(member.workspaceId);
        return shown(member);
      },
    },
    "PUT /api/workspace/retention": {
      async handle({ member }, { days }) {
        await changeRetention(deps, member, days);
        deps.announceWorkspace(member.workspaceId);
        return shown(member);
      },
    },
    "GET /api/workspace/retention/preview": {
      handle: ({ member }, { days }) => countOld(db, member.workspaceId, days),
    },
    "GET /api/sites": {
      handle: async ({ member }) => ({ sites: await listSites(db, member), scriptUrl, now: Date.now() }),
    },
    "POST /api/sites": {
      handle: async ({ member }, site) => ({ site: await addSite(db, member, site), scriptUrl }),
    },
    "PUT /api/sites/:id": {
      handle: async ({ member }, change, { id }) => ({
        site: await changeSite(deps, member, id as SiteId, change),
        scriptUrl,
      }),
    },
    "PUT /api/sites/:id/team": {
      handle: async ({ member }, { teamId }, { id }) => ({
        site: await setSiteTeam(deps, member, id as SiteId, teamId),
        scriptUrl,
      }),
    },
    "POST /api/sites/:id/remove": {
      async handle({ member }, _input, { id }) {
        await removeSite(deps, member, id as SiteId);
        return {};
      },
    },
    "GET /api/workspace/export/contents": {
      limit: { points: 20, seconds: 60 },
      handle: ({ member }) => exportContents(db, member),
    },
    "GET /api/workspace/export": {
      limit: { points: 10, seconds: 600 },
      async handle({ member, request, response }) {
        // A link of another site must not start it. Older browsers do not tell, and the proof is still asked for.
        const from = request.headers["sec-fetch-site"];
        if (from !== undefined && from !== "same-origin" && from !== "none") throw new AppError("forbidden");
        try {
          await exportWorkspace(db, member, (name) => {
            response.setHeader("Content-Type", "application/x-ndjson; charset=utf-8");
            response.setHeader("Content-Disposition", `attachment; filename="${fileName(name)}"`);
            return response;
          });
        } catch (error) {
          // Cut off, so that the browser does not take half a file for a whole one.
          if (response.headersSent) response.destroy();
          throw error;
        }
        response.end();
        return {};
      },
    },
    "POST /api/workspace/deletion": {
      limit: { points: 20, seconds: 60 },
      async handle({ member }, { name }) {
        await planDeletion(deps, member, name);
        deps.announceWorkspace(member.workspaceId);
        return shown(member);
      },
    },
    "POST /api/workspace/deletion/cancel": {
      async handle({ member }) {
        await cancelDeletion(deps, member);
        deps.announceWorkspace(member.workspaceId);
        return shown(member);
      },
    },
  });
}

function fileName(workspaceName: string): string {
  const plain = workspaceName
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `foyer-${plain === "" ? "workspace" : plain.slice(0, 40)}.ndjson`;
}

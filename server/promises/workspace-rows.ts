import type { SiteId } from "../../shared/model/ids.ts";
import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { workspaceRouteSchemas } from "../../shared/protocol/workspace-routes.ts";
import type { Foreign } from "./foreign.ts";

type Ways<R extends keyof typeof workspaceRouteSchemas> = readonly ((foreign: Foreign) => {
  input: ConsoleRouteInput<R>;
  segment?: string;
})[];

const secret = "A".repeat(43);
const look = { color: "#112233", position: "left", companyName: "Taken over" } as const;
const origin = "https://stranger.example";

/** How a stranger would ask for another's workspace and sites. */
export const workspaceRouteRows: { [R in keyof typeof workspaceRouteSchemas]: Ways<R> } = {
  "POST /api/first-run/look": [() => ({ input: { secret } })],
  "POST /api/first-run": [
    () => ({
      input: {
        secret,
        companyName: "Taken over",
        color: "#112233",
        firstName: "Stranger",
        lastName: "Danger",
        email: "stranger@example.org",
        password: "a long enough password",
        zone: "UTC",
        origin,
      },
    }),
  ],
  "GET /api/workspace": [() => ({ input: {} })],
  "PUT /api/workspace": [() => ({ input: { name: "Other Ltd", color: "#112233" } })],
  "PUT /api/workspace/logo": [() => ({ input: { image: null } })],
  "PUT /api/workspace/retention": [() => ({ input: { days: null } })],
  "GET /api/workspace/retention/preview": [() => ({ input: { days: "1" } })],
  "GET /api/sites": [() => ({ input: {} })],
  "POST /api/sites": [() => ({ input: { name: "Ours", origin } })],
  "PUT /api/sites/:id": [
    ({ site }: { site: SiteId }) => ({
      input: { name: "Taken over", origins: [origin], look, greeting: null },
      segment: site,
    }),
  ],
  "PUT /api/sites/:id/team": [({ site }: { site: SiteId }) => ({ input: { teamId: null }, segment: site })],
  "POST /api/sites/:id/remove": [({ site }: { site: SiteId }) => ({ input: {}, segment: site })],
  "GET /api/workspace/export/contents": [() => ({ input: {} })],
  // Sends a file and no JSON: what is in it is tested with the export.
  "GET /api/workspace/export": [],
  "POST /api/workspace/deletion": [() => ({ input: { name: "First Ltd" } })],
  "POST /api/workspace/deletion/cancel": [() => ({ input: {} })],
};

import { batch, createModel, signal } from "@preact/signals";
import type { SiteId, TeamId } from "../../shared/model/ids.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { SiteView } from "../../shared/protocol/workspace-routes.ts";
import type { ApiCall, Clock } from "../ports.ts";

export type Sites = InstanceType<typeof SitesModel>;
export type SiteDraft = Pick<SiteView, "name" | "origins" | "look" | "greeting">;

const WATCH_MS = 2_000;

/** The sites of the workspace, and where their tags are seen while somebody looks. */
export const SitesModel = createModel((call: ApiCall, clock: Clock) => {
  const sites = signal<readonly SiteView[] | null>(null);
  const scriptUrl = signal("");
  const problem = signal<ErrorCode | null>(null);
  const isSaving = signal(false);
  /** What was added from "we see it on ...": its page must be loaded again. */
  const allowed = signal<string | null>(null);
  /** Counts what was changed here, so that an older answer does not bring the past back. */
  let changes = 0;

  async function load(): Promise<void> {
    const before = changes;
    const answer = await call("GET /api/sites", {});
    if (changes !== before) return;
    batch(() => {
      problem.value = answer.ok ? null : answer.code;
      if (!answer.ok) return;
      sites.value = answer.sites;
      scriptUrl.value = answer.scriptUrl;
    });
  }

  function put(site: SiteView): void {
    const known = sites.value ?? [];
    sites.value = known.some(({ id }) => id === site.id)
      ? known.map((each) => (each.id === site.id ? site : each))
      : [...known, site];
  }

  async function save(id: SiteId, draft: SiteDraft): Promise<SiteView | null> {
    const { name, origins, look, greeting } = draft;
    isSaving.value = true;
    problem.value = null;
    const answer = await call("PUT /api/sites/:id", { name, origins, look, greeting }, id);
    changes++;
    batch(() => {
      isSaving.value = false;
      if (answer.ok) put(answer.site);
      else problem.value = answer.code;
    });
    return answer.ok ? answer.site : null;
  }

  return {
    sites,
    scriptUrl,
    problem,
    isSaving,
    allowed,
    load,
    save,
    put(site: SiteView, url: string) {
      batch(() => {
        put(site);
        scriptUrl.value = url;
      });
    },
    /** Looks again and again; returns the way to stop. */
    watch(): () => void {
      let isOver = false;
      let cancel: () => void = () => undefined;
      const look = () =>
        void load().then(() => {
          if (!isOver) cancel = clock.after(WATCH_MS, look);
        });
      look();
      return () => {
        isOver = true;
        cancel();
      };
    },
    async add(name: string, origin: string): Promise<SiteView | null> {
      isSaving.value = true;
      problem.value = null;
      const answer = await call("POST /api/sites", { name, origin });
      changes++;
      batch(() => {
        isSaving.value = false;
        if (answer.ok) {
          put(answer.site);
          scriptUrl.value = answer.scriptUrl;
        } else problem.value = answer.code;
      });
      return answer.ok ? answer.site : null;
    },
    /** The tag asked from there: that page shows the widget from now on. */
    async allow(site: SiteView, origin: string): Promise<void> {
      const done = await save(site.id, { ...site, origins: [...new Set([...site.origins, origin])] });
      if (done) allowed.value = origin;
    },
    /** Who answers there. */
    async setTeam(id: SiteId, teamId: TeamId | null): Promise<boolean> {
      isSaving.value = true;
      problem.value = null;
      const answer = await call("PUT /api/sites/:id/team", { teamId }, id);
      changes++;
      batch(() => {
        isSaving.value = false;
        if (answer.ok) put(answer.site);
        else problem.value = answer.code;
      });
      return answer.ok;
    },
    async remove(id: SiteId): Promise<boolean> {
      isSaving.value = true;
      problem.value = null;
      const answer = await call("POST /api/sites/:id/remove", {}, id);
      changes++;
      batch(() => {
        isSaving.value = false;
        if (answer.ok) sites.value = (sites.value ?? []).filter((site) => site.id !== id);
        else problem.value = answer.code;
      });
      return answer.ok;
    },
  };
});

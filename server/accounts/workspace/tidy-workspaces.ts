import { type DeleteDeps, deleteDueWorkspaces } from "./delete-workspace.ts";
import { removeOldEverywhere } from "./remove-old.ts";

const everyMs = 30_000;
/** What is old is looked for less often: days are what it is counted in. */
const looksBetween = 20;

/** The worker's clock of what must go: workspaces whose time has come, and what is older than they keep. */
export function startTidyingWorkspaces(deps: DeleteDeps): { close(): Promise<void> } {
  let looks = 0;
  let isLooking: Promise<void> | null = null;

  async function look() {
    try {
      await deleteDueWorkspaces(deps);
      if (looks++ % looksBetween === 0) await removeOldEverywhere(deps);
    } catch (error) {
      deps.log.warn({ err: error }, "workspaces could not be tidied");
    }
  }

  const timer = setInterval(() => {
    isLooking ??= look().finally(() => {
      isLooking = null;
    });
  }, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await isLooking;
    },
  };
}

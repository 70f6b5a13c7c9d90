import { isStillFree } from "./calendars/ask-now.ts";
import type { CalendarDeps } from "./calendars/deps.ts";
import { createTeams } from "./conferencing/teams/teams.ts";
import { createZoom } from "./conferencing/zoom/zoom.ts";
import type { Config } from "./config.ts";
import { problemOf } from "./connections/health.ts";
import type { FollowDeps } from "./meetings/follow-deps.ts";
import type { Hint } from "./realtime/hints.ts";

type OpenDeps = {
  config: Pick<Config, "secretKey" | "publicUrl">;
  calendars: CalendarDeps;
  announce: (hint: Hint) => void;
};

/** Puts together what the job of following meetings needs: accounts, calendars, and services with rooms. */
export function openFollowing({ config, calendars, announce }: OpenDeps): FollowDeps {
  const { secretKey, publicUrl } = config;
  const { db, zones, accounts, providers } = calendars;
  return {
    db,
    zones,
    secretKey,
    publicUrl,
    announce,
    calendars: providers,
    rooms: { zoom: createZoom(), teams: createTeams() },
    openAccount: accounts.open,
    async noteGood(ref) {
      await accounts.noteGood(ref);
    },
    async noteProblem(ref, error) {
      const problem = problemOf(error);
      if (problem !== null) await accounts.noteProblem(ref, problem);
    },
    isStillFree: (workspaceId, memberIds, during) => isStillFree(calendars, workspaceId, memberIds, during),
  };
}

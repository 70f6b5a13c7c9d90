import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { profileRouteSchemas } from "../../shared/protocol/profile-routes.ts";
import type { HttpWays } from "./foreign.ts";

// What a member tells of themselves names nobody else: the asker can only ever reach their own.
export const profileRows: { [R in keyof typeof profileRouteSchemas]: HttpWays<ConsoleRouteInput<R>> } = {
  "GET /api/me/profile": [() => ({ input: {} })],
  "PUT /api/me/profile": [
    () => ({
      input: {
        firstName: "Stranger",
        lastName: "",
        jobTitle: "",
        phone: "",
        phoneExtension: "",
        zone: "UTC",
        language: "en",
        movesHours: false,
      },
    }),
  ],
  "POST /api/me/photo/remove": [() => ({ input: {} })],
  "GET /api/me/set-up": [() => ({ input: {} })],
  "POST /api/me/set-up/skip": [() => ({ input: { step: "hours", isSkipped: true } })],
};

import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { meetingRouteSchemas } from "../../shared/protocol/meeting-routes.ts";
import type { Foreign, HttpWays } from "./foreign.ts";

const type = (hosts: Foreign["member"][], slug = "a-strangers-own") => ({
  slug,
  name: "Stranger",
  description: "",
  durations: [30],
  hosting: "round_robin" as const,
  teamId: null,
  hosts: hosts.map((memberId) => ({ memberId, weight: 1, priority: 2 })),
  place: "none" as const,
  questions: [],
  noticeMinutes: null,
  bufferMinutes: null,
  horizonDays: null,
  hours: null,
  reminders: [],
  isPublic: false,
  isForChat: false,
});

export const meetingTypeRows: { [R in keyof typeof meetingRouteSchemas]: HttpWays<ConsoleRouteInput<R>> } = {
  "GET /api/meeting-types": [() => ({ input: {} })],
  "POST /api/meeting-types": [
    ({ member }) => ({ input: type([member]) }),
    ({ team }) => ({ input: { ...type([]), teamId: team } }),
    // What has no public page is not given away by a slug that is taken either.
    ({ privatePage }) => ({ input: { ...type([], privatePage), isPublic: true } }),
  ],
  "PUT /api/meeting-types/:id": [
    ({ meetingType, member }) => ({ input: type([member]), segment: meetingType }),
  ],
  "POST /api/meeting-types/:id/remove": [({ meetingType }) => ({ input: {}, segment: meetingType })],
  "GET /api/meeting-types/:id/ledger": [({ meetingType }) => ({ input: {}, segment: meetingType })],
  "GET /api/meeting-settings": [() => ({ input: {} })],
  "PUT /api/meeting-settings": [() => ({ input: { ownerFirstDays: 3 } })],
  "GET /api/me/meeting-limit": [() => ({ input: {} })],
  "PUT /api/me/meeting-limit": [() => ({ input: { perDay: 3 } })],
};

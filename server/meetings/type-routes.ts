import type { MeetingTypeId, WorkspaceId } from "../../shared/model/ids.ts";
import type { meetingRouteSchemas } from "../../shared/protocol/meeting-routes.ts";
import { type ConsoleRoutes, defineConsoleRoutes } from "../web/route.ts";
import type { MeetingDeps } from "./book-meeting.ts";
import { ownerFirstDays } from "./hosts-store.ts";
import { loadMeetingLimit, setMeetingLimit, setOwnerFirstDays } from "./meeting-settings.ts";
import {
  addMeetingType,
  changeMeetingType,
  listMeetingTypes,
  removeMeetingType,
  showLedger,
} from "./set-meeting-types.ts";

/** Meeting types, and what counts for all meetings. */
export function meetingTypeRoutes({
  db,
  bus,
}: Pick<MeetingDeps, "db" | "bus">): ConsoleRoutes<keyof typeof meetingRouteSchemas> {
  /** After the commit: the pages of colleagues. */
  const announce = (workspaceId: WorkspaceId) =>
    bus.publish({ kind: "settings", workspaceId, of: "meeting_types" });
  return defineConsoleRoutes({
    "GET /api/meeting-types": {
      handle: async ({ member }) => ({ types: await listMeetingTypes(db, member.workspaceId) }),
    },
    "POST /api/meeting-types": {
      async handle({ member }, wish) {
        const type = await addMeetingType(db, member, wish);
        announce(member.workspaceId);
        return { type };
      },
    },
    "PUT /api/meeting-types/:id": {
      async handle({ member }, wish, { id }) {
        const type = await changeMeetingType(db, member, id as MeetingTypeId, wish);
        announce(member.workspaceId);
        return { type };
      },
    },
    "POST /api/meeting-types/:id/remove": {
      async handle({ member }, _, { id }) {
        await removeMeetingType(db, member, id as MeetingTypeId);
        announce(member.workspaceId);
        return {};
      },
    },
    "GET /api/meeting-types/:id/ledger": {
      handle: async ({ member }, _, { id }) => ({
        lines: await showLedger(db, member.workspaceId, id as MeetingTypeId),
      }),
    },
    "GET /api/meeting-settings": {
      handle: async ({ member }) => ({ ownerFirstDays: await ownerFirstDays(db, member.workspaceId) }),
    },
    "PUT /api/meeting-settings": {
      async handle({ member }, input) {
        await setOwnerFirstDays(db, member, input.ownerFirstDays);
        announce(member.workspaceId);
        return input;
      },
    },
    "GET /api/me/meeting-limit": {
      handle: async ({ member }) => ({ perDay: await loadMeetingLimit(db, member) }),
    },
    "PUT /api/me/meeting-limit": {
      async handle({ member }, { perDay }) {
        await setMeetingLimit(db, member, perDay);
        return { perDay };
      },
    },
  });
}

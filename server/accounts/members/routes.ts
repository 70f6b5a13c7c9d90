import type { MeetingId, MemberId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import { AppError } from "../../errors.ts";
import type { MeetingDeps } from "../../meetings/book-meeting.ts";
import { changeHost } from "../../meetings/change-host.ts";
import { toTeamMeeting } from "../../meetings/meeting-view.ts";
import { meetingToChange } from "../../meetings/show-meetings.ts";
import { defineConsoleRoutes } from "../../web/route.ts";
import { changeRole } from "./change-role.ts";
import { deactivateMember } from "./deactivate-member.ts";
import { listMembers, showMember } from "./list-members.ts";
import { reactivateMember } from "./reactivate-member.ts";
import { setTeams } from "./set-teams.ts";
import { showLeaving } from "./show-leaving.ts";
import type { StandingDeps } from "./standing.ts";
import { addTeam, changeTeam, listTeams, removeTeam } from "./teams.ts";

/** The members table, roles, leaving and coming back, teams. */
export function memberRoutes(deps: StandingDeps & MeetingDeps) {
  const { db, bus } = deps;
  /** After the commit: the pages of other admins, and the faces on sites that have a team of their own. */
  const announce = ({ workspaceId }: { workspaceId: WorkspaceId }) => {
    bus.publish({ kind: "team", workspaceId });
    bus.publish({ kind: "settings", workspaceId, of: "people" });
  };
  return defineConsoleRoutes({
    "GET /api/members": {
      handle: async ({ member }) => ({ members: await listMembers(db, member.workspaceId) }),
    },
    "POST /api/members/:id/role": {
      async handle({ member }, input, { id }) {
        await changeRole(deps, member, id as MemberId, input);
        return { member: await showMember(db, member.workspaceId, id as MemberId) };
      },
    },
    "GET /api/members/:id/leaving": {
      handle: ({ member }, _input, { id }) => showLeaving(deps, member, id as MemberId),
    },
    "POST /api/members/:id/deactivate": {
      async handle({ member }, { chatsTo }, { id }) {
        await deactivateMember(deps, member, id as MemberId, chatsTo);
        return { member: await showMember(db, member.workspaceId, id as MemberId) };
      },
    },
    "POST /api/members/:id/reactivate": {
      async handle({ member }, _input, { id }) {
        await reactivateMember(deps, member, id as MemberId);
        return { member: await showMember(db, member.workspaceId, id as MemberId) };
      },
    },
    "POST /api/members/:id/teams": {
      async handle({ member }, { teamIds }, { id }) {
        await setTeams(db, member, id as MemberId, teamIds);
        announce(member);
        return { member: await showMember(db, member.workspaceId, id as MemberId) };
      },
    },
    "POST /api/meetings/:id/host": {
      async handle({ member }, { hostId, fromId }, { id }) {
        const meeting = await meetingToChange(db, member, id as MeetingId);
        const changed = await changeHost(deps, meeting, { hostId, fromId, by: member.memberId });
        if (changed.outcome !== "given") throw new AppError(changed.outcome);
        return { meeting: await toTeamMeeting(db, changed.meeting) };
      },
    },
    "GET /api/teams": {
      handle: async ({ member }) => ({ teams: await listTeams(db, member.workspaceId) }),
    },
    "POST /api/teams": {
      async handle({ member }, wish) {
        const team = await addTeam(db, member, wish);
        announce(member);
        return { team };
      },
    },
    "PUT /api/teams/:id": {
      async handle({ member }, wish, { id }) {
        const team = await changeTeam(db, member, id as TeamId, wish);
        announce(member);
        return { team };
      },
    },
    "POST /api/teams/:id/delete": {
      async handle({ member }, _input, { id }) {
        await removeTeam(db, member, id as TeamId);
        announce(member);
        return {};
      },
    },
  });
}

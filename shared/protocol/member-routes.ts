import { z } from "zod";
import type { ConversationId, Instant, MemberId, TeamId } from "../model/ids.ts";
import type { TeamMeeting } from "../model/meetings.ts";
import type { Presence, RepCard, Role } from "../model/people.ts";
import { idField, lineField } from "./fields.ts";
import { limits } from "./limits.ts";

// Members, what they may do, and teams. For admins.

const role = z.enum(["admin", "rep", "meetings_only"] satisfies readonly Role[]);
/** Who gets the chats that the member has open; null: each is put to the team as a new request. */
const chatsTo = idField<"member">().nullable();
const team = z.object({
  name: lineField(limits.teamNameChars),
  memberIds: z.array(idField<"member">()).max(limits.members),
});

export const memberRouteSchemas = {
  "GET /api/members": z.object({}),
  /** Refused as `last_admin` when nobody would be left who steers the workspace. `chatsTo` counts for "meetings only". */
  "POST /api/members/:id/role": z.object({ role, chatsTo }),
  /** What a deactivation would leave behind, or has left. */
  "GET /api/members/:id/leaving": z.object({}),
  /** Ends all sessions and links, hands over open chats. `unavailable`: the colleague is not there. Also `last_admin`. */
  "POST /api/members/:id/deactivate": z.object({ chatsTo }),
  "POST /api/members/:id/reactivate": z.object({}),
  "POST /api/members/:id/teams": z.object({ teamIds: z.array(idField<"team">()).max(limits.teams) }),
  /** Same time, another host, who must be free then (`slot_taken`). The guest is told. */
  "POST /api/meetings/:id/host": z.object({
    hostId: idField<"member">(),
    /** Of a meeting of several hosts: whose part in it is given; left out, the first one's. */
    fromId: idField<"member">().optional(),
  }),
  "GET /api/teams": z.object({}),
  /** `taken`: another team is called so, in whatever case. */
  "POST /api/teams": team,
  "PUT /api/teams/:id": team,
  "POST /api/teams/:id/delete": z.object({}),
} as const;

/** What a member has still to do, as far as the database knows. */
export type NeedsAction = "photo" | "zone" | "profile";

/** A member as admins see one. */
export type MemberLine = Omit<RepCard, "presence"> & {
  email: string;
  role: Role;
  teamIds: TeamId[];
  /** Of the moment it was asked; consoles hear of changes by `team:changed`. */
  presence: Presence;
  /** To the minute; null: never yet. */
  seenAt: Instant | null;
  isActive: boolean;
  deactivatedAt: Instant | null;
  needs: NeedsAction[];
  openChats: number;
  /** Meetings ahead, of somebody who is deactivated. */
  meetingsToMove: number;
};

export type TeamView = { id: TeamId; name: string; memberIds: MemberId[] };

/** A meeting ahead, and the colleagues who could take it over as it stands. */
export type MeetingToMove = { meeting: TeamMeeting; freeHostIds: MemberId[] };

export type Leaving = {
  chats: { id: ConversationId; visitorName: string | null; isVisitorHere: boolean }[];
  /** Colleagues who could take the chats now. */
  chatHosts: MemberId[];
  meetings: MeetingToMove[];
  /** Open invitations this member sent: they end with a deactivation. */
  invitations: number;
};

export type MemberRouteAnswers = {
  "GET /api/members": { members: MemberLine[] };
  "POST /api/members/:id/role": { member: MemberLine };
  "GET /api/members/:id/leaving": Leaving;
  "POST /api/members/:id/deactivate": { member: MemberLine };
  "POST /api/members/:id/reactivate": { member: MemberLine };
  "POST /api/members/:id/teams": { member: MemberLine };
  "POST /api/meetings/:id/host": { meeting: TeamMeeting };
  "GET /api/teams": { teams: TeamView[] };
  "POST /api/teams": { team: TeamView };
  "PUT /api/teams/:id": { team: TeamView };
  "POST /api/teams/:id/delete": object;
};

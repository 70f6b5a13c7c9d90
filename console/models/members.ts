import { computed, createModel, effect, signal } from "@preact/signals";
import type { MeetingId, MemberId, TeamId } from "../../shared/model/ids.ts";
import { type Role, takesSeat } from "../../shared/model/people.ts";
import type { Answer, ErrorCode } from "../../shared/protocol/errors.ts";
import type { Leaving, MemberLine, TeamView } from "../../shared/protocol/member-routes.ts";
import type { ApiCall, Clock, RepLink } from "../ports.ts";
import { type MemberFilter, type MemberSort, shownMembers } from "./member-list.ts";
import { fullName, type Team } from "./team.ts";

/** What is being done to whom. */
export type Doing =
  | { kind: "role"; member: MemberLine; role: Role }
  | { kind: "teams" | "deactivate" | "move"; member: MemberLine };

export type Members = InstanceType<typeof MembersModel>;

/** Several changes of a team come together: the list is asked for once. */
const GATHER_MS = 400;

/** Members and teams as admins steer them. Presence comes from the live team, all else from the list. */
export const MembersModel = createModel((link: RepLink, call: ApiCall, clock: Clock, team: Team) => {
  const loaded = signal<readonly MemberLine[] | null>(null);
  const teams = signal<readonly TeamView[] | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const filter = signal<MemberFilter>({ words: "", role: null, isActive: true });
  const sort = signal<MemberSort>({ by: "name", isDown: false });
  const isWanted = signal(false);

  async function load(): Promise<void> {
    isWanted.value = true;
    const [people, groups] = await Promise.all([call("GET /api/members", {}), call("GET /api/teams", {})]);
    problem.value = people.ok ? (groups.ok ? null : groups.code) : people.code;
    if (people.ok) loaded.value = people.members;
    if (groups.ok) teams.value = groups.teams;
  }

  effect(() => {
    let cancel = (): void => undefined;
    const again = () => {
      if (!isWanted.peek()) return;
      cancel();
      cancel = clock.after(GATHER_MS, () => void load());
    };
    const stops = [
      link.onNews("team:changed", again),
      link.onNews("meeting:changed", again),
      link.onNews("settings:changed", ({ of }) => of === "people" && again()),
    ];
    return () => {
      cancel();
      for (const stop of stops) stop();
    };
  });

  /** Whoever is active shows as the team sees them now. */
  const members = computed(() =>
    (loaded.value ?? []).map((member) => {
      const live = member.isActive ? team.byId.value.get(member.id) : undefined;
      return live ? { ...member, presence: live.presence } : member;
    }),
  );
  const active = computed(() => members.value.filter((member) => member.isActive));

  function keep(changed: MemberLine): void {
    loaded.value = (loaded.peek() ?? []).map((member) => (member.id === changed.id ? changed : member));
  }

  return {
    isLoaded: computed(() => loaded.value !== null),
    members,
    teams,
    problem,
    filter,
    sort,
    shown: computed(() => shownMembers(members.value, teams.value ?? [], filter.value, sort.value)),
    seats: computed(() => active.value.filter(({ role }) => takesSeat(role)).length),
    activeCount: computed(() => active.value.length),
    inactiveCount: computed(() => members.value.length - active.value.length),
    /** Who is left in a team: the deactivated stay on its list. */
    activeIn: (ids: readonly MemberId[]) => active.value.filter(({ id }) => ids.includes(id)).length,
    /** How many of a team answer visitors: active, and chatting. Null until the people are known. */
    answeringIn: ({ memberIds }: TeamView) =>
      loaded.value === null
        ? null
        : active.value.filter(({ id, role }) => memberIds.includes(id) && takesSeat(role)).length,
    /** Nobody but this one steers the workspace. */
    isLastAdmin: (id: MemberId) => active.value.every((one) => one.role !== "admin" || one.id === id),
    load,
    look(change: Partial<MemberFilter>) {
      filter.value = { ...filter.value, ...change };
    },
    sortBy(by: MemberSort["by"]) {
      sort.value = { by, isDown: sort.value.by === by ? !sort.value.isDown : false };
    },
    async changeRole(id: MemberId, role: Role, chatsTo: MemberId | null): Promise<ErrorCode | null> {
      const answer = await call("POST /api/members/:id/role", { role, chatsTo }, id);
      if (answer.ok) keep(answer.member);
      return answer.ok ? null : answer.code;
    },
    async deactivate(id: MemberId, chatsTo: MemberId | null): Promise<ErrorCode | null> {
      const answer = await call("POST /api/members/:id/deactivate", { chatsTo }, id);
      if (answer.ok) keep(answer.member);
      return answer.ok ? null : answer.code;
    },
    async reactivate(id: MemberId): Promise<ErrorCode | null> {
      const answer = await call("POST /api/members/:id/reactivate", {}, id);
      if (answer.ok) keep(answer.member);
      return answer.ok ? null : answer.code;
    },
    async setTeams(id: MemberId, teamIds: TeamId[]): Promise<ErrorCode | null> {
      const answer = await call("POST /api/members/:id/teams", { teamIds }, id);
      if (answer.ok) await load();
      return answer.ok ? null : answer.code;
    },
    /** What the member leaves behind, or has left. */
    leaving: (id: MemberId): Promise<Answer<Leaving>> => call("GET /api/members/:id/leaving", {}, id),
    /** `fromId`: whose part in the meeting it is. */
    async giveMeeting(id: MeetingId, hostId: MemberId, fromId: MemberId): Promise<ErrorCode | null> {
      const answer = await call("POST /api/meetings/:id/host", { hostId, fromId }, id);
      return answer.ok ? null : answer.code;
    },
    async cancelMeeting(id: MeetingId): Promise<ErrorCode | null> {
      const answer = await call("POST /api/meetings/:id/cancel", {}, id);
      return answer.ok ? null : answer.code;
    },
    async saveTeam(id: TeamId | null, name: string, memberIds: MemberId[]): Promise<ErrorCode | null> {
      const wish = { name, memberIds };
      const answer = await (id === null
        ? call("POST /api/teams", wish)
        : call("PUT /api/teams/:id", wish, id));
      if (answer.ok) await load();
      return answer.ok ? null : answer.code;
    },
    async removeTeam(id: TeamId): Promise<ErrorCode | null> {
      const answer = await call("POST /api/teams/:id/delete", {}, id);
      if (answer.ok) await load();
      return answer.ok ? null : answer.code;
    },
  };
});

/** The name, or the address of somebody who has none yet. */
export function memberName(member: MemberLine): string {
  return fullName(member) || member.email;
}

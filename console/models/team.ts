import { computed, createModel, effect, signal } from "@preact/signals";
import type { MemberId } from "../../shared/model/ids.ts";
import { meetsVisitors, type TeamMember } from "../../shared/model/people.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { RepLink } from "../ports.ts";
import type { Connection } from "./connection.ts";

export type Team = InstanceType<typeof TeamModel>;

/** My switch and my colleagues. */
export const TeamModel = createModel((link: RepLink, connection: Connection) => {
  const me = signal<TeamMember | null>(null);
  const members = signal<readonly TeamMember[]>([]);
  const isAvailable = signal(false);
  /** The switch shows what was asked for until the server has answered. */
  const wanted = signal<boolean | null>(null);
  const problem = signal<ErrorCode | null>(null);

  effect(() => {
    const sync = connection.synced.value;
    if (!sync) return;
    me.value = sync.me;
    members.value = sync.team;
    isAvailable.value = sync.isAvailable;
  });
  effect(() =>
    link.onNews("team:changed", ({ team }) => {
      members.value = team;
      const mine = team.find((member) => member.id === me.peek()?.id);
      if (!mine) return;
      me.value = mine;
      // The other console of the same rep may have turned the switch.
      if (mine.presence !== "offline") isAvailable.value = mine.presence !== "away";
    }),
  );

  const byId = computed(() => new Map(members.value.map((member) => [member.id, member])));

  return {
    me,
    members,
    byId,
    isAvailable: computed(() => wanted.value ?? isAvailable.value),
    isSwitching: computed(() => wanted.value !== null),
    problem,
    /** Whom I may hand a conversation to now. */
    available: computed(() =>
      members.value.filter(
        (member) => member.id !== me.value?.id && meetsVisitors(member) && member.presence === "available",
      ),
    ),
    /** Who can host a meeting; everybody but me. */
    colleagues: computed(() => members.value.filter((member) => member.id !== me.value?.id)),
    async setAvailable(next: boolean) {
      wanted.value = next;
      problem.value = null;
      const answer = await link.ask("availability:set", { isAvailable: next });
      if (answer.ok) isAvailable.value = next;
      else problem.value = answer.code;
      wanted.value = null;
    },
  };
});

export function fullName(member: { firstName: string; lastName: string }): string {
  return `${member.firstName} ${member.lastName}`.trim();
}

/** A member's name; somebody who is no longer in the team has none. */
export function nameOf(team: Team, id: MemberId | null): string | null {
  const member = id && team.byId.value.get(id);
  return member ? fullName(member) : null;
}

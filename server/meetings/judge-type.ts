import type { MemberId } from "../../shared/model/ids.ts";
import type { MeetingType } from "../../shared/model/meeting-types.ts";

/** Of a meeting of several hosts: all of them must be free at once, and all are locked for it. */
const mostTogether = 10;

/** The first field of a meeting type that does not go with the others, or with who there is; null: none. Pure. */
export function misfitOf(
  wish: Omit<MeetingType, "id">,
  known: { isTeamOurs: boolean; members: ReadonlySet<MemberId> },
): keyof MeetingType | null {
  const { hosting, hosts, teamId, durations, questions, reminders } = wish;
  if (new Set(durations).size < durations.length) return "durations";
  if (teamId !== null && (hosting !== "round_robin" || !known.isTeamOurs)) return "teamId";
  if (new Set(hosts.map(({ memberId }) => memberId)).size < hosts.length) return "hosts";
  if (!hosts.every(({ memberId }) => known.members.has(memberId))) return "hosts";
  if (hosting === "one" && hosts.length !== 1) return "hosts";
  if (hosting === "collective" && (hosts.length < 2 || hosts.length > mostTogether)) return "hosts";
  if (hosting === "round_robin" && teamId === null && hosts.length === 0) return "hosts";
  if (new Set(questions.map(({ id }) => id)).size < questions.length) return "questions";
  const isAsked = (kind: string, choices: readonly string[]) =>
    kind === "choice" ? choices.length > 0 && new Set(choices).size === choices.length : choices.length === 0;
  if (!questions.every(({ kind, choices }) => isAsked(kind, choices))) return "questions";
  if (
    wish.hours !== null &&
    new Set(wish.hours.weekly.map(({ weekday }) => weekday)).size < wish.hours.weekly.length
  )
    return "hours";
  return new Set(reminders).size < reminders.length ? "reminders" : null;
}

/** Whether turns are counted from now on: by other weights, what was shared out before would have to be caught up with. */
export function countsAnew(before: Omit<MeetingType, "id">, after: Omit<MeetingType, "id">): boolean {
  if (before.hosting !== after.hosting || before.teamId !== after.teamId) return true;
  const old = new Map(before.hosts.map((host) => [host.memberId, host]));
  return after.hosts.some(({ memberId, weight, priority }) => {
    const was = old.get(memberId);
    return was !== undefined && (was.weight !== weight || was.priority !== priority);
  });
}

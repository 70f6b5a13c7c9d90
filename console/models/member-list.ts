import type { Presence, Role } from "../../shared/model/people.ts";
import type { MemberLine, TeamView } from "../../shared/protocol/member-routes.ts";

/** `role` null: every role. */
export type MemberFilter = { words: string; role: Role | null; isActive: boolean };
export type MemberSort = { by: "name" | "role" | "seen" | "needs"; isDown: boolean };

const roleOrder: Record<Role, number> = { admin: 0, rep: 1, meetings_only: 2 };
const presenceOrder: Record<Presence, number> = { available: 0, busy: 1, away: 2, offline: 3 };

/** What the table shows: every word is in the name, address, job title or a team, whatever its case and accents. */
export function shownMembers(
  members: readonly MemberLine[],
  teams: readonly TeamView[],
  { words, role, isActive }: MemberFilter,
  sort: MemberSort,
): MemberLine[] {
  const names = new Map(teams.map((team) => [team.id, team.name]));
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  const found = members.filter((member) => {
    if (member.isActive !== isActive || (role !== null && member.role !== role)) return false;
    const own = member.teamIds.map((id) => names.get(id) ?? "");
    const { firstName, lastName, email, jobTitle } = member;
    const text = plain([firstName, lastName, email, jobTitle, ...own].join(" "));
    return wanted.every((word) => text.includes(word));
  });
  const way = sort.isDown ? -1 : 1;
  return found.sort((a, b) => way * compare(a, b, sort.by) || byName(a, b));
}

function compare(a: MemberLine, b: MemberLine, by: MemberSort["by"]): number {
  if (by === "name") return byName(a, b);
  if (by === "role") return roleOrder[a.role] - roleOrder[b.role];
  // The most to do, and whoever is here or was here last, first.
  if (by === "needs") return b.needs.length - a.needs.length;
  return presenceOrder[a.presence] - presenceOrder[b.presence] || (b.seenAt ?? 0) - (a.seenAt ?? 0);
}

function byName(a: MemberLine, b: MemberLine): number {
  return nameFor(a).localeCompare(nameFor(b)) || (a.id < b.id ? -1 : 1);
}

function nameFor({ firstName, lastName, email }: MemberLine): string {
  return `${firstName} ${lastName}`.trim() || email;
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const HERE_MS = 120_000;

/** Of those who never chat, and so have no presence: whether their console has just asked for something. */
export function isHereNow({ role, seenAt }: Pick<MemberLine, "role" | "seenAt">, now: number): boolean {
  return role === "meetings_only" && seenAt !== null && seenAt > now - HERE_MS;
}

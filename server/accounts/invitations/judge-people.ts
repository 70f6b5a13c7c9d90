import type { TeamId } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import { isEmail } from "../../../shared/protocol/fields.ts";
import type { InvitePreviewLine } from "../../../shared/protocol/invitation-routes.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import type { NamedPerson } from "./parse-people.ts";

/** What the workspace knows; addresses in lower case. Accounts of other workspaces are no part of it, on purpose. */
export type Known = {
  teams: readonly { id: TeamId; name: string }[];
  /** Whether the member is active. */
  members: ReadonlyMap<string, boolean>;
  /** Open invitations: whether they were sent less than a minute ago. */
  invited: ReadonlyMap<string, boolean>;
};

const roleWords: Readonly<Record<string, Role>> = {
  admin: "admin",
  administrator: "admin",
  rep: "rep",
  meetings_only: "meetings_only",
  "meetings only": "meetings_only",
  "meetings-only": "meetings_only",
  meetings: "meetings_only",
};

/** What an invitation of these people would do, line by line. */
export function judgePeople(
  people: readonly NamedPerson[],
  otherwise: { role: Role; teamIds: readonly TeamId[] },
  known: Known,
): InvitePreviewLine[] {
  const seen = new Set<string>();
  return people.map((person) => {
    const address = person.email.trim().replace(/^mailto:/i, "");
    const line = {
      line: person.line,
      email: address.slice(0, limits.emailChars),
      role: otherwise.role,
      teamIds: [...otherwise.teamIds],
      word: null,
    };
    if (address.length > limits.emailChars || !isEmail(address))
      return { ...line, outcome: isForeign(address) ? "foreign_address" : "bad_address" };
    if (person.surplus !== null) return { ...line, outcome: "surplus_cell", word: cut(person.surplus) };
    const key = address.toLowerCase();
    if (seen.has(key)) return { ...line, outcome: "twice" };
    seen.add(key);
    const role = person.role === null ? otherwise.role : (roleWords[person.role.toLowerCase()] ?? null);
    if (role === null) return { ...line, role, outcome: "unknown_role", word: cut(person.role) };
    const teams = person.team === null ? line.teamIds : teamsOf(person.team, known.teams);
    if (typeof teams === "string")
      return { ...line, role, teamIds: [], outcome: "unknown_team", word: cut(teams) };
    const isActive = known.members.get(key);
    const isRecent = known.invited.get(key);
    const outcome =
      isActive !== undefined
        ? isActive
          ? "member"
          : "deactivated"
        : isRecent === undefined
          ? "new"
          : isRecent
            ? "just_sent"
            : "again";
    return { ...line, role, teamIds: teams, outcome };
  });
}

/** An address but for its letters: we send to none of those yet, and it is not for its owner to mend. */
function isForeign(address: string): boolean {
  return /\P{ASCII}/u.test(address) && isEmail(address.replace(/[\p{L}\p{M}\p{N}]/gu, "a"));
}

/** By name, whatever the case; several with `|` between them. A text: the name that no team has. */
function teamsOf(written: string, teams: Known["teams"]): TeamId[] | string {
  const find = (name: string) =>
    teams.find((team) => team.name.toLowerCase() === name.trim().toLowerCase())?.id;
  const whole = find(written);
  if (whole !== undefined) return [whole];
  const found: TeamId[] = [];
  for (const name of written.split("|")) {
    const id = find(name);
    if (id === undefined) return name.trim();
    if (!found.includes(id)) found.push(id);
  }
  return found;
}

function cut(word: string | null): string {
  return (word ?? "").slice(0, limits.teamNameChars);
}

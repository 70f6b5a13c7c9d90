import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { meetsVisitors, type RepCard, type TeamMember } from "../../shared/model/people.ts";
import type { Database } from "../db/tables.ts";
import { toRepCard } from "./rep-card.ts";
import { readiness } from "./set-up/readiness.ts";
import { type TeamRow, teamRows } from "./store.ts";

/** Everyone of the workspace who is active, by name, as colleagues see them. */
export async function loadTeam(db: Kysely<Database>, workspaceId: WorkspaceId): Promise<TeamMember[]> {
  const rows = await teamRows(db, workspaceId, null);
  return rows.map(toTeamMember);
}

/** Certain members as visitors see them, also those who have left: they once spoke. */
export async function loadRepCards(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  ids: readonly MemberId[],
): Promise<RepCard[]> {
  if (ids.length === 0) return [];
  const rows = await teamRows(db, workspaceId, ids);
  return rows.map(toRepCard);
}

/** The faces shown while nobody has joined: those who chat and are ready for it, the present ones first. */
export function teamFaces(team: readonly TeamMember[]): RepCard[] {
  const order = { available: 0, busy: 1, away: 2, offline: 3 };
  return team
    .filter(meetsVisitors)
    .sort((a, b) => order[a.presence] - order[b.presence])
    .map(({ id, firstName, lastName, jobTitle, photoUrl, presence }) => ({
      id,
      firstName,
      lastName,
      jobTitle,
      photoUrl,
      presence,
    }));
}

function toTeamMember(row: TeamRow): TeamMember {
  return {
    ...toRepCard(row),
    role: row.role,
    isReady: readiness({
      firstName: row.first_name,
      isProfileConfirmed: row.is_profile_confirmed,
      isZoneConfirmed: row.is_zone_confirmed,
    }).isReady,
    zone: row.zone,
    openChats: row.open_chats ?? 0,
    capacity: row.capacity,
    hasMissedOffers: row.away_reason !== null,
  };
}

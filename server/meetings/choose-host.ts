import type { Kysely } from "kysely";
import type { Instant, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { LedgerLine } from "../../shared/protocol/meeting-routes.ts";
import { localDay, type Zones } from "../../shared/time/zone.ts";
import type { Database } from "../db/tables.ts";
import type { Host } from "./bookables.ts";
import { fairness } from "./fairness.ts";
import { pickHosts } from "./pick-hosts.ts";
import { meetingsAhead } from "./taken-store.ts";
import { countedMeetings, turnTakers } from "./turns-store.ts";
import type { TypeRow } from "./types-store.ts";

/** Who gets the next meeting of a type that goes by turns, and why. */
export async function ledgerOf(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  type: TypeRow,
): Promise<LedgerLine[]> {
  const takers = await turnTakers(db, workspaceId, type);
  return fairness(takers, await countedMeetings(db, workspaceId, type, takers));
}

/** In which order the free hosts of a pool are asked: the owner, then by turns, or whoever has the fewest meetings ahead. */
export async function inOrder(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  type: TypeRow | null,
  free: readonly MemberId[],
  ownerId: MemberId | null,
): Promise<readonly MemberId[]> {
  if (free.length < 2) return free;
  if (type?.hosting !== "round_robin")
    return pickHosts(free, await meetingsAhead(db, workspaceId, free), ownerId);
  const turns = (await ledgerOf(db, workspaceId, type)).map(({ memberId }) => memberId);
  const inTurn = turns.filter((id) => free.includes(id));
  return inTurn.toSorted((a, b) => Number(b === ownerId) - Number(a === ownerId));
}

/** Those of a pool who were there to be asked about this start: known to be free or taken, and not on a day off. */
export function thereAt(pool: readonly Host[], zones: Zones, start: Instant): MemberId[] {
  return pool
    .filter(({ busy, hours, ownDays }) => {
      const { zone, overrides } = ownDays ?? hours;
      const today = localDay(zones(zone), start);
      return busy !== "unknown" && !overrides.some(({ day, spans }) => day === today && spans.length === 0);
    })
    .map(({ id }) => id);
}

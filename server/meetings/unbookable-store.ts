import { type Kysely, sql } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { PlaceWish } from "../../shared/model/meeting-types.ts";
import type { Database } from "../db/tables.ts";

/** The kinds of place that the types of each of these members ask for, by name or by team. */
export async function hostedPlaces(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
): Promise<Map<MemberId, PlaceWish[]>> {
  const { rows } = await sql<{ member_id: MemberId; place: PlaceWish }>`
    select h.member_id, t.place from meeting_types t
    join meeting_type_hosts h on h.workspace_id = t.workspace_id and h.type_id = t.id
    where t.workspace_id = ${workspaceId} and t.removed_at is null and t.team_id is null
      and h.member_id = any(${memberIds}::uuid[])
    union
    select m.member_id, t.place from meeting_types t
    join team_members m on m.workspace_id = t.workspace_id and m.team_id = t.team_id
    where t.workspace_id = ${workspaceId} and t.removed_at is null and m.member_id = any(${memberIds}::uuid[])`.execute(
    db,
  );
  const places = new Map<MemberId, PlaceWish[]>();
  for (const { member_id, place } of rows) places.set(member_id, [...(places.get(member_id) ?? []), place]);
  return places;
}

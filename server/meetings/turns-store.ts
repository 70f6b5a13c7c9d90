import { type Kysely, sql } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { TypeHost } from "../../shared/model/meeting-types.ts";
import type { Database } from "../db/tables.ts";
import type { Counted } from "./fairness.ts";
import { type TypeRow, usualTurn } from "./types-store.ts";

// The part of this folder's SQL that is about turns: who takes them, and who had which.

type Db = Kysely<Database>;

/** What lies farther back is forgiven. */
const daysCounted = 180;

/** Active members who take turns at meetings of this type. */
export async function turnTakers(
  db: Db,
  workspaceId: WorkspaceId,
  { id, teamId }: Pick<TypeRow, "id" | "teamId">,
): Promise<TypeHost[]> {
  const isOne =
    teamId === null
      ? sql`h.member_id is not null`
      : sql`exists (select 1 from team_members t where t.workspace_id = m.workspace_id and t.team_id = ${teamId}
          and t.member_id = m.id)`;
  const { rows } = await sql<TypeHost>`
    select m.id as "memberId", coalesce(h.weight, ${usualTurn.weight})::int as weight,
      coalesce(h.priority, ${usualTurn.priority})::int as priority
    from members m
    left join meeting_type_hosts h on h.workspace_id = m.workspace_id and h.type_id = ${id} and h.member_id = m.id
    where m.workspace_id = ${workspaceId} and m.is_active and ${isOne}
    order by m.id`.execute(db);
  return rows;
}

/** Meetings of this type that are held or ahead, by whose turn they might have been. */
export async function countedMeetings(
  db: Db,
  workspaceId: WorkspaceId,
  { id, countedFrom }: Pick<TypeRow, "id" | "countedFrom">,
  takers: readonly TypeHost[],
): Promise<Counted[]> {
  const { rows } = await sql<{ hostId: MemberId; turnOf: MemberId[] | null; meetings: number }>`
    select host_id as "hostId", turn_of as "turnOf", count(*)::int as meetings
    from meetings
    where workspace_id = ${workspaceId} and type_id = ${id} and state = 'booked' and part_of is null
      and no_show_at is null and created_at >= ${new Date(countedFrom)}
      and created_at > foyer_now() - make_interval(days => ${daysCounted})
    group by host_id, turn_of`.execute(db);
  const everybody = takers.map(({ memberId }) => memberId);
  return rows.map(({ turnOf, ...row }) => ({ ...row, turnOf: turnOf ?? everybody }));
}

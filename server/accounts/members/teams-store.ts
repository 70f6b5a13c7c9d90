import { type Kysely, sql } from "kysely";
import type { MemberId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { TeamView } from "../../../shared/protocol/member-routes.ts";
import type { Database } from "../../db/tables.ts";

// The other half of this folder's SQL: teams and who is in them.

type Db = Kysely<Database>;

export async function teamViews(db: Db, workspaceId: WorkspaceId, id: TeamId | null): Promise<TeamView[]> {
  let rows = db
    .selectFrom("teams as t")
    .select([
      "t.id",
      "t.name",
      sql<MemberId[]>`array(select tm.member_id from team_members tm where tm.workspace_id = t.workspace_id
        and tm.team_id = t.id order by tm.member_id)`.as("memberIds"),
    ])
    .where("t.workspace_id", "=", workspaceId)
    .orderBy(sql`lower(t.name)`);
  if (id !== null) rows = rows.where("t.id", "=", id);
  return rows.execute();
}

/** False: another one is called so, or there are as many as a workspace may have. */
export async function insertTeam(
  db: Db,
  workspaceId: WorkspaceId,
  team: { id: TeamId; name: string; most: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into teams (id, workspace_id, name)
    select ${team.id}::uuid, ${workspaceId}::uuid, ${team.name}
    where (select count(*) from teams where workspace_id = ${workspaceId}) < ${team.most}
    on conflict do nothing returning id`.execute(db);
  return rows.length > 0;
}

/** Undefined: no such team. A name that is taken is a unique violation. */
export async function renameTeam(
  db: Db,
  workspaceId: WorkspaceId,
  id: TeamId,
  name: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`
    update teams t set name = ${name}
    from (select id, name from teams where workspace_id = ${workspaceId} and id = ${id} for update) before
    where t.id = before.id returning before.name`.execute(db);
  return rows[0]?.name;
}

/** Undefined: no such team. A foreign key that still points at it is a violation. */
export async function deleteTeam(db: Db, workspaceId: WorkspaceId, id: TeamId): Promise<string | undefined> {
  const row = await db
    .deleteFrom("teams")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .returning("name")
    .executeTakeFirst();
  return row?.name;
}

/** Exactly these; ids that are nobody's of this workspace are passed over. */
export async function setTeamMembers(
  db: Db,
  workspaceId: WorkspaceId,
  id: TeamId,
  memberIds: readonly MemberId[],
): Promise<void> {
  await sql`delete from team_members where workspace_id = ${workspaceId} and team_id = ${id}
    and member_id <> all(${memberIds}::uuid[])`.execute(db);
  await sql`insert into team_members (workspace_id, team_id, member_id)
    select workspace_id, ${id}, id from members where workspace_id = ${workspaceId} and id = any(${memberIds}::uuid[])
    on conflict do nothing`.execute(db);
}

/** The member is in exactly these teams; answers their names. */
export async function setTeamsOfMember(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  teamIds: readonly TeamId[],
): Promise<string[]> {
  await sql`delete from team_members where workspace_id = ${workspaceId} and member_id = ${memberId}
    and team_id <> all(${teamIds}::uuid[])`.execute(db);
  await sql`insert into team_members (workspace_id, team_id, member_id)
    select workspace_id, id, ${memberId} from teams where workspace_id = ${workspaceId} and id = any(${teamIds}::uuid[])
    on conflict do nothing`.execute(db);
  const { rows } = await sql<{ name: string }>`
    select t.name from teams t join team_members tm on tm.team_id = t.id
    where t.workspace_id = ${workspaceId} and tm.member_id = ${memberId} order by lower(t.name)`.execute(db);
  return rows.map(({ name }) => name);
}

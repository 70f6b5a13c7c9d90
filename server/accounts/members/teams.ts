import type { Kysely } from "kysely";
import type { MemberId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import type { TeamView } from "../../../shared/protocol/member-routes.ts";
import { newId } from "../../db/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { Admin } from "./standing.ts";
import { deleteTeam, insertTeam, renameTeam, setTeamMembers, teamViews } from "./teams-store.ts";

type Wish = { name: string; memberIds: readonly MemberId[] };

/** All teams of a workspace by name, with the members in each, also those who are deactivated. */
export function listTeams(db: Kysely<Database>, workspaceId: WorkspaceId): Promise<TeamView[]> {
  return teamViews(db, workspaceId, null);
}

/** Throws `taken` when another team is called so, or there are as many as there may be. */
export async function addTeam(db: Kysely<Database>, admin: Admin, wish: Wish): Promise<TeamView> {
  const id = newId<"team">();
  const { workspaceId } = admin;
  return db.transaction().execute(async (trx) => {
    const isNew = await insertTeam(trx, workspaceId, { id, name: wish.name, most: limits.teams });
    if (!isNew) throw new AppError("taken");
    await setTeamMembers(trx, workspaceId, id, wish.memberIds);
    await recordAudit(trx, {
      workspaceId,
      actorId: admin.memberId,
      action: "team_added",
      subject: { kind: "team", id, name: wish.name },
      details: { members: wish.memberIds.length },
    });
    return found(trx, workspaceId, id);
  });
}

/** Another name, other members. Throws `taken`, `not_found`. */
export async function changeTeam(
  db: Kysely<Database>,
  admin: Admin,
  id: TeamId,
  wish: Wish,
): Promise<TeamView> {
  const { workspaceId } = admin;
  return db.transaction().execute(async (trx) => {
    const before = await renameTeam(trx, workspaceId, id, wish.name).catch((error: unknown) => {
      throw codeOf(error) === "23505" ? new AppError("taken") : error;
    });
    if (before === undefined) throw new AppError("not_found");
    await setTeamMembers(trx, workspaceId, id, wish.memberIds);
    await recordAudit(trx, {
      workspaceId,
      actorId: admin.memberId,
      action: "team_changed",
      subject: { kind: "team", id, name: wish.name },
      details: { before, members: wish.memberIds.length },
    });
    return found(trx, workspaceId, id);
  });
}

/** Its members stay. Throws `team_in_use` while a site, a meeting type or single sign-on points at it, `not_found`. */
export async function removeTeam(db: Kysely<Database>, admin: Admin, id: TeamId): Promise<void> {
  const { workspaceId } = admin;
  await db.transaction().execute(async (trx) => {
    const name = await deleteTeam(trx, workspaceId, id).catch((error: unknown) => {
      throw codeOf(error) === "23503" ? new AppError("team_in_use") : error;
    });
    if (name === undefined) throw new AppError("not_found");
    await recordAudit(trx, {
      workspaceId,
      actorId: admin.memberId,
      action: "team_removed",
      subject: { kind: "team", id, name },
    });
  });
}

async function found(db: Kysely<Database>, workspaceId: WorkspaceId, id: TeamId): Promise<TeamView> {
  const [team] = await teamViews(db, workspaceId, id);
  if (team === undefined) throw new AppError("not_found");
  return team;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}

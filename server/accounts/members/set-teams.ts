import type { Kysely } from "kysely";
import type { MemberId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { type Admin, nameOf } from "./standing.ts";
import { standingOf } from "./store.ts";
import { setTeamsOfMember } from "./teams-store.ts";

/** The member is in exactly these teams from now on. Throws `not_found`. */
export async function setTeams(
  db: Kysely<Database>,
  admin: Admin,
  id: MemberId,
  teamIds: readonly TeamId[],
): Promise<void> {
  const { workspaceId } = admin;
  await db.transaction().execute(async (trx) => {
    const member = await standingOf(trx, workspaceId, id);
    if (member === undefined) throw new AppError("not_found");
    const names = await setTeamsOfMember(trx, workspaceId, id, teamIds);
    await recordAudit(trx, {
      workspaceId,
      actorId: admin.memberId,
      action: "member_changed",
      subject: { kind: "member", id, name: nameOf(member) },
      details: { teams: names.join(", ") },
    });
  });
}

/** Puts a newcomer into these teams, in the caller's transaction; those that are gone are passed over. */
export async function joinTeams(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  teamIds: readonly TeamId[],
): Promise<void> {
  await setTeamsOfMember(db, workspaceId, memberId, teamIds);
}

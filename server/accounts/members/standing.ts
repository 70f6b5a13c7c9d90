import type { Kysely } from "kysely";
import type { MemberId } from "../../../shared/model/ids.ts";
import { meetsVisitors } from "../../../shared/model/people.ts";
import type { Routing } from "../../conversations/routing-port.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { Bus } from "../../realtime/hints.ts";
import type { MemberAccess } from "../session.ts";
import { loadTeam } from "../team.ts";
import { lockWorkspace, otherAdmins, standingOf } from "./store.ts";

export type StandingDeps = {
  db: Kysely<Database>;
  bus: Bus;
  routing: Pick<Routing, "log" | "replace" | "withdraw">;
};

export type Admin = Pick<MemberAccess, "memberId" | "workspaceId">;

/** For what makes an admin: whoever has found a session must not be able to make themselves one that stays. */
export type ProvenAdmin = Admin & Pick<MemberAccess, "sessionId">;

/**
 * In the caller's transaction: the member as they are now, with every other change of who may do what in this workspace held
 * back until its end. The one who asks is an admin still: two who take each other's role away at once do not both succeed.
 */
export async function lockStanding(db: Kysely<Database>, admin: Admin, id: MemberId) {
  await lockWorkspace(db, admin.workspaceId);
  const asking = await standingOf(db, admin.workspaceId, admin.memberId);
  if (asking?.role !== "admin" || !asking.is_active) throw new AppError("forbidden");
  const member = await standingOf(db, admin.workspaceId, id);
  if (member === undefined) throw new AppError("not_found");
  return member;
}

/** Under the lock: somebody must steer the workspace. Throws `last_admin`. */
export async function requireAnotherAdmin(db: Kysely<Database>, admin: Admin, id: MemberId): Promise<void> {
  if ((await otherAdmins(db, admin.workspaceId, id)) === 0) throw new AppError("last_admin");
}

/** Whoever is to get the chats is there to take them. Throws `unavailable`. */
export async function requireThere(
  db: Kysely<Database>,
  admin: Admin,
  from: MemberId,
  toId: MemberId | null,
): Promise<void> {
  if (toId === null) return;
  const hosts = await chatHosts(db, admin, from);
  if (!hosts.includes(toId)) throw new AppError("unavailable");
}

/** Colleagues who could take chats now, whom visitors may meet. */
export async function chatHosts(db: Kysely<Database>, admin: Admin, except: MemberId): Promise<MemberId[]> {
  const team = await loadTeam(db, admin.workspaceId);
  return team
    .filter((member) => {
      const isThere = member.presence === "available" || member.presence === "busy";
      return member.id !== except && meetsVisitors(member) && isThere;
    })
    .map(({ id }) => id);
}

export function nameOf(row: { first_name: string; last_name: string; email: string }): string {
  return `${row.first_name} ${row.last_name}`.trim() || row.email;
}

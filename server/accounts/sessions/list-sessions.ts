import type { Kysely } from "kysely";
import type { SessionLine } from "../../../shared/protocol/password-routes.ts";
import type { Database } from "../../db/tables.ts";
import type { MemberAccess } from "../session.ts";
import { hasPassword, sessionsOf } from "./store.ts";

/** Where the asking member is signed in, the asking session first, then by use. */
export async function listSessions(
  db: Kysely<Database>,
  { workspaceId, memberId, sessionId }: MemberAccess,
): Promise<{ sessions: SessionLine[]; hasPassword: boolean }> {
  const rows = await sessionsOf(db, workspaceId, memberId);
  const lines = rows.map(({ id, kind, label, created_at, seen_at }) => ({
    id,
    kind,
    label,
    createdAt: created_at.getTime(),
    seenAt: seen_at.getTime(),
    isThis: id === sessionId,
  }));
  return {
    sessions: [...lines.filter((line) => line.isThis), ...lines.filter((line) => !line.isThis)],
    hasPassword: await hasPassword(db, workspaceId, memberId),
  };
}

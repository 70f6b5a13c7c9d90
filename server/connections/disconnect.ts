import type { ConnectionId } from "../../shared/model/ids.ts";
import { recordAudit } from "../accounts/audit/record-audit.ts";
import type { MemberAccess } from "../accounts/session.ts";
import { AppError } from "../errors.ts";
import type { ConnectionDeps } from "./deps.ts";
import { endConnections } from "./end-connections.ts";
import { announceHealth } from "./health.ts";

/** A member's own account: forgotten here with its calendars at once, and given back at the provider. Throws `not_found`. */
export async function disconnect(
  deps: Pick<ConnectionDeps, "db" | "announce">,
  { workspaceId, memberId }: Pick<MemberAccess, "workspaceId" | "memberId">,
  id: ConnectionId,
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const { rows } = await endConnections(trx, workspaceId, { id, memberId });
    const [row] = rows;
    if (row === undefined) throw new AppError("not_found");
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "connection_removed",
      subject: { kind: "connection", id, name: row.account_name },
      details: { provider: row.provider },
    });
  });
  announceHealth(deps, { workspaceId });
}

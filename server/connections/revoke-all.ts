import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { recordAudit } from "../accounts/audit/record-audit.ts";
import { requireProof } from "../accounts/proof.ts";
import type { MemberAccess } from "../accounts/session.ts";
import type { Log } from "../log.ts";
import type { ConnectionDeps } from "./deps.ts";
import { endConnections } from "./end-connections.ts";
import { connectedWorkspaces } from "./ended-store.ts";
import { giveBackNow } from "./give-back.ts";
import { announceHealth } from "./health.ts";

type Deps = ConnectionDeps & { log: Log };
export type Revoked = {
  /** Given back, and the provider has said so. */
  revoked: number;
  /** Their provider did not answer: it is asked again for some hours. */
  unanswered: number;
  /** Their provider takes nothing back. */
  forgotten: number;
};

/** Every outside access of the workspace. Throws `proof_needed`. */
export async function revokeAll(deps: Deps, member: MemberAccess): Promise<Revoked> {
  await requireProof(deps.db, member);
  return revokeWorkspace(deps, member.workspaceId, member.memberId);
}

/** Everywhere, for whoever runs the server: when the database, or a copy of it, has fallen into wrong hands. */
export async function revokeEverywhere(deps: Deps): Promise<Revoked> {
  const total = { revoked: 0, unanswered: 0, forgotten: 0 };
  for (const workspaceId of await connectedWorkspaces(deps.db)) {
    const done = await revokeWorkspace(deps, workspaceId, null);
    total.revoked += done.revoked;
    total.unanswered += done.unanswered;
    total.forgotten += done.forgotten;
  }
  return total;
}

async function revokeWorkspace(
  deps: Deps,
  workspaceId: WorkspaceId,
  actorId: MemberId | null,
): Promise<Revoked> {
  const { rows, givenBack } = await deps.db.transaction().execute(async (trx) => {
    const ended = await endConnections(trx, workspaceId);
    await recordAudit(trx, {
      workspaceId,
      actorId,
      action: "connections_revoked",
      details: { connections: ended.rows.length },
    });
    return ended;
  });
  announceHealth(deps, { workspaceId });
  return { ...(await giveBackNow(deps, workspaceId)), forgotten: rows.length - givenBack.length };
}

import type { Kysely } from "kysely";
import { limits } from "../../../shared/protocol/limits.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import { showWorkspace } from "./show-workspace.ts";
import { adminRows, lockWorkspace, updateDeletion } from "./store.ts";
import { tellAdmins } from "./tell-admins.ts";

type Deps = { db: Kysely<Database>; publicUrl: string };

/**
 * Everything goes in `limits.deletionDays` days, unless an admin takes it back; all admins get a mail. `typedName` must
 * be the workspace's. Throws `proof_needed`, `invalid_input` for another name. Asked again it changes nothing.
 */
export async function planDeletion(deps: Deps, admin: MemberAccess, typedName: string): Promise<void> {
  const { workspaceId, memberId } = admin;
  await requireProof(deps.db, admin);
  await deps.db.transaction().execute(async (trx) => {
    const workspace = await lockWorkspace(trx, workspaceId);
    if (workspace === undefined) throw new AppError("not_found");
    if (workspace.name !== typedName.trim()) throw new AppError("invalid_input", { field: "name" });
    if (workspace.delete_at !== null) return;
    await updateDeletion(trx, workspaceId, { days: limits.deletionDays, askedBy: memberId });
    const { deletion } = await showWorkspace(trx, workspaceId);
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "workspace_deletion_planned",
      subject: { kind: "workspace", id: workspaceId, name: workspace.name },
      details: { days: limits.deletionDays },
    });
    await tellAdmins({ ...deps, db: trx }, workspaceId, {
      key: `deletion/${deletion?.at}`,
      heading: (zone) => `${workspace.name} will be deleted on ${dayIn(zone, deletion?.at ?? 0)}`,
      text: `${deletion?.askedBy ?? "An admin"} asked to delete this workspace with everything in it: conversations, visitors, meetings, members and sites. Until then it works as always, and any admin can take it back.`,
      button: "Look at it in the console",
      path: "danger",
      footer: "You get this mail because you are an admin of this workspace.",
    });
  });
}

/** Any admin may; all admins get a mail. Nothing happens where nothing was planned. */
export async function cancelDeletion(
  deps: Deps,
  { workspaceId, memberId }: Pick<MemberAccess, "workspaceId" | "memberId">,
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const workspace = await lockWorkspace(trx, workspaceId);
    if (workspace === undefined) throw new AppError("not_found");
    if (workspace.delete_at === null) return;
    await updateDeletion(trx, workspaceId, null);
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "workspace_deletion_cancelled",
      subject: { kind: "workspace", id: workspaceId, name: workspace.name },
    });
    const admins = await adminRows(trx, workspaceId);
    const who = admins.find(({ id }) => id === memberId);
    await tellAdmins({ ...deps, db: trx }, workspaceId, {
      key: `deletion/${workspace.delete_at.getTime()}/cancelled`,
      heading: () => `${workspace.name} stays`,
      text: `${who === undefined ? "An admin" : `${who.first_name} ${who.last_name}`.trim()} took back the deletion of this workspace. Nothing was removed.`,
      button: "Go to the console",
      path: "danger",
      footer: "You get this mail because you are an admin of this workspace.",
    });
  });
}

/** The day where the reader is, such as "Wednesday, 2 December 2026". */
function dayIn(zone: string, at: number): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: zone }).format(at);
}

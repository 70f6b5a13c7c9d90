import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import { renderMail } from "../../mail/render-mail.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import { mailBrand } from "./mail-brand.ts";
import { showWorkspace } from "./show-workspace.ts";
import { adminRows, lockWorkspace, updateDeletion } from "./store.ts";

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
      footer: "You get this mail because you are an admin of this workspace.",
    });
  });
}

type Word = {
  /** The same word is mailed once. */
  key: string;
  heading(zone: string): string;
  text: string;
  button: string;
  footer: string;
};

async function tellAdmins({ db, publicUrl }: Deps, workspaceId: WorkspaceId, word: Word): Promise<void> {
  const brand = await mailBrand(db, { publicUrl }, workspaceId);
  for (const admin of await adminRows(db, workspaceId)) {
    const heading = word.heading(admin.zone);
    await queueMail(
      db,
      { publicUrl },
      {
        workspaceId,
        dedupe: `${word.key}/${admin.id}`,
        to: { name: `${admin.first_name} ${admin.last_name}`.trim(), address: admin.email },
        replyTo: null,
        mail: renderMail(
          {
            subject: heading,
            preview: word.text.slice(0, 120),
            blocks: [
              { kind: "heading", text: heading },
              { kind: "text", text: word.text },
              {
                kind: "actions",
                actions: [{ text: word.button, url: `${publicUrl}/console/settings/danger`, isMain: true }],
              },
            ],
            footer: word.footer,
          },
          brand,
        ),
      },
    );
  }
}

/** The day where the reader is, such as "Wednesday, 2 December 2026". */
function dayIn(zone: string, at: number): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: zone }).format(at);
}

import type { Kysely } from "kysely";
import type { PhotoId } from "../../../shared/model/ids.ts";
import { newId } from "../../db/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { PhotoStudio } from "../profile/photo-studio.ts";
import { requireProof } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import { insertPhoto, lockWorkspace, retirePhoto, updateWorkspace } from "./store.ts";
import { tellAdmins } from "./tell-admins.ts";

type Db = Kysely<Database>;
type Admin = Pick<MemberAccess, "workspaceId" | "memberId">;

/** Its name and its colour: in the console, in mails, on the pages behind their links. */
export async function changeWorkspace(
  db: Db,
  { workspaceId, memberId }: Admin,
  { name, color }: { name: string; color: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockWorkspace(trx, workspaceId);
    if (before === undefined) throw new AppError("not_found");
    if (before.name === name && before.color === color) return;
    await updateWorkspace(trx, workspaceId, { name, color });
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "workspace_changed",
      subject: { kind: "workspace", id: workspaceId, name },
      details: {
        ...(before.name === name ? {} : { nameBefore: before.name, name }),
        ...(before.color === color ? {} : { color }),
      },
    });
  });
}

/** Throws `invalid_input` for what is no sound PNG or JPG. Null takes the logo away. */
export async function changeLogo(
  { db, studio }: { db: Db; studio: Pick<PhotoStudio, "drawLogo"> },
  { workspaceId, memberId }: Admin,
  image: Buffer | null,
): Promise<void> {
  const drawn = image === null ? null : await studio.drawLogo(image);
  if (drawn !== null && "problem" in drawn) throw new AppError("invalid_input", { field: "image" });
  await db.transaction().execute(async (trx) => {
    const before = await lockWorkspace(trx, workspaceId);
    if (before === undefined) throw new AppError("not_found");
    let logoId: PhotoId | null = null;
    if (drawn !== null) {
      logoId = newId<"photo">();
      await insertPhoto(trx, workspaceId, logoId, drawn.sizes);
    }
    await updateWorkspace(trx, workspaceId, { logo_id: logoId });
    if (before.logo_id !== null) await retirePhoto(trx, workspaceId, before.logo_id);
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "workspace_changed",
      subject: { kind: "workspace", id: workspaceId, name: before.name },
      details: { logo: logoId !== null },
    });
  });
}

/**
 * Days after which what is closed goes; null keeps everything. Fewer days than before take something away for good: that
 * needs a proof (throws `proof_needed`), and all admins get a mail.
 */
export async function changeRetention(
  deps: { db: Db; publicUrl: string },
  member: Pick<MemberAccess, "workspaceId" | "memberId" | "sessionId">,
  days: number | null,
): Promise<void> {
  const { db } = deps;
  const { workspaceId, memberId } = member;
  await db.transaction().execute(async (trx) => {
    const before = await lockWorkspace(trx, workspaceId);
    if (before === undefined) throw new AppError("not_found");
    if (before.retention_days === days) return;
    const takesAway = days !== null && (before.retention_days === null || days < before.retention_days);
    if (takesAway) await requireProof(trx, member);
    await updateWorkspace(trx, workspaceId, { retention_days: days });
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "workspace_changed",
      subject: { kind: "workspace", id: workspaceId, name: before.name },
      details: { retentionDays: days, retentionDaysBefore: before.retention_days },
    });
    if (!takesAway) return;
    await tellAdmins({ ...deps, db: trx }, workspaceId, {
      key: `retention/${newId<"mail">()}`,
      heading: () => `${before.name} keeps closed conversations for ${days} ${days === 1 ? "day" : "days"}`,
      text: "An admin has changed how long closed conversations are kept. What is older is removed from now on, with its messages and notes. Who changed it stands in the audit log.",
      button: "Look at it in the console",
      path: "workspace",
      footer: "You get this mail because you are an admin of this workspace.",
    });
  });
}

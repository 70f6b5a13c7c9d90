import type { Kysely } from "kysely";
import type { PhotoId } from "../../../shared/model/ids.ts";
import { newId } from "../../db/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";

import type { MemberAccess } from "../session.ts";
import { drawLogo } from "./draw-logo.ts";
import { deletePhoto, insertPhoto, lockWorkspace, updateWorkspace } from "./store.ts";

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
  db: Db,
  { workspaceId, memberId }: Admin,
  image: Buffer | null,
): Promise<void> {
  const sizes = image === null ? null : await drawLogo(image);
  if (image !== null && sizes === null) throw new AppError("invalid_input", { field: "image" });
  await db.transaction().execute(async (trx) => {
    const before = await lockWorkspace(trx, workspaceId);
    if (before === undefined) throw new AppError("not_found");
    let logoId: PhotoId | null = null;
    if (sizes !== null) {
      logoId = newId<"photo">();
      await insertPhoto(trx, workspaceId, logoId, sizes);
    }
    await updateWorkspace(trx, workspaceId, { logo_id: logoId });
    if (before.logo_id !== null) await deletePhoto(trx, workspaceId, before.logo_id);
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "workspace_changed",
      subject: { kind: "workspace", id: workspaceId, name: before.name },
      details: { logo: logoId !== null },
    });
  });
}

/** Days after which what is closed goes; null keeps everything. */
export async function changeRetention(
  db: Db,
  { workspaceId, memberId }: Admin,
  days: number | null,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockWorkspace(trx, workspaceId);
    if (before === undefined) throw new AppError("not_found");
    if (before.retention_days === days) return;
    await updateWorkspace(trx, workspaceId, { retention_days: days });
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "workspace_changed",
      subject: { kind: "workspace", id: workspaceId, name: before.name },
      details: { retentionDays: days, retentionDaysBefore: before.retention_days },
    });
  });
}

import type { Kysely } from "kysely";
import type { MemberId, PhotoId, WorkspaceId } from "../../shared/model/ids.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { drawSizes } from "./photo-sizes.ts";
import { insertPhoto, updateMemberPhoto } from "./store.ts";

const mostBytes = 10_000_000;

/** Gives a member a photo. What was uploaded is never kept: it is drawn anew in our own sizes. */
export async function savePhoto(
  db: Kysely<Database>,
  photo: { workspaceId: WorkspaceId; memberId: MemberId; bytes: Buffer },
): Promise<PhotoId> {
  if (photo.bytes.length > mostBytes) throw new AppError("too_large");
  const sizes = await drawSizes(photo.bytes);
  if (sizes === null) throw new AppError("invalid_input", { field: "photo" });
  const id = newId<"photo">();
  const { workspaceId, memberId } = photo;
  await db.transaction().execute(async (trx) => {
    await insertPhoto(trx, { id, workspaceId, ...sizes });
    if (!(await updateMemberPhoto(trx, workspaceId, memberId, id))) throw new AppError("not_found");
  });
  return id;
}

import type { Kysely } from "kysely";
import type { PhotoId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { photoBytes } from "./store.ts";

/** A photo as WebP. Open to all who know its id: visitors see it, and so does whoever gets a mail of ours. */
export function readPhoto(
  db: Kysely<Database>,
  id: PhotoId,
  size: "large" | "small",
): Promise<Buffer | null> {
  return photoBytes(db, id, size);
}

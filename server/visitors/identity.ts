import type { Kysely } from "kysely";
import type { VisitorId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { saveIdentity } from "./store.ts";

/** Keeps what a visitor said of itself, in the caller's transaction; null leaves a field as it was. */
export async function rememberIdentity(
  db: Kysely<Database>,
  visitorId: VisitorId,
  name: string | null,
  email: string | null,
): Promise<void> {
  await saveIdentity(db, visitorId, name, email);
}

import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { deleteUnsent, problemsByDedupe } from "./store.ts";

/** What the mail server said last of mails that have not gone out; by the names they were queued under. */
export function unsentMails(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  dedupes: readonly string[],
): Promise<Map<string, string>> {
  return problemsByDedupe(db, workspaceId, dedupes);
}

/** Takes a mail back if it has not gone out: what it says no longer holds, and the link in it shall lie nowhere. */
export function withdrawMail(db: Kysely<Database>, workspaceId: WorkspaceId, dedupe: string): Promise<void> {
  return deleteUnsent(db, workspaceId, dedupe);
}

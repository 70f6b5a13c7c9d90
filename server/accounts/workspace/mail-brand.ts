import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import type { MailBrand } from "../../mail/mail-content.ts";
import { showWorkspace } from "./show-workspace.ts";

/** Whose mail it is, for mails that no site is behind: invitations, resets, word to admins. */
export async function mailBrand(
  db: Kysely<Database>,
  { publicUrl }: { publicUrl: string },
  workspaceId: WorkspaceId,
): Promise<MailBrand> {
  const { name, color, logoUrl } = await showWorkspace(db, workspaceId);
  return { companyName: name, color, logoUrl: logoUrl === null ? null : `${publicUrl}${logoUrl}` };
}

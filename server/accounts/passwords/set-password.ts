import type { Kysely } from "kysely";
import type { MemberId, SessionId, WorkspaceId } from "../../../shared/model/ids.ts";
import { databaseNow } from "../../db/database-now.ts";
import { newId } from "../../db/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import { renderMail } from "../../mail/render-mail.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { type EndSessionsDeps, signOutElsewhere } from "../sessions/end-sessions.ts";
import { mailBrand } from "../workspace/mail-brand.ts";
import { changedMail } from "./password-mails.ts";
import { endResets, memberWithPassword, savePassword } from "./store.ts";

export type PasswordDeps = EndSessionsDeps & { publicUrl: string };

type NewPassword = {
  passwordHash: string;
  by: "reset" | "change";
  /** The browser it was done in. */
  label: string;
  /** The one session that goes on; null: none does. */
  keptSession: SessionId | null;
};

/**
 * All that belongs to another password, in the caller's transaction: sessions and reset links of the old one end, it is
 * noted, and its owner gets a mail. Answers how many sessions ended; the caller announces that after the commit.
 */
export async function setPassword(
  trx: Kysely<Database>,
  { publicUrl }: Pick<PasswordDeps, "publicUrl">,
  { workspaceId, memberId }: { workspaceId: WorkspaceId; memberId: MemberId },
  { passwordHash, by, label, keptSession }: NewPassword,
): Promise<number> {
  const row = await memberWithPassword(trx, workspaceId, memberId);
  if (row === undefined) throw new AppError("unauthenticated");
  await savePassword(trx, workspaceId, memberId, passwordHash);
  await endResets(trx, workspaceId, memberId);
  const sessions = await signOutElsewhere(trx, { workspaceId, memberId }, keptSession);
  const name = `${row.first_name} ${row.last_name}`.trim();
  await recordAudit(trx, {
    workspaceId,
    actorId: memberId,
    action: "password_changed",
    subject: { kind: "member", id: memberId, name },
    details: { by, sessions },
  });
  const content = changedMail({
    firstName: row.first_name,
    company: row.company,
    email: row.email,
    url: `${publicUrl}/console`,
    at: await databaseNow(trx),
    zone: row.zone,
    where: label,
  });
  await queueMail(
    trx,
    { publicUrl },
    {
      workspaceId,
      dedupe: `password-changed/${newId<"mail">()}`,
      to: { name, address: row.email },
      replyTo: null,
      mail: renderMail(content, await mailBrand(trx, { publicUrl }, workspaceId)),
    },
  );
  return sessions;
}

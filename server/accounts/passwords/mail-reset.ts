import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import { limits } from "../../../shared/protocol/limits.ts";
import type { Database } from "../../db/tables.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import { renderMail } from "../../mail/render-mail.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import { mailBrand } from "../workspace/mail-brand.ts";
import { providerMail, resetMail } from "./password-mails.ts";
import { endResets, insertReset, memberWithPassword } from "./store.ts";

/**
 * The job behind a forgotten password: mails a link, good once and for an hour, and ends the links before it. Whoever signs
 * in through a provider is told so instead. A repeat of the job mails nothing more.
 */
export async function mailReset(
  { db, publicUrl }: { db: Kysely<Database>; publicUrl: string },
  member: { workspaceId: WorkspaceId; memberId: MemberId } | null,
  jobId: string,
): Promise<void> {
  if (member === null) return;
  const { workspaceId, memberId } = member;
  await db.transaction().execute(async (trx) => {
    const row = await memberWithPassword(trx, workspaceId, memberId);
    if (row === undefined) return; // Deactivated since.
    const throughProvider = row.is_sso_only || (row.password_hash === null && row.has_provider);
    const secret = mintToken();
    const person = { firstName: row.first_name, company: row.company, email: row.email };
    const content = throughProvider
      ? providerMail({ ...person, url: `${publicUrl}/console` })
      : resetMail({ ...person, url: `${publicUrl}/console/reset#${secret}` });
    const isNew = await queueMail(
      trx,
      { publicUrl },
      {
        workspaceId,
        dedupe: `reset/${jobId}`,
        to: { name: `${row.first_name} ${row.last_name}`.trim(), address: row.email },
        replyTo: null,
        mail: renderMail(content, await mailBrand(trx, { publicUrl }, workspaceId)),
      },
    );
    if (!isNew || throughProvider) return;
    await endResets(trx, workspaceId, memberId);
    await insertReset(trx, {
      tokenHash: hashToken(secret),
      workspaceId,
      memberId,
      minutes: limits.resetMinutes,
    });
    await recordAudit(trx, {
      workspaceId,
      actorId: null,
      action: "password_reset_asked",
      subject: { kind: "member", id: memberId, name: `${row.first_name} ${row.last_name}`.trim() },
    });
  });
}

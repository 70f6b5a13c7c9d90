import type { Kysely } from "kysely";
import { limits } from "../../../shared/protocol/limits.ts";
import type { Database } from "../../db/tables.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import { endResets, insertReset, memberOfAddress, memberWithPassword } from "./store.ts";

/**
 * For whoever runs the server, when the only admin has lost access and no mail arrives: a link to a new password, good
 * once and for `limits.resetMinutes`, like the mailed one. Null: nobody active has this address.
 */
export async function mintOperatorLink(
  db: Kysely<Database>,
  { publicUrl }: { publicUrl: string },
  email: string,
): Promise<string | null> {
  return db.transaction().execute(async (trx) => {
    const member = await memberOfAddress(trx, email);
    if (member === undefined) return null;
    const { workspaceId, memberId } = member;
    const row = await memberWithPassword(trx, workspaceId, memberId);
    if (row === undefined) return null;
    const secret = mintToken();
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
      details: { byOperator: true },
    });
    return `${publicUrl}/console/reset#${secret}`;
  });
}

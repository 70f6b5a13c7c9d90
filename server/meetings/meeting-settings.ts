import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { recordAudit } from "../accounts/audit/record-audit.ts";
import type { Database } from "../db/tables.ts";
import { meetingsPerDay, saveMeetingsPerDay, saveOwnerFirstDays } from "./hosts-store.ts";
import { withLocks } from "./with-locks.ts";

type Member = { workspaceId: WorkspaceId; memberId: MemberId };

/** How far ahead the owner's first time may lie before the pool is asked; 0: the pool is always asked. */
export async function setOwnerFirstDays(
  db: Kysely<Database>,
  { workspaceId, memberId }: Member,
  ownerFirstDays: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await saveOwnerFirstDays(trx, workspaceId, ownerFirstDays);
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "meeting_settings_changed",
      details: { ownerFirstDays },
    });
  });
}

/** How many meetings may start on one of my days; null: no limit. */
export function loadMeetingLimit(db: Kysely<Database>, member: Member): Promise<number | null> {
  return meetingsPerDay(db, member.workspaceId, member.memberId);
}

/** Under the host's lock, so that no booking is judged by the old limit after this has been answered. */
export async function setMeetingLimit(
  db: Kysely<Database>,
  member: Member,
  perDay: number | null,
): Promise<void> {
  await withLocks(db, [`host ${member.memberId}`], (transaction) =>
    saveMeetingsPerDay(transaction, member.workspaceId, member.memberId, perDay),
  );
}

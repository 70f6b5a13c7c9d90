import type { Kysely } from "kysely";
import type { Instant, PhoneCodeId } from "../../../shared/model/ids.ts";
import type { PhoneCodeView } from "../../../shared/protocol/apps-routes.ts";
import { newId } from "../../db/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { MemberAccess } from "../session.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import { deletePhoneCode, insertPhoneCode, phoneCode, savePhoneAnswer } from "./phone-store.ts";

// The code on the screen of a signed-in console. It only says which console to ask: whoever photographs it, or is sent
// it, still needs the person at that console to say "this is my phone", with the same two digits on both screens.

type Deps = { db: Kysely<Database>; publicUrl: string };

/** For being read, and then again for being confirmed. */
export const phoneCodeMinutes = 2;

export async function makePhoneCode(
  { db, publicUrl }: Deps,
  { workspaceId, memberId, sessionId }: MemberAccess,
): Promise<{ id: PhoneCodeId; link: string; expiresAt: Instant }> {
  const id = newId<"phone_code">();
  const secret = mintToken();
  const expiresAt = await db.transaction().execute((trx) =>
    insertPhoneCode(trx, {
      id,
      secretHash: hashToken(secret),
      workspaceId,
      memberId,
      sessionId,
      minutes: phoneCodeMinutes,
    }),
  );
  // Behind the `#`, which browsers do not send.
  const link = new URL(`/console/phone#${secret}`, publicUrl).href;
  return { id, link, expiresAt: expiresAt.getTime() };
}

/** Throws `not_found` for a code of another session. */
export async function showPhoneCode(
  db: Kysely<Database>,
  member: MemberAccess,
  id: PhoneCodeId,
): Promise<PhoneCodeView> {
  const row = await phoneCode(db, member, id);
  if (row === undefined) throw new AppError("not_found");
  const state = row.is_over && row.state !== "used" ? "over" : row.state;
  return { state, phoneLabel: row.phone_label, number: row.number };
}

/** "Is this your phone?" Throws `expired` when there is nothing to answer any more. */
export async function answerPhone(
  db: Kysely<Database>,
  member: MemberAccess,
  { id, isMine }: { id: PhoneCodeId; isMine: boolean },
): Promise<PhoneCodeView> {
  const before = await showPhoneCode(db, member, id);
  if (!(await savePhoneAnswer(db, member, id, isMine ? "confirmed" : "refused")))
    throw new AppError("expired");
  return { ...before, state: isMine ? "confirmed" : "refused" };
}

/** Throws `not_found` when there is nothing left to take back. */
export async function withdrawPhoneCode(
  db: Kysely<Database>,
  member: MemberAccess,
  id: PhoneCodeId,
): Promise<void> {
  if (!(await deletePhoneCode(db, member, id))) throw new AppError("not_found");
}

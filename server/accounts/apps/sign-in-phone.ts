import { randomInt } from "node:crypto";
import type { Kysely } from "kysely";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { holdMember, type OpenedSession, openSession } from "../open-session.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import { phoneCodeMinutes } from "./phone-code.ts";
import { claimPhoneCode, lockClaim, notePhoneUse, personBehindCode, personOfClaim } from "./phone-store.ts";

// The phone's side. Nobody is signed in here: a secret of 256 bits leads to one code, and everything else is `expired`.

export async function personOfCode(
  db: Kysely<Database>,
  secret: string,
): Promise<{ firstName: string; lastName: string; workspaceName: string }> {
  const row = await personBehindCode(db, hashToken(secret));
  if (row === undefined) throw new AppError("expired");
  return { firstName: row.first_name, lastName: row.last_name, workspaceName: row.workspace_name };
}

/** Takes the code for this phone. The claim is the phone's own secret: the code is worth nothing from here on. */
export async function claimCode(
  db: Kysely<Database>,
  { secret, label }: { secret: string; label: string },
): Promise<{ claim: string; number: number }> {
  const claim = mintToken();
  const number = randomInt(10, 100);
  const claimed = { claimHash: hashToken(claim), label, number, minutes: phoneCodeMinutes };
  if (!(await claimPhoneCode(db, hashToken(secret), claimed))) throw new AppError("expired");
  return { claim, number };
}

/** Null while the console has not answered. Throws `forbidden` when it said no, `expired` when it is too late. */
export async function finishPhone(db: Kysely<Database>, claim: string): Promise<OpenedSession | null> {
  return db.transaction().execute(async (trx) => {
    const person = await personOfClaim(trx, hashToken(claim));
    if (person === undefined || !(await holdMember(trx, person))) throw new AppError("expired");
    const row = await lockClaim(trx, hashToken(claim));
    if (row === undefined || row.state === "used") throw new AppError("expired");
    if (row.state === "refused") throw new AppError("forbidden");
    if (row.state !== "confirmed") return null;
    await notePhoneUse(trx, row.workspace_id, row.id);
    return openSession(trx, {
      workspaceId: row.workspace_id,
      memberId: row.member_id,
      kind: "phone",
      label: row.phone_label ?? "",
    });
  });
}

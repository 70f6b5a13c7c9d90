import type { Kysely } from "kysely";
import type { AskingApp } from "../../../shared/protocol/apps-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { MemberAccess } from "../session.ts";
import { hashToken } from "../session-cookie.ts";
import type { CodeTries } from "./code-tries.ts";
import { networkMark } from "./request-device-code.ts";
import { saveAnswer, waitingCode } from "./store.ts";
import { readUserCode } from "./user-code.ts";

type Deps = { db: Kysely<Database>; tries: CodeTries };
type Asker = { member: MemberAccess; network: string; userCode: string };

/** Which app waits for this code. Throws `not_found` for whatever is none, `too_many` after too many of those. */
export async function lookAtApp(
  { db, tries }: Deps,
  { member, network, userCode }: Asker,
): Promise<AskingApp> {
  await tries.take(member.memberId, network);
  const code = readUserCode(userCode);
  const row = code === null ? undefined : await waitingCode(db, hashToken(code));
  if (row === undefined) throw new AppError("not_found");
  await tries.giveBack(member.memberId, network);
  return {
    appName: row.app_name,
    device: row.device,
    isSameNetwork: networkMark(network, row.device_code_hash).equals(row.network_hash),
    askedAt: row.created_at.getTime(),
  };
}

/** Lets the app in as this member, or not. */
export async function answerApp(deps: Deps, asker: Asker, isAllowed: boolean): Promise<AskingApp> {
  const app = await lookAtApp(deps, asker);
  const { workspaceId, memberId } = asker.member;
  const code = readUserCode(asker.userCode) ?? "";
  await deps.db.transaction().execute(async (trx) => {
    const state = isAllowed ? "authorized" : "denied";
    if (!(await saveAnswer(trx, hashToken(code), { state, workspaceId, memberId })))
      throw new AppError("not_found");
    if (!isAllowed) return;
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "app_authorized",
      subject: { kind: "app", id: null, name: app.appName },
      details: { device: app.device },
    });
  });
  return app;
}

import type { Kysely } from "kysely";
import type { Pool } from "pg";
import type { MemberId, ProviderId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { SsoProblem } from "../../../shared/protocol/sso-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { createSharedLimiter } from "../../web/shared-rate-limit.ts";
import { recordAudit } from "./record-audit.ts";
import { memberName } from "./store.ts";

/** A line for an account in so long a time, however many try: an attack must not fill a table that nothing empties. */
const onceIn = { points: 1, seconds: 900 };

export type NoteRefusedSso = (
  provider: { workspaceId: WorkspaceId; id: ProviderId; name: string },
  problem: SsoProblem,
) => void;

/**
 * Writes that somebody came back from a provider and was not let in, and why: a line for each provider and reason in so long
 * a time. What was merely begun too long ago is nobody's concern.
 */
export function createSsoRefusalNotes({
  db,
  pool,
  log,
}: {
  db: Kysely<Database>;
  pool: Pool;
  log: Log;
}): NoteRefusedSso {
  const limiter = createSharedLimiter(pool, "audit-refused-sso", onceIn);

  async function note({ workspaceId, id, name }: Parameters<NoteRefusedSso>[0], problem: SsoProblem) {
    await limiter.take(`${id} ${problem}`);
    await recordAudit(db, {
      workspaceId,
      actorId: null,
      action: "sso_refused",
      subject: { kind: "identity_provider", id, name },
      details: { problem },
    });
  }

  return (provider, problem) => {
    if (problem === "start_again") return;
    note(provider, problem).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "too_many") return; // Noted already.
      log.warn({ err: error }, "a refused sign-in could not be noted");
    });
  };
}

export type NoteRefusedSignIn = (account: { workspaceId: WorkspaceId; memberId: MemberId }) => void;

/**
 * Writes that somebody failed to sign in to an account that exists. Nobody waits for it: an answer that took longer for
 * known accounts would tell which are known.
 */
export function createRefusalNotes({
  db,
  pool,
  log,
}: {
  db: Kysely<Database>;
  pool: Pool;
  log: Log;
}): NoteRefusedSignIn {
  const limiter = createSharedLimiter(pool, "audit-refused", onceIn);

  async function note(workspaceId: WorkspaceId, memberId: MemberId) {
    await limiter.take(memberId);
    const member = await memberName(db, workspaceId, memberId);
    if (member === undefined) return;
    const name = `${member.first_name} ${member.last_name}`.trim() || member.email;
    await recordAudit(db, {
      workspaceId,
      actorId: null,
      action: "sign_in_refused",
      subject: { kind: "member", id: memberId, name },
    });
  }

  return ({ workspaceId, memberId }) => {
    note(workspaceId, memberId).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "too_many") return; // Noted already.
      log.warn({ err: error }, "a refused sign-in could not be noted");
    });
  };
}

import type { ConnectionProblem } from "../../shared/model/connections.ts";
import type { Instant } from "../../shared/model/ids.ts";
import { type ProviderAccount, ProviderError, type ProviderErrorKind } from "../connections/port.ts";
import { databaseNow } from "../db/database-now.ts";
import type { FollowDeps } from "./follow-deps.ts";
import { type Copy, type MeetingRef, saveCopy } from "./outside-store.ts";
import { pauseBefore } from "./plan-outside.ts";

/** One run of the job: what it works for, and when it has to come back. */
export type Run = {
  deps: FollowDeps;
  ref: MeetingRef;
  /** After this instant nothing is tried any more. */
  endAt: Instant;
  sequence: number;
  retryAt: Instant | null;
};

/** Done, put off until later, or refused for good; `copy` is as it now stands in the table. */
export type Tried = { outcome: "done" | "later" | "refused"; copy: Copy };

const problems: Partial<Record<ProviderErrorKind, ConnectionProblem>> = {
  auth: "needs_reauth",
  scope: "missing_scope",
  approval: "needs_approval",
};
/** What mends itself, or is mended by trying again. */
const later: readonly ProviderErrorKind[] = ["rate", "transient", "conflict"];

/**
 * One thing at a provider. The try is written down before it is made, so that one whose answer is lost is known; what the provider
 * says decides whether it is tried again. No transaction is open meanwhile.
 */
export async function tryOutside(
  run: Run,
  copy: Copy,
  work: (account: ProviderAccount, mayExist: boolean) => Promise<Copy>,
): Promise<Tried> {
  const { deps, ref } = run;
  const now = await databaseNow(deps.db);
  if (copy.retryAt !== null && copy.retryAt > now) {
    comeBack(run, copy.retryAt);
    return { outcome: "later", copy };
  }
  const trying: Copy = { ...copy, attempts: copy.attempts + 1, retryAt: null };
  await saveCopy(deps.db, ref, trying);
  const { connectionId } = copy;
  try {
    if (connectionId === null) throw new ProviderError("auth", "disconnected");
    const account = await deps.openAccount(ref.workspaceId, connectionId);
    const done: Copy = { ...(await work(account, copy.attempts > 0)), attempts: 0, problem: null };
    await saveCopy(deps.db, ref, done);
    if (done.retryAt !== null) comeBack(run, done.retryAt);
    await deps.noteGood({ workspaceId: ref.workspaceId, connectionId });
    return { outcome: "done", copy: done };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (connectionId !== null && isAboutAccount(error))
      await deps.noteProblem({ workspaceId: ref.workspaceId, connectionId }, error);
    return failed(run, trying, error);
  }
}

async function failed(run: Run, trying: Copy, error: ProviderError): Promise<Tried> {
  const { db } = run.deps;
  const now = await databaseNow(db);
  if (later.includes(error.kind) && now < run.endAt) {
    const retryAt = now + pauseBefore(trying.attempts, error.retryAfterMs);
    const copy: Copy = { ...trying, problem: "unreachable", retryAt };
    await saveCopy(db, run.ref, copy);
    comeBack(run, retryAt);
    return { outcome: "later", copy };
  }
  const problem =
    problems[error.kind] ??
    (error.kind === "gone" ? "calendar_gone" : later.includes(error.kind) ? "unreachable" : "refused");
  const copy: Copy = { ...trying, state: "refused", problem, sequence: run.sequence };
  await saveCopy(db, run.ref, copy);
  return { outcome: "refused", copy };
}

function isAboutAccount({ kind }: ProviderError): boolean {
  return problems[kind] !== undefined || kind === "rate" || kind === "transient";
}

export function comeBack(run: Run, at: Instant): void {
  run.retryAt = Math.min(run.retryAt ?? at, at);
}

import type { Kysely } from "kysely";
import type { ConnectionProblem } from "../../shared/model/connections.ts";
import type { Database } from "../db/tables.ts";
import type { ConnectionDeps } from "./deps.ts";
import type { ProviderError } from "./port.ts";
import {
  type ConnectionRef,
  clearProblem,
  lockConnection,
  markGood,
  markProblem,
  markTold,
  markTried,
  problemAge,
} from "./store.ts";
import { type MailedProblem, tellProblem } from "./tell-problem.ts";

export type HealthDeps = Pick<ConnectionDeps, "publicUrl" | "announce"> & { db: Kysely<Database> };

/** What is wrong with the account itself, by what an adapter threw; null: only with what was asked. */
export function problemOf({ kind }: Pick<ProviderError, "kind">): ConnectionProblem | null {
  switch (kind) {
    case "auth":
      return "needs_reauth";
    case "scope":
      return "missing_scope";
    case "approval":
      return "needs_approval";
    case "refused":
      return "refused";
    case "rate":
    case "transient":
      return "unreachable";
    default:
      return null;
  }
}

/** What a good answer of the account shows to be over. The rest ends where it is mended. */
const overWithAnswer: readonly ConnectionProblem[] = ["unreachable", "refused"];

/** The account has answered. `alsoOver`: what this answer shows to be over besides (the zones agree, the calendar is there again). */
export async function noteGood(
  { db, announce }: Pick<HealthDeps, "db" | "announce">,
  ref: ConnectionRef,
  alsoOver: readonly ConnectionProblem[] = [],
): Promise<void> {
  const { ended } = await markGood(db, ref, [...overWithAnswer, ...alsoOver]);
  if (ended !== null) announceHealth({ announce }, ref);
}

/** It was mended here, without a word from the account: another zone is meant, other calendars were chosen. */
export async function endProblem(
  { db, announce }: Pick<HealthDeps, "db" | "announce">,
  ref: ConnectionRef,
  problem: ConnectionProblem,
): Promise<void> {
  if (await clearProblem(db, ref, problem)) announceHealth({ announce }, ref);
}

/** What only delays is told when it lasts: so long may what was read before still count. */
const mailedWhenLasting: readonly ConnectionProblem[] = ["unreachable"];
const lastingMinutes = 15;
/** Where it only costs time, asking goes on and nobody needs to do anything: it is shown, and not mailed. */
function isMailed(problem: ConnectionProblem): problem is MailedProblem {
  return problem !== "watch_expired";
}

/** The later in this list, the less another one hides it. */
const byWeight: readonly ConnectionProblem[] = [
  "watch_expired",
  "unreachable",
  "zone_mismatch",
  "calendar_gone",
  "refused",
  "missing_scope",
  "needs_approval",
  "needs_reauth",
];

/**
 * Something is wrong with the account. When it begins, its member and all admins are mailed once, and open consoles look again; while
 * it lasts only the last try is noted. A lighter problem does not hide a heavier one. In one transaction of its own, or in the
 * caller's, who then announces it after the commit. Answers whether it is new.
 */
export async function noteProblem(
  deps: HealthDeps,
  ref: ConnectionRef,
  problem: ConnectionProblem,
): Promise<boolean> {
  if (deps.db.isTransaction) return noteIn(deps.db, deps, ref, problem);
  const isNew = await deps.db.transaction().execute((trx) => noteIn(trx, deps, ref, problem));
  if (isNew) announceHealth(deps, ref);
  return isNew;
}

export function announceHealth(
  { announce }: Pick<HealthDeps, "announce">,
  { workspaceId }: Pick<ConnectionRef, "workspaceId">,
): void {
  announce({ kind: "settings", workspaceId, of: "connections" });
}

async function noteIn(
  db: Kysely<Database>,
  { publicUrl }: Pick<HealthDeps, "publicUrl">,
  ref: ConnectionRef,
  problem: ConnectionProblem,
): Promise<boolean> {
  const row = await lockConnection(db, ref);
  if (row === undefined) return false;
  if (row.problem !== null && byWeight.indexOf(row.problem) > byWeight.indexOf(problem)) {
    await markTried(db, ref);
    return false;
  }
  const isNew = row.problem !== problem;
  if (isNew) await markProblem(db, ref, problem);
  else await markTried(db, ref);
  if (!isMailed(problem)) return isNew;
  const age = await problemAge(db, ref, lastingMinutes);
  if (!age?.problem_at || age.told_at !== null) return isNew;
  if (mailedWhenLasting.includes(problem) && !age.is_lasting) return isNew;
  await tellProblem(db, { publicUrl }, row, { problem, since: age.problem_at });
  await markTold(db, ref);
  return isNew;
}

import type { Kysely } from "kysely";
import type { SetUp, SetUpStepName } from "../../../shared/model/set-up.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { MemberAccess } from "../session.ts";
import { readiness } from "./readiness.ts";
import { stepsFor } from "./steps.ts";
import { saveSkipped, setUpFacts, skippedSteps } from "./store.ts";

type Member = Pick<MemberAccess, "workspaceId" | "memberId">;

/** Where the member stands between an invitation and "you're all set". */
export async function showSetUp(db: Kysely<Database>, { workspaceId, memberId }: Member): Promise<SetUp> {
  const facts = await setUpFacts(db, workspaceId, memberId);
  if (facts === undefined) throw new AppError("not_found");
  const skipped = await skippedSteps(db, workspaceId, memberId);
  return { role: facts.role, steps: stepsFor(facts.role, facts, skipped), ...readiness(facts) };
}

/** Puts a step off, or takes it up again. */
export async function skipStep(
  db: Kysely<Database>,
  member: Member,
  { step, isSkipped }: { step: SetUpStepName; isSkipped: boolean },
): Promise<SetUp> {
  await saveSkipped(db, member.workspaceId, member.memberId, step, isSkipped);
  return showSetUp(db, member);
}

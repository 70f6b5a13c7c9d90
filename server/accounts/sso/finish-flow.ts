import { type Kysely, sql } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { SsoProblem, VerifyRun } from "../../../shared/protocol/sso-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { type OpenedSession, openSession } from "../open-session.ts";
import { noteProven } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import { type Acceptance, acceptIdentity, addressProblem, domainOf } from "./accept-identity.ts";
import { addMember } from "./add-member.ts";
import type { SsoDeps } from "./deps.ts";
import type { FlowRow } from "./flow-store.ts";
import { addressOwner, insertIdentity, linkedMember, noteIdentityUsed } from "./people-store.ts";
import type { Told } from "./port.ts";
import { isDomainProven, noteRun, type ProviderRow } from "./store.ts";

/** What a browser is told at the end of its way; `session` only after a sign-in that came off. */
export type FinishedFlow = { returnTo: string; problem: SsoProblem | null; session: OpenedSession | null };

type Asker = { member: MemberAccess | null; label: string };

/** The end of a flow that was taken: signs in, shows an admin what came back, or notes a proof. */
export async function finishFlow(
  deps: SsoDeps,
  flow: FlowRow,
  provider: ProviderRow,
  told: Told | SsoProblem,
  asker: Asker,
): Promise<FinishedFlow> {
  const failed = (problem: SsoProblem) => {
    if (flow.purpose === "sign_in") deps.noteRefused(namedProvider(provider), problem);
    return { returnTo: flow.return_to, problem, session: null };
  };
  // Settings that changed meanwhile: what was begun under others proves nothing about these.
  if (flow.revision !== provider.revision) return failed("start_again");
  if (flow.purpose === "verify") return verify(deps, flow, provider, told, asker);
  if (typeof told === "string") return failed(told);
  if (!provider.is_on) return failed("start_again");
  if (flow.purpose === "prove") return prove(deps, flow, provider, told, asker);
  try {
    const session = await signInBy(deps, provider, told, asker.label);
    return { returnTo: flow.return_to, problem: null, session };
  } catch (error) {
    if (error instanceof Refused) return failed(error.problem);
    throw error;
  }
}

/** As the audit log names it. */
export function namedProvider({ workspace_id, id, name }: ProviderRow) {
  return { workspaceId: workspace_id, id, name };
}

class Refused extends Error {
  constructor(readonly problem: SsoProblem) {
    super(problem);
  }
}

/** All in one transaction, one at a time for each person there: two tabs at once make one member. */
async function signInBy(
  deps: SsoDeps,
  provider: ProviderRow,
  told: Told,
  label: string,
): Promise<OpenedSession> {
  const workspaceId = provider.workspace_id;
  const { session, isNew } = await deps.db.transaction().execute(async (db) => {
    const key = `${provider.id} ${told.issuer} ${told.subject}`;
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(db);
    const acceptance = await judge(db, provider, told);
    if (acceptance.kind === "refused") throw new Refused(acceptance.problem);
    const memberId = await memberFor(db, provider, told, acceptance);
    const opened = await openSession(db, {
      workspaceId,
      memberId,
      kind: "sso",
      label,
      provedAt: told.signedInAt,
    });
    return { session: opened, isNew: acceptance.kind === "new" };
  });
  if (isNew) deps.announceTeam(workspaceId);
  return session;
}

async function memberFor(
  db: Kysely<Database>,
  provider: ProviderRow,
  told: Told,
  acceptance: Exclude<Acceptance, { kind: "refused" }>,
): Promise<MemberId> {
  const workspaceId = provider.workspace_id;
  const identity = { providerId: provider.id, issuer: told.issuer, subject: told.subject };
  if (acceptance.kind === "known") {
    await noteIdentityUsed(db, workspaceId, identity);
    return acceptance.memberId;
  }
  const memberId =
    acceptance.kind === "link"
      ? acceptance.memberId
      : await addMember(db, provider, told, acceptance.email).catch(asRefused);
  await insertIdentity(db, { ...identity, workspaceId, memberId });
  // Whoever has the address at the provider now comes in as this member: an admin must be able to read that.
  if (acceptance.kind === "link")
    await recordAudit(db, {
      workspaceId,
      actorId: memberId,
      action: "identity_linked",
      subject: { kind: "identity_provider", id: provider.id, name: provider.name },
      details: { outside: told.subject, email: told.email },
    });
  return memberId;
}

/** Somebody else took the address between the look and the insert. */
function asRefused(error: unknown): never {
  throw error instanceof AppError && error.code === "taken" ? new Refused("no_account") : error;
}

async function judge(db: Kysely<Database>, provider: ProviderRow, told: Told): Promise<Acceptance> {
  const workspaceId = provider.workspace_id;
  const linked = await linkedMember(db, workspaceId, {
    providerId: provider.id,
    issuer: told.issuer,
    subject: told.subject,
  });
  const owner = told.email === null ? undefined : await addressOwner(db, provider.id, told.email);
  return acceptIdentity(told, {
    workspaceId,
    kind: provider.kind,
    linked: linked ? { memberId: linked.id, isActive: linked.is_active } : null,
    addressOwner: owner
      ? {
          memberId: owner.id,
          workspaceId: owner.workspace_id,
          isActive: owner.is_active,
          hasOtherSubject: Boolean(owner.has_other),
        }
      : null,
    isDomainProven: await isProvenFor(db, workspaceId, told),
  });
}

function isProvenFor(db: Kysely<Database>, workspaceId: WorkspaceId, { email }: Told): Promise<boolean> {
  return email === null ? Promise.resolve(false) : isDomainProven(db, workspaceId, domainOf(email));
}

async function verify(
  { db }: SsoDeps,
  flow: FlowRow,
  provider: ProviderRow,
  told: Told | SsoProblem,
  { member }: Asker,
): Promise<FinishedFlow> {
  const back = { returnTo: flow.return_to, session: null };
  if (member === null || member.memberId !== flow.member_id) return { ...back, problem: "start_again" };
  const isTold = typeof told !== "string";
  const problem = isTold
    ? addressProblem(told, {
        kind: provider.kind,
        isDomainProven: await isProvenFor(db, provider.workspace_id, told),
      })
    : told;
  const run = { problems: problem === null ? [] : [problem], told: isTold ? shownOf(told) : null };
  await db.transaction().execute(async (trx) => {
    await noteRun(trx, provider.workspace_id, provider.id, {
      run,
      isGood: problem === null,
      revision: flow.revision,
    });
    if (problem !== null) return;
    await recordAudit(trx, {
      workspaceId: provider.workspace_id,
      actorId: member.memberId,
      action: "sso_verified",
      subject: { kind: "identity_provider", id: provider.id, name: provider.name },
    });
  });
  return { ...back, problem: null }; // The page shows the run, problems included.
}

function shownOf({ signedInAt: _, ...shown }: Told): NonNullable<VerifyRun["told"]> {
  return shown;
}

async function prove(
  { db }: SsoDeps,
  flow: FlowRow,
  provider: ProviderRow,
  told: Told,
  { member }: Asker,
): Promise<FinishedFlow> {
  const failed = (problem: SsoProblem) => ({ returnTo: flow.return_to, problem, session: null });
  if (member === null || member.memberId !== flow.member_id) return failed("start_again");
  const identity = { providerId: provider.id, issuer: told.issuer, subject: told.subject };
  const linked = await linkedMember(db, provider.workspace_id, identity);
  if (linked?.id !== member.memberId) return failed("other_account");
  await noteProven(db, member);
  return { returnTo: flow.return_to, problem: null, session: null };
}

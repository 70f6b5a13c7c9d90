import type { DomainId } from "../../../shared/model/ids.ts";
import type { DomainProblem, DomainView } from "../../../shared/protocol/sso-routes.ts";
import { newId } from "../../db/ids.ts";
import { AppError } from "../../errors.ts";
import { GuardedFetchError } from "../../guarded-fetch.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import { mintToken } from "../session-cookie.ts";
import type { SsoDeps } from "./deps.ts";
import { isSsoOnly, lockWorkspace } from "./people-store.ts";
import { domainView } from "./show-sign-in.ts";
import { deleteDomain, domainRow, domainRows, insertDomain, markProven } from "./store.ts";

type DomainDeps = Pick<SsoDeps, "db" | "resolveTxt" | "fetch">;

const mostDomains = 50;
const mostFileBytes = 10_000;
const dnsMs = 8_000;

/** Mail there belongs to everybody: a proof of the domain would say nothing about the people. */
const publicMail = new Set(
  "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net web.de proton.me protonmail.com mail.ru yandex.ru qq.com 163.com".split(
    " ",
  ),
);

/** Throws `proof_needed`, `too_many`; `taken` when it is in the list already, `invalid_input` for mail of everybody. */
export async function addDomain(
  { db }: DomainDeps,
  member: MemberAccess,
  domain: string,
): Promise<DomainView> {
  await requireProof(db, member);
  const { workspaceId } = member;
  if (publicMail.has(domain)) throw new AppError("invalid_input", { field: "domain" });
  const id = newId<"domain">();
  return db.transaction().execute(async (trx) => {
    if ((await domainRows(trx, workspaceId)).length >= mostDomains) throw new AppError("too_many");
    if (!(await insertDomain(trx, { id, workspaceId, domain, token: mintToken() })))
      throw new AppError("taken");
    await note(trx, member, "domain_added", id, domain);
    const row = await domainRow(trx, workspaceId, id);
    if (row === undefined) throw new AppError("not_found");
    return domainView(row);
  });
}

/**
 * Looks for the token in the DNS and, if it is not there, in the file. A domain is one workspace's at a time. What keeps it
 * unproven is an answer, not an error. Throws `proof_needed`, `not_found`.
 */
export async function proveDomain(
  deps: DomainDeps,
  member: MemberAccess,
  id: DomainId,
): Promise<{ domain: DomainView; problem: DomainProblem | null }> {
  await requireProof(deps.db, member);
  const row = await domainRow(deps.db, member.workspaceId, id);
  if (row === undefined) throw new AppError("not_found");
  const view = domainView(row);
  const inDns = await lookInDns(deps, view);
  const found = inDns === "found" ? inDns : await lookInFile(deps, view);
  if (found !== "found") return { domain: view, problem: inDns === "other_value" ? inDns : found };
  const isOurs = await deps.db
    .transaction()
    .execute(async (db) => {
      if (!(await markProven(db, member.workspaceId, id, inDns === "found" ? "dns" : "file"))) return false;
      if (row.proven_at === null) await note(db, member, "domain_proven", id, row.domain);
      return true;
    })
    .catch(asTaken);
  const after = await domainRow(deps.db, member.workspaceId, id);
  return { domain: after ? domainView(after) : view, problem: isOurs ? null : "taken" };
}

/** Where passwords are off, the last proven domain stays. Throws `proof_needed`, `not_found`, `taken`. */
export async function removeDomain({ db }: DomainDeps, member: MemberAccess, id: DomainId): Promise<void> {
  await requireProof(db, member);
  await db.transaction().execute(async (trx) => {
    await lockWorkspace(trx, member.workspaceId);
    const row = await domainRow(trx, member.workspaceId, id);
    if (row === undefined) throw new AppError("not_found");
    const proven = (await domainRows(trx, member.workspaceId)).filter(({ proven_at }) => proven_at !== null);
    const isLast = row.proven_at !== null && proven.length === 1;
    if (isLast && (await isSsoOnly(trx, member.workspaceId))) throw new AppError("taken");
    await deleteDomain(trx, member.workspaceId, id);
    await note(trx, member, "domain_removed", id, row.domain);
  });
}

/** Two workspaces at the same moment: the unique index lets one of them. */
function asTaken(error: unknown): false {
  if (error instanceof Error && "code" in error && error.code === "23505") return false;
  throw error;
}

async function lookInDns(
  { resolveTxt }: DomainDeps,
  { dnsName, text }: DomainView,
): Promise<"found" | "nothing_found" | "other_value"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string[][]>((resolve) => {
    timer = setTimeout(() => resolve([]), dnsMs);
  });
  const records = await Promise.race([resolveTxt(dnsName).catch(() => []), late]);
  clearTimeout(timer);
  const texts = records.map((parts) => parts.join("").trim());
  if (texts.includes(text)) return "found";
  return texts.some((each) => each.startsWith("foyer-verification=")) ? "other_value" : "nothing_found";
}

async function lookInFile(
  { fetch }: DomainDeps,
  { fileUrl, text }: DomainView,
): Promise<"found" | DomainProblem> {
  try {
    const response = await fetch(fileUrl, { follows: true, mostBytes: mostFileBytes });
    if (response.status !== 200) return "nothing_found";
    const lines = (await response.text()).split(/\r?\n/).map((line) => line.trim());
    if (lines.includes(text)) return "found";
    return lines.some((line) => line.startsWith("foyer-verification=")) ? "other_value" : "nothing_found";
  } catch (error) {
    if (!(error instanceof GuardedFetchError)) throw error;
    if (error.problem === "redirected_away") return "redirected";
    if (error.problem === "private_host") return "private";
    return error.problem === "no_such_host" ? "nothing_found" : "unreachable";
  }
}

function note(
  db: DomainDeps["db"],
  { workspaceId, memberId }: MemberAccess,
  action: "domain_added" | "domain_proven" | "domain_removed",
  id: DomainId,
  name: string,
): Promise<void> {
  return recordAudit(db, { workspaceId, actorId: memberId, action, subject: { kind: "domain", id, name } });
}

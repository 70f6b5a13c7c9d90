import type { MemberId, ProviderId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { MyWays } from "../../../shared/protocol/sso-routes.ts";
import { AppError } from "../../errors.ts";
import { requireProof } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import type { SsoDeps } from "./deps.ts";
import { insertFlow } from "./flow-store.ts";
import { waysOfMember } from "./people-store.ts";
import { SsoRefused } from "./port.ts";
import { readyProvider } from "./ready-provider.ts";
import { type ProviderRow, providerOfAddress, providerRow, providerRows } from "./store.ts";

export const flowMinutes = 10;

/** Where to send the browser, and the cookie that it must bring back. */
export type BegunFlow = { url: string; browserToken: string };

/** Begins a sign-in; open to everybody. Throws `not_found` for a provider that is not on, `unavailable` for one that is away. */
export async function beginSignIn(deps: SsoDeps, providerId: ProviderId, email: string): Promise<BegunFlow> {
  const row = await providerOfAddress(deps.db, providerId);
  if (row === undefined || !row.is_on) throw new AppError("not_found");
  return begin(deps, row, {
    purpose: "sign_in",
    memberId: null,
    returnTo: "/console",
    email: email.trim() || null,
  });
}

/** Begins a run that shows what comes back, for admins who set a provider up. */
export async function beginVerify(
  deps: SsoDeps,
  member: MemberAccess,
  providerId: ProviderId,
): Promise<BegunFlow> {
  await requireProof(deps.db, member);
  const row = await providerRow(deps.db, member.workspaceId, providerId);
  if (row === undefined) throw new AppError("not_found");
  const returnTo = "/console/settings/sign-in";
  return begin(deps, row, { purpose: "verify", memberId: member.memberId, returnTo, email: null });
}

/** Proves again who one is, at the provider. Throws `not_found` for those who do not sign in through one. */
export async function beginProof(deps: SsoDeps, member: MemberAccess, returnTo: string): Promise<BegunFlow> {
  const ways = await waysOfMember(deps.db, member.workspaceId, member.memberId);
  const row = ways?.provider_id
    ? await providerRow(deps.db, member.workspaceId, ways.provider_id)
    : undefined;
  if (row === undefined) throw new AppError("not_found");
  return begin(deps, row, {
    purpose: "prove",
    memberId: member.memberId,
    returnTo,
    email: ways?.email ?? null,
  });
}

/** Through which provider a member can prove who they are, whether by a password too, and what helps whoever has neither. */
export async function showMyWays(
  { db }: Pick<SsoDeps, "db">,
  member: { workspaceId: WorkspaceId; memberId: MemberId },
): Promise<MyWays> {
  const ways = await waysOfMember(db, member.workspaceId, member.memberId);
  const provider = ways?.provider_id && ways.name ? { name: ways.name } : null;
  const hasPassword = ways?.has_password ?? false;
  const isStuck = provider === null && !hasPassword;
  // As `mail-reset.ts` has it: while a provider is on, whoever has no password is sent there.
  const hasCompany = isStuck && (await providerRows(db, member.workspaceId)).some(({ is_on }) => is_on);
  return {
    provider,
    hasPassword,
    instead: isStuck ? (hasCompany ? "company" : "mail") : null,
    email: ways?.email ?? "",
  };
}

type Purpose = {
  purpose: "sign_in" | "verify" | "prove";
  memberId: MemberId | null;
  returnTo: string;
  email: string | null;
};

async function begin(deps: SsoDeps, row: ProviderRow, { email, ...flow }: Purpose): Promise<BegunFlow> {
  const provider = readyProvider(deps.secretKey, row);
  if (provider === null) throw new AppError("not_found");
  const [state, browserToken] = [mintToken(), mintToken()];
  const input = { state, isProof: flow.purpose === "prove", email };
  const { url, keeps } = await (provider.kind === "oidc"
    ? deps.oidc.begin(provider, input)
    : deps.saml.begin(provider, input)
  ).catch(refuseAsAway);
  await insertFlow(deps.db, {
    ...flow,
    stateHash: hashToken(state),
    workspaceId: row.workspace_id,
    providerId: row.id,
    browserHash: hashToken(browserToken),
    revision: row.revision,
    keeps,
    told: null,
    minutes: flowMinutes,
  });
  return { url: url.href, browserToken };
}

function refuseAsAway(error: unknown): never {
  throw error instanceof SsoRefused ? new AppError("unavailable", { field: error.problem }) : error;
}

import type { SsoProblem } from "../../../shared/protocol/sso-routes.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import { flowMinutes } from "./begin-flow.ts";
import type { SsoDeps } from "./deps.ts";
import { insertFlow, keepTold, peekFlow, useAssertion } from "./flow-store.ts";
import { SsoRefused } from "./port.ts";
import { readyProvider } from "./ready-provider.ts";
import type { SamlTold } from "./saml.ts";
import type { ProviderRow } from "./store.ts";

export type TakenResponse =
  /** `browserToken` when the provider began it: this browser has no cookie of a flow yet. */
  | { kind: "kept"; state: string; browserToken: string | null }
  | { kind: "refused"; problem: SsoProblem; returnTo: string };

/**
 * A SAML response as it was posted: judged here, acted upon only when the browser that began the flow comes with its cookie.
 * A response that is no good leaves the flow as it was, so that nobody can spoil somebody's sign-in by a forged one.
 */
export async function takeResponse(
  deps: SsoDeps,
  provider: ProviderRow,
  { response, relayState }: { response: string; relayState: string },
): Promise<TakenResponse> {
  const ready = readyProvider(deps.secretKey, provider);
  const flow = relayState === "" ? undefined : await peekFlow(deps.db, provider.id, hashToken(relayState));
  const returnTo = flow?.return_to ?? "/console";
  const refused = (problem: SsoProblem): TakenResponse => ({ kind: "refused", problem, returnTo });
  if (ready?.kind !== "saml" || (flow !== undefined && flow.request_id === null))
    return refused("start_again");
  if (flow === undefined && !(provider.allows_idp_initiated && provider.is_on)) return refused("start_again");
  let told: SamlTold;
  try {
    const isProof = flow?.purpose === "prove";
    told = await deps.saml.finish(ready, {
      response,
      requestId: flow?.request_id ?? null,
      isProof,
      now: deps.now(),
    });
  } catch (error) {
    if (!(error instanceof SsoRefused)) throw error;
    // An admin who tries the provider reads it on the page, with their own cookie.
    if (flow?.purpose !== "verify") return refused(error.problem);
    await keepTold(deps.db, flow, { problem: error.problem });
    return { kind: "kept", state: relayState, browserToken: null };
  }
  const { assertionId, endsAt, ...identity } = told;
  const isFirst = await useAssertion(deps.db, {
    workspaceId: provider.workspace_id,
    providerId: provider.id,
    assertionId,
    endsAt,
  });
  if (!isFirst) return refused("not_ours");
  if (flow !== undefined) {
    if (!(await keepTold(deps.db, flow, identity))) return refused("start_again");
    return { kind: "kept", state: relayState, browserToken: null };
  }
  const [state, browserToken] = [mintToken(), mintToken()];
  await insertFlow(deps.db, {
    stateHash: hashToken(state),
    workspaceId: provider.workspace_id,
    providerId: provider.id,
    purpose: "sign_in",
    memberId: null,
    browserHash: hashToken(browserToken),
    revision: provider.revision,
    keeps: { nonce: null, codeVerifier: null, requestId: null },
    told: identity,
    returnTo: "/console",
    minutes: flowMinutes,
  });
  return { kind: "kept", state, browserToken };
}

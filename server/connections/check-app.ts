import type { OAuthProvider } from "../../shared/model/connections.ts";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import { type AppCheck, connectCallbackPath } from "../../shared/protocol/connection-routes.ts";
import { AppError } from "../errors.ts";
import { GuardedFetchError } from "../guarded-fetch.ts";
import type { ConnectionDeps } from "./deps.ts";
import { basic } from "./open-account.ts";
import { openApp } from "./open-app.ts";
import { placesOf, plans } from "./providers.ts";
import type { App } from "./token-endpoint.ts";

/**
 * Whether a registration would work, as far as that can be seen without a person: the provider is asked to exchange a code that never
 * was. What it complains of first tells: the client, its secret, our address, or only the code. Throws `not_found`.
 */
export async function checkApp(
  deps: ConnectionDeps,
  workspaceId: WorkspaceId,
  provider: OAuthProvider,
): Promise<AppCheck> {
  const app = await openApp(deps, workspaceId, provider);
  if (app === null) throw new AppError("not_found");
  try {
    const check = await askWithBogusCode(deps, app);
    return check === "works" && provider === "google" ? await lookAtConsent(deps, app) : check;
  } catch (error) {
    if (error instanceof GuardedFetchError) return "unreachable";
    throw error;
  }
}

async function askWithBogusCode(
  { providers, fetchFor, publicUrl }: ConnectionDeps,
  { provider, clientId, clientSecret }: App,
): Promise<AppCheck> {
  const places = placesOf(providers, provider);
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    code: "this-code-never-was",
    redirect_uri: `${publicUrl}${connectCallbackPath}`,
    code_verifier: "a-verifier-of-a-code-that-never-was-in-43-characters",
    ...(provider === "zoom" ? {} : { client_id: clientId, client_secret: clientSecret }),
  });
  const response = await fetchFor(places.base)(places.token, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
      ...(provider === "zoom" ? { authorization: basic(clientId, clientSecret) } : {}),
    },
    body: form.toString(),
  });
  if (response.status >= 500 || response.status === 429) return "unreachable";
  return readComplaint(provider, await response.text());
}

/** Exported for its test: the complaints of each provider in their own words. */
function readComplaint(provider: OAuthProvider, text: string): AppCheck {
  const { error, words } = complaintIn(text);
  if (/AADSTS(700016|90002|700054)|client was not found|deleted_client/.test(`${error} ${words}`))
    return "wrong_client";
  if (/AADSTS(7000215|7000222)|client secret is (invalid|expired)/.test(words)) return "wrong_secret";
  if (/AADSTS(50011|900971)|redirect.uri.mismatch/i.test(`${error} ${words}`)) return "wrong_redirect";
  if (error === "invalid_client" || error === "unauthorized_client")
    return provider === "google" ? "wrong_secret" : "wrong_client";
  if (error === "invalid_grant" || /AADSTS(70000|70008|54005|9002313)|authorization code/i.test(words))
    return "works";
  return "unknown";
}

function complaintIn(text: string): { error: string; words: string } {
  let told: unknown = null;
  try {
    told = JSON.parse(text);
  } catch {
    return { error: "", words: "" };
  }
  const word = (field: string) => {
    const value = typeof told === "object" && told !== null ? Reflect.get(told, field) : undefined;
    return typeof value === "string" ? value : "";
  };
  return { error: word("error"), words: `${word("error_description")} ${word("reason")}` };
}

/** Google judges our address only on the page where a person consents. */
async function lookAtConsent(
  { providers, fetchFor, publicUrl }: ConnectionDeps,
  { provider, clientId }: App,
): Promise<AppCheck> {
  const url = new URL(placesOf(providers, provider).consent);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `${publicUrl}${connectCallbackPath}`,
    response_type: "code",
    scope: plans.google.scopes.join(" "),
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  }).toString();
  const response = await fetchFor(providers.google.accounts)(url);
  const location = response.headers.get("location") ?? "";
  const told = URL.canParse(location, url) ? new URL(location, url).searchParams.get("authError") : null;
  const words = told === null ? await response.text() : Buffer.from(told, "base64").toString("latin1");
  return words.includes("redirect_uri_mismatch") ? "wrong_redirect" : "works";
}

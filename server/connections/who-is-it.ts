import type { ConnectedProvider } from "../../shared/model/connections.ts";
import { GuardedFetchError } from "../guarded-fetch.ts";
import type { ConnectionDeps } from "./deps.ts";
import { ProviderError } from "./port.ts";
import { apiOf, whoIsIt } from "./providers.ts";

/** An account as its provider names it: for ever, and for people. */
export type Account = { id: string; name: string };

const mostNameChars = 320;

/** Asks the provider's API whose access this is. Throws `ProviderError`. */
export async function whoseAccess(
  { providers, fetchFor }: Pick<ConnectionDeps, "providers" | "fetchFor">,
  provider: ConnectedProvider,
  accessToken: string,
): Promise<Account> {
  const base = apiOf(providers, provider);
  const response = await fetchFor(base)(`${base}${whoIsIt[provider]}`, {
    headers: { authorization: `Bearer ${accessToken}` },
  }).catch((error: unknown) => {
    throw error instanceof GuardedFetchError ? new ProviderError("transient", error.problem) : error;
  });
  if (response.status === 401 || response.status === 403)
    throw new ProviderError("refused", String(response.status));
  if (!response.ok) throw new ProviderError("transient", String(response.status));
  return accountIn(await response.text());
}

/** Google's `id` and `email`, Microsoft's `id` and `mail` (or only the name to sign in with), Zoom's `id` and `email`. */
function accountIn(text: string): Account {
  let told: unknown = null;
  try {
    told = JSON.parse(text);
  } catch {
    throw new ProviderError("transient", "unreadable");
  }
  const word = (field: string) => {
    const value = typeof told === "object" && told !== null ? Reflect.get(told, field) : undefined;
    return typeof value === "string" && value !== "" ? value.slice(0, mostNameChars) : null;
  };
  const id = word("id") ?? word("sub");
  if (id === null) throw new ProviderError("transient", "unreadable");
  return { id, name: word("email") ?? word("mail") ?? word("userPrincipalName") ?? id };
}

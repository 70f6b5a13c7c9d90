import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import type { ConnectionDeps } from "./deps.ts";
import { announceHealth, noteProblem, problemOf } from "./health.ts";
import { openApp } from "./open-app.ts";
import { ProviderError } from "./port.ts";
import { plans } from "./providers.ts";
import { openSecret, sealSecret } from "./secrets.ts";
import { type ConnectionRef, lockConnection, updateTokens } from "./store.ts";
import { renewAccess } from "./token-endpoint.ts";

/** What came of it, as a value: what is noted must be kept, and an exception would undo it. */
type Renewed = { access: string } | { problem: ProviderError; isNew: boolean };

/**
 * An access that is not `stale`. Many may ask at once, in many processes: the row is locked, whoever comes first asks the provider, and
 * the others find what it brought. Providers that change the token to renew with end the old one, so the new one is committed before
 * the access is used at all. Throws `ProviderError`; a consent that is over is noted, and never asked for again.
 */
export async function renewedAccess(
  deps: ConnectionDeps,
  ref: ConnectionRef,
  stale: string,
): Promise<string> {
  for (;;) {
    const renewed = await deps.renewals.share(ref.connectionId, () =>
      deps.db.transaction().execute((db) => renewIn({ ...deps, db }, ref, stale)),
    );
    if ("problem" in renewed) {
      if (renewed.isNew) announceHealth(deps, ref);
      throw renewed.problem;
    }
    // A renewal that was under way may have been begun for an access of before ours.
    if (renewed.access !== stale) return renewed.access;
  }
}

async function renewIn(
  deps: ConnectionDeps & { db: Kysely<Database> },
  ref: ConnectionRef,
  stale: string,
): Promise<Renewed> {
  const row = await lockConnection(deps.db, ref);
  if (row === undefined || row.provider === "caldav")
    return { problem: new ProviderError("gone", "no_connection"), isNew: false };
  if (row.problem === "needs_reauth")
    return { problem: new ProviderError("auth", "needs_reauth"), isNew: false };
  const secret = openSecret(deps.keys, row);
  if (secret?.kind !== "tokens") return noted(deps, ref, new ProviderError("auth", "sealed_otherwise"));
  if (secret.accessToken !== stale && !row.is_ending) return { access: secret.accessToken };
  if (secret.refreshToken === null) return noted(deps, ref, new ProviderError("auth", "no_refresh_token"));
  const app = await openApp(deps, ref.workspaceId, plans[row.provider].app);
  if (app === null) return noted(deps, ref, new ProviderError("refused", "no_app"));
  try {
    const tokens = await renewAccess(deps, app, secret.refreshToken);
    const next = {
      ...secret,
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken ?? secret.refreshToken,
    };
    await updateTokens(deps.db, row, {
      sealedSecret: sealSecret(deps.keys, row, next),
      expiresInSeconds: tokens.expiresInSeconds,
      scopes: tokens.scopes,
    });
    return { access: tokens.accessToken };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return noted(deps, ref, error);
  }
}

/** Only what stays wrong is noted here; what passes is the caller's to judge. */
async function noted(deps: ConnectionDeps, ref: ConnectionRef, error: ProviderError): Promise<Renewed> {
  const problem = problemOf(error);
  const isLasting = problem !== null && problem !== "unreachable";
  return { problem: error, isNew: isLasting && (await noteProblem(deps, ref, problem)) };
}

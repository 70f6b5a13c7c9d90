import type { ConnectionId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Log } from "../log.ts";
import { unsealWith } from "../sealed.ts";
import type { ConnectionDeps } from "./deps.ts";
import { deleteEnded, endedIds, endedRow } from "./ended-store.ts";
import { appWords } from "./open-app.ts";
import { ProviderError } from "./port.ts";
import { plans } from "./providers.ts";
import { openSecret } from "./secrets.ts";
import { revokeToken } from "./token-endpoint.ts";

type Deps = Pick<ConnectionDeps, "db" | "keys" | "providers" | "fetchFor" | "now"> & { log: Log };
type Ref = { workspaceId: WorkspaceId; connectionId: ConnectionId };

/** The last of the tries that a job gets: see `queue.ts`. */
const lastAttempt = 15;

/** The job: tried until the provider has it, for some hours. A repeat finds nothing to do. */
export async function giveBackLater(deps: Deps, ref: Ref, { attempt }: { attempt: number }): Promise<void> {
  try {
    await giveBack(deps, ref);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (isPassing(error) && attempt < lastAttempt) throw error;
    deps.log.warn({ ...ref, problem: error.code }, "an access could not be given back at its provider");
    await deleteEnded(deps.db, ref.workspaceId, ref.connectionId);
  }
}

function isPassing({ kind }: ProviderError): boolean {
  return kind === "rate" || kind === "transient";
}

async function giveBack(deps: Deps, { workspaceId, connectionId }: Ref): Promise<void> {
  const row = await endedRow(deps.db, workspaceId, connectionId);
  if (row === undefined || row.provider === "caldav") return;
  const secret = openSecret(deps.keys, row);
  const provider = plans[row.provider].app;
  const clientSecret = unsealWith(deps.keys, appWords(workspaceId, provider), row.sealed_app_secret);
  if (secret?.kind !== "tokens" || clientSecret === null)
    throw new ProviderError("refused", "sealed_otherwise");
  const app = { provider, clientId: row.client_id, clientSecret };
  // With the token that renews, all that came of the consent ends.
  await revokeToken(deps, app, secret.refreshToken ?? secret.accessToken);
  await deleteEnded(deps.db, workspaceId, connectionId);
}

const atATime = 5;
const limitMs = 20_000;

/** Gives back now what is put aside in a workspace, as far as providers answer in time; the rest is left to the jobs. */
export async function giveBackNow(
  deps: Deps,
  workspaceId: WorkspaceId,
): Promise<{ revoked: number; unanswered: number }> {
  const ids = (await endedIds(deps.db, workspaceId)).map(({ id }) => id);
  const waiting = [...ids];
  const until = deps.now() + limitMs;
  let revoked = 0;
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined && deps.now() < until; id = waiting.shift()) {
      try {
        await giveBack(deps, { workspaceId, connectionId: id });
        revoked += 1;
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return { revoked, unanswered: ids.length - revoked };
}

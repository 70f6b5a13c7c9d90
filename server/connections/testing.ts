import { randomUUID } from "node:crypto";
import type { ConnectedProvider } from "../../shared/model/connections.ts";
import type { ConnectionId } from "../../shared/model/ids.ts";
import type { Db } from "../db/connect.ts";
import { testConfig, testSecretKey } from "../promises/test-web.ts";
import type { TestWorkspace } from "../promises/test-workspace.ts";
import { seal } from "../sealed.ts";
import { upsertApp } from "./apps-store.ts";
import { type ConnectionDeps, connectionDeps } from "./deps.ts";
import { appWords } from "./open-app.ts";
import { plans } from "./providers.ts";
import { saveConnection } from "./save-connection.ts";
import type { OAuthSimulator } from "./testing-oauth.ts";

/** As a process of ours has them, with simulators in place of providers. */
export function testConnectionDeps(
  db: Db,
  settings: Record<string, string>,
  announce: ConnectionDeps["announce"] = () => undefined,
): ConnectionDeps {
  const config = testConfig("postgresql://tests", 3_000, settings);
  return connectionDeps({ config, db, announce });
}

/** The workspace's registration at a simulator. */
export async function registerApp(
  db: Db,
  { id }: Pick<TestWorkspace, "id">,
  { kind, clientId, clientSecret }: Pick<OAuthSimulator, "kind" | "clientId" | "clientSecret">,
): Promise<void> {
  await upsertApp(db, {
    workspaceId: id,
    provider: kind,
    clientId,
    sealedSecret: seal(testSecretKey, appWords(id, kind), clientSecret),
    keepsVerified: false,
  });
}

/** An account of a member, connected without pages; its consent stands at the simulator. */
export async function connectAccount(
  deps: ConnectionDeps,
  workspace: TestWorkspace,
  simulator: OAuthSimulator,
  wish: { member?: number; email?: string; provider?: ConnectedProvider } = {},
): Promise<ConnectionId> {
  const email = wish.email ?? "robin@team.example";
  const provider = wish.provider ?? simulator.kind;
  const { scopes } = plans[provider];
  const tokens = simulator.grant(email, [...scopes]);
  const member = workspace.members[wish.member ?? 0];
  if (member === undefined) throw new Error("no such member");
  const id = await saveConnection(deps.db, deps, {
    workspaceId: workspace.id,
    memberId: member.id,
    provider,
    accountId: simulator.accounts.find((each) => each.email === email)?.id ?? randomUUID(),
    accountName: email,
    serverUrl: null,
    scopes,
    secret: { kind: "tokens", accessToken: tokens.access_token, refreshToken: tokens.refresh_token },
    expiresInSeconds: tokens.expires_in ?? null,
    problem: null,
    again: null,
  });
  if (id === null) throw new Error("it was not to be the same account");
  return id;
}

import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ConnectionId } from "../../shared/model/ids.ts";
import { signedIn } from "../accounts/testing.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { prepareJobs } from "../jobs/queue.ts";
import { startJobs } from "../jobs/run-jobs.ts";
import type { JobHandlers } from "../jobs/tasks.ts";
import { createLog } from "../log.ts";
import { addWorkspace, type TestWorkspace } from "../promises/test-workspace.ts";
import type { ConnectionDeps } from "./deps.ts";
import { disconnect } from "./disconnect.ts";
import { endConnections } from "./end-connections.ts";
import { giveBackLater, giveBackNow } from "./give-back.ts";
import { openAccount } from "./open-account.ts";
import { removeApp } from "./provider-apps.ts";
import { resealSecrets } from "./reseal.ts";
import { revokeAll, revokeEverywhere } from "./revoke-all.ts";
import { connectAccount, registerApp, testConnectionDeps } from "./testing.ts";
import { type OAuthSimulator, openOAuthSimulator } from "./testing-oauth.ts";

const log = createLog({ level: "silent", part: "test" });
let database: TestDatabase;
let workspace: TestWorkspace;
let google: OAuthSimulator;
let zoom: OAuthSimulator;
let microsoft: OAuthSimulator;
let deps: ConnectionDeps;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 8 });
  await prepareJobs(database.pool);
});
afterAll(() => database.close());
beforeEach(async () => {
  [google, zoom, microsoft] = await Promise.all([
    openOAuthSimulator({ kind: "google", redirectUrls: [] }),
    openOAuthSimulator({ kind: "zoom", redirectUrls: [] }),
    openOAuthSimulator({ kind: "microsoft", redirectUrls: [] }),
  ]);
  await sql`delete from connections`.execute(database.db);
  await sql`delete from ended_connections`.execute(database.db);
  await sql`delete from pgboss.job`.execute(database.db);
  workspace = await addWorkspace(database.db, { roles: ["admin", "rep"] });
  deps = testConnectionDeps(database.db, {
    ...google.settings(),
    ...zoom.settings(),
    ...microsoft.settings(),
  });
  for (const each of [google, zoom, microsoft]) await registerApp(database.db, workspace, each);
});
afterEach(() => Promise.all([google, zoom, microsoft].map((each) => each.close())));

const member = (index = 0) => ({
  workspaceId: workspace.id,
  memberId: workspace.members[index]!.id,
});
const admin = () => signedIn(database.db, member());

async function counts() {
  const { rows } = await sql<{ connections: number; ended: number; jobs: number }>`
    select (select count(*)::int from connections) as connections,
      (select count(*)::int from ended_connections) as ended,
      (select count(*)::int from pgboss.job where data->>'task' = 'connection:give_back' and state < 'completed') as jobs`.execute(
    database.db,
  );
  return rows[0];
}

/** Runs the worker until nothing waits. */
async function work(): Promise<void> {
  const handlers = {
    "connection:give_back": (ref, context) => giveBackLater({ ...deps, log }, ref, context),
  } as Partial<JobHandlers> as JobHandlers; // Nothing else is queued here but mails, which may wait.
  const jobs = await startJobs({ pool: database.pool, log, handlers });
  await expect.poll(async () => (await counts())?.ended).toBe(0);
  await jobs.stop();
}

describe("disconnecting", () => {
  it("forgets the account and its calendars at once, and gives the access back at the provider", async () => {
    const id = await connectAccount(deps, workspace, google);
    await sql`
      insert into calendars (id, workspace_id, connection_id, member_id, ref, name, blocks_time)
      values (gen_random_uuid(), ${workspace.id}, ${id}, ${member().memberId}, 'primary', 'Mine', true)`.execute(
      database.db,
    );
    await disconnect(deps, member(), id);
    expect(await counts()).toEqual({ connections: 0, ended: 1, jobs: 1 });
    await expect(openAccount(deps, workspace.id, id)).rejects.toMatchObject({ kind: "gone" });
    const { rows } = await sql`select from calendars where connection_id = ${id}`.execute(database.db);
    expect(rows).toHaveLength(0);
    await work();
    expect(google.seen.revoked).toEqual(["robin@team.example"]);
  });

  it("keeps asking a provider that is away, and takes what it no longer knows for given back", async () => {
    const id = await connectAccount(deps, workspace, google);
    await disconnect(deps, member(), id);
    const ref = { workspaceId: workspace.id, connectionId: id };
    const away = { ...deps, providers: { ...deps.providers, google: { ...deps.providers.google } }, log };
    away.providers.google.tokens = `${google.url}/nowhere`;
    await expect(
      giveBackLater({ ...deps, ...(await closedTwin()), log }, ref, { attempt: 1 }),
    ).rejects.toMatchObject({
      kind: "transient",
    });
    expect(await counts()).toMatchObject({ ended: 1 });
    google.endConsents();
    await giveBackLater({ ...deps, log }, ref, { attempt: 2 });
    expect(await counts()).toMatchObject({ ended: 0 });
  });

  /** Where the same provider does not answer. */
  async function closedTwin(): Promise<Pick<ConnectionDeps, "providers" | "fetchFor">> {
    const closed = await openOAuthSimulator({ kind: "google", redirectUrls: [] });
    await closed.close();
    return testConnectionDeps(database.db, { ...closed.settings(), ...zoom.settings() });
  }

  it("is not another member's to do", async () => {
    const id = await connectAccount(deps, workspace, google);
    await expect(disconnect(deps, member(1), id)).rejects.toMatchObject({ code: "not_found" });
    expect(await counts()).toMatchObject({ connections: 1, ended: 0 });
  });
});

describe("revoking all", () => {
  it("gives back what providers take back, forgets the rest, and says how much of each", async () => {
    await connectAccount(deps, workspace, google);
    await connectAccount(deps, workspace, zoom, { member: 1 });
    await connectAccount(deps, workspace, microsoft, { member: 1 });
    expect(await revokeAll({ ...deps, log }, await admin())).toEqual({
      revoked: 2,
      unanswered: 0,
      forgotten: 1,
    });
    expect([google.seen.revoked, zoom.seen.revoked]).toEqual([
      ["robin@team.example"],
      ["robin@team.example"],
    ]);
    expect(await counts()).toMatchObject({ connections: 0, ended: 0 });
    const { rows } = await sql<{ details: object }>`
      select details from audit where workspace_id = ${workspace.id} and action = 'connections_revoked'`.execute(
      database.db,
    );
    expect(rows).toEqual([{ details: { connections: 3 } }]);
  });

  it("leaves to the jobs what does not answer now", async () => {
    await connectAccount(deps, workspace, google);
    await google.close();
    expect(await revokeAll({ ...deps, log }, await admin())).toEqual({
      revoked: 0,
      unanswered: 1,
      forgotten: 0,
    });
    expect(await counts()).toEqual({ connections: 0, ended: 1, jobs: 1 });
  });

  it("is done everywhere for whoever runs the server", async () => {
    const other = await addWorkspace(database.db, { name: "Other Ltd" });
    await registerApp(database.db, other, google);
    await connectAccount(deps, workspace, google);
    await connectAccount(deps, other, google, { email: "sam@team.example" });
    expect(await revokeEverywhere({ ...deps, log })).toEqual({ revoked: 2, unanswered: 0, forgotten: 0 });
    expect(google.seen.revoked.sort()).toEqual(["robin@team.example", "sam@team.example"]);
  });
});

describe("what ends with something else", () => {
  it("is given back with the registration of then when that is removed", async () => {
    await connectAccount(deps, workspace, zoom);
    await removeApp(deps, await admin(), "zoom");
    expect(await counts()).toMatchObject({ connections: 0, ended: 1 });
    await work();
    expect(zoom.seen.revoked).toEqual(["robin@team.example"]);
  });

  it("is one member's only", async () => {
    await connectAccount(deps, workspace, google);
    await connectAccount(deps, workspace, google, { member: 1, email: "sam@team.example" });
    await database.db
      .transaction()
      .execute((trx) => endConnections(trx, workspace.id, { memberId: member(1).memberId }));
    expect(await giveBackNow({ ...deps, log }, workspace.id)).toEqual({ revoked: 1, unanswered: 0 });
    expect(google.seen.revoked).toEqual(["sam@team.example"]);
    expect(await counts()).toMatchObject({ connections: 1 });
  });
});

describe("a new SECRET_KEY", () => {
  const next = "the next key of the tests, long enough";

  it("takes over everything that is sealed, once, and needs the old one no more", async () => {
    const id: ConnectionId = await connectAccount(deps, workspace, zoom);
    const ended = await connectAccount(deps, workspace, google);
    await disconnect(deps, member(), ended);
    const keys = { secretKey: next, previousSecretKey: deps.keys.secretKey };
    const all = await resealSecrets({ db: database.db, log }, keys);
    expect(all.lost).toBe(0);
    // A connection, what is put aside with its registration, and the registrations of all workspaces.
    expect(all.resealed).toBeGreaterThanOrEqual(6);
    expect(await resealSecrets({ db: database.db, log }, keys)).toEqual({ resealed: 0, lost: 0 });
    const later = { ...deps, keys: { secretKey: next, previousSecretKey: null } };
    zoom.endAccess();
    const account = await openAccount(later, workspace.id, id);
    expect((await account.send({ path: "/v2/users/me" })).status).toBe(200);
    expect(await giveBackNow({ ...later, log }, workspace.id)).toEqual({ revoked: 1, unanswered: 0 });
    await expect(openAccount(deps, workspace.id, id)).rejects.toMatchObject({ code: "sealed_otherwise" });
  });
});

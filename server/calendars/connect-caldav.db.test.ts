import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MyConnections } from "../../shared/protocol/connection-routes.ts";
import { connectionDeps } from "../connections/deps.ts";
import { openAccount } from "../connections/open-account.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { signIn } from "../promises/test-rep.ts";
import { startTestWeb, type TestWeb, testConfig } from "../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../promises/test-workspace.ts";
import { hasCyrus, openCyrus } from "./caldav/testing-cyrus.ts";
import type { CalDavServer } from "./caldav/testing-server.ts";

describe.skipIf(!hasCyrus())("connecting an account at a Cyrus server", () => {
  let database: TestDatabase;
  let web: TestWeb;
  let server: CalDavServer;
  let workspace: TestWorkspace;
  let cookie: string;
  const settings = { ALLOW_PRIVATE_HOSTS: "on" };
  beforeAll(async () => {
    server = await openCyrus();
    database = await createTestDatabase({ poolSize: 4 });
    web = await startTestWeb({ databaseUrl: database.url, settings });
    workspace = await addWorkspace(database.db, { roles: ["rep"] });
    ({ cookie } = await signIn(web.url, workspace.members[0]!));
  });
  afterAll(async () => {
    await web?.close();
    await database?.close();
    await server?.close();
  });

  async function connect(
    wish: object,
  ): Promise<{ ok: boolean; field?: string; reason?: string } & MyConnections> {
    const [mara] = server.accounts;
    const response = await fetch(`${web.url}/api/connections/caldav`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: web.url, cookie },
      body: JSON.stringify({
        server: server.url,
        username: mara!.username,
        password: mara!.password,
        again: null,
        ...wish,
      }),
    });
    return response.json();
  }

  it("says which field is wrong, and keeps nothing then", async () => {
    expect(await connect({ password: "wrong" })).toMatchObject({
      field: "password",
      reason: "wrong_password",
    });
    expect(await connect({ server: "http://127.0.0.1:1" })).toMatchObject({
      field: "server",
      reason: "no_answer",
    });
    const rows = await database.db
      .selectFrom("connections")
      .where("workspace_id", "=", workspace.id)
      .selectAll()
      .execute();
    expect(rows).toEqual([]);
  });

  it("keeps the account with its calendars, sealed, once", async () => {
    const answer = await connect({});
    expect(answer.connections).toMatchObject([
      {
        provider: "caldav",
        accountName: "mara",
        problem: null,
        calendars: [{ name: "personal", blocksTime: true, receivesMeetings: true, readAt: null }],
      },
    ]);
    const again = await connect({ again: answer.connections[0]!.id });
    expect(again.connections.map(({ id }) => id)).toEqual([answer.connections[0]!.id]);
    const [jonas] = server.accounts.slice(1);
    const other = { username: jonas!.username, password: jonas!.password };
    expect(await connect({ ...other, again: answer.connections[0]!.id })).toMatchObject({
      ok: false,
      field: "username",
    });
    const [row] = await database.db.selectFrom("connections").selectAll().execute();
    expect(JSON.stringify(row)).not.toContain(server.accounts[0]!.password);
    expect(row!.sealed_secret.toString("latin1")).not.toContain(server.accounts[0]!.password);
  });

  it("opens the account again with what was kept", async () => {
    const [row] = await database.db.selectFrom("connections").selectAll().execute();
    const config = testConfig(database.url, 1, settings);
    const deps = connectionDeps({ config, db: database.db, announce: () => undefined });
    const account = await openAccount(deps, workspace.id, row!.id);
    const { createCalDavProvider } = await import("./caldav/provider.ts");
    const reader = { read: () => Promise.reject(new Error("not read here")), close: async () => undefined };
    const found = await createCalDavProvider({ reader, now: Date.now }).listCalendars(account);
    expect(found.map(({ name }) => name)).toEqual(["personal"]);
  });
});

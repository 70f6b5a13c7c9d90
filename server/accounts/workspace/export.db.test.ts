import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { signIn } from "../../promises/test-rep.ts";
import { startTestWeb } from "../../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";
import { openSession } from "../open-session.ts";
import { createSessions, type MemberAccess } from "../session.ts";
import { sessionCookieFor } from "../session-cookie.ts";
import { exportContents, exportWorkspace } from "./export-workspace.ts";
import { harmlessColumns, leftOutColumns, leftOutTables } from "./left-out.ts";
import { countEveryTable, fillEveryTable } from "./testing.ts";
import { workspaceTables } from "./workspace-tables.ts";

let database: TestDatabase;
let ours: TestWorkspace;
let others: TestWorkspace;

beforeEach(async () => {
  database = await createTestDatabase();
  ours = await addWorkspace(database.db, { name: "Quiet Rooms", roles: ["admin", "rep"] });
  others = await addWorkspace(database.db, { name: "Others Ltd", roles: ["admin"] });
});
afterEach(() => database.close());

async function signedIn(workspace: TestWorkspace): Promise<MemberAccess> {
  const { token } = await openSession(database.db, {
    workspaceId: workspace.id,
    memberId: workspace.members[0]!.id,
    kind: "password",
    label: "Firefox on Linux",
  });
  const sessions = createSessions({ db: database.db, cookie: sessionCookieFor("http://localhost:3000") });
  return (await sessions.memberOfToken(token))!;
}

/** Keeps what it is given; takes a moment for each piece, as a browser does. */
function slowReader() {
  const chunks: string[] = [];
  const reader = new Writable({
    highWaterMark: 1_000,
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  return { reader, text: () => chunks.join("") };
}

type Line = {
  table?: string;
  row?: Record<string, unknown>;
  end?: true;
  rows?: Record<string, number>;
  foyer?: string;
};

async function readExport(admin: MemberAccess): Promise<{ lines: Line[]; text: string }> {
  const { reader, text } = slowReader();
  await exportWorkspace(database.db, admin, () => reader);
  const lines = text().trimEnd().split("\n");
  return { lines: lines.map((line) => JSON.parse(line) as Line), text: text() };
}

describe("an export", () => {
  it("holds every row of every table of the workspace, and nothing of another", async () => {
    for (const workspace of [ours, others]) await fillEveryTable(database.db, workspace.id);
    await database.pool.query(
      `insert into canned_replies (id, workspace_id, title, body)
       select gen_random_uuid(), $1, 'Reply ' || n, repeat('word ', 50) from generate_series(1, 450) n`,
      [ours.id],
    );
    const admin = await signedIn(ours);
    const { lines, text } = await readExport(admin);
    const expected = await countEveryTable(database.db, ours.id);
    for (const name of Object.keys(leftOutTables)) delete expected[name];
    expect(Object.values(expected).every((count) => count > 0)).toBe(true);
    expect(expected.canned_replies).toBeGreaterThan(450);

    const found: Record<string, number> = {};
    for (const { table } of lines) if (table !== undefined) found[table] = (found[table] ?? 0) + 1;
    expect(found).toEqual(expected);
    expect(lines[0]).toMatchObject({ foyer: "export", version: 1, workspace: "Quiet Rooms" });
    expect(lines.at(-1)).toEqual({ end: true, rows: expected });
    expect((await exportContents(database.db, admin)).tables).toEqual(
      Object.entries(expected).map(([name, rows]) => ({ name, rows })),
    );
    for (const strange of [others.id, others.siteId, "Others Ltd", others.members[0]!.email])
      expect(text).not.toContain(strange);
    // Those that others point at come first.
    const order = Object.keys(found);
    expect(order.indexOf("visitors")).toBeLessThan(order.indexOf("conversations"));
    expect(order.indexOf("members")).toBeLessThan(order.indexOf("audit"));
  });

  it("holds pictures as they are, and no secret", async () => {
    await fillEveryTable(database.db, ours.id);
    const { lines } = await readExport(await signedIn(ours));
    const { rows } = await database.pool.query("select large from photos where workspace_id = $1", [ours.id]);
    const photo = lines.find(({ table }) => table === "photos")?.row;
    expect(Buffer.from(String(photo?.large), "base64")).toEqual(rows[0].large);
    for (const { table, row } of lines) {
      for (const column of leftOutColumns[table ?? ""] ?? []) expect(row, table).not.toHaveProperty(column);
    }
  });

  it("asks for a proof, and is noted", async () => {
    const admin = await signedIn(ours);
    await database.pool.query("update sessions set proved_at = now() - interval '1 hour'");
    const { reader } = slowReader();
    await expect(exportWorkspace(database.db, admin, () => reader)).rejects.toMatchObject({
      code: "proof_needed",
    });
    await expect(exportContents(database.db, admin)).rejects.toMatchObject({ code: "proof_needed" });
    await database.pool.query("update sessions set proved_at = now()");
    await readExport(admin);
    const { rows } = await database.pool.query(
      "select actor_id from audit where action = 'workspace_exported'",
    );
    expect(rows).toEqual([{ actor_id: admin.memberId }]);
  });

  it("ends with a reader that has gone", async () => {
    await database.pool.query(
      `insert into canned_replies (id, workspace_id, title, body)
       select gen_random_uuid(), $1, 'Reply ' || n, repeat('word ', 200) from generate_series(1, 600) n`,
      [ours.id],
    );
    const gone = new Writable({
      highWaterMark: 1_000,
      write: (_chunk, _encoding, _done) => void gone.destroy(),
    });
    await expect(exportWorkspace(database.db, await signedIn(ours), () => gone)).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  it("comes as a file by HTTP, and starts from no other site", async () => {
    const web = await startTestWeb({ databaseUrl: database.url });
    try {
      const { cookie } = await signIn(web.url, ours.members[0]!);
      const ask = (headers: Record<string, string>) =>
        fetch(`${web.url}/api/workspace/export`, { headers: { cookie, ...headers } });
      const file = await ask({ "sec-fetch-site": "same-origin" });
      expect(file.headers.get("content-disposition")).toBe('attachment; filename="foyer-quiet-rooms.ndjson"');
      expect((await file.text()).trimEnd().split("\n").at(-1)).toContain('"end":true');
      expect((await ask({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    } finally {
      await web.close();
    }
  });
});

describe("the list of what is left out", () => {
  it("names only tables and columns that exist, and every column that looks like a secret", async () => {
    const tables = new Map(
      (await workspaceTables(database.db)).map(({ name, columns }) => [name, columns] as const),
    );
    for (const name of Object.keys(leftOutTables)) expect(tables.has(name), name).toBe(true);
    for (const [table, columns] of Object.entries(leftOutColumns)) {
      const known = tables.get(table)?.map(({ name }) => name) ?? [];
      for (const column of columns) expect(known, table).toContain(column);
    }
    const suspicious: string[] = [];
    for (const [table, columns] of tables) {
      if (leftOutTables[table] !== undefined) continue;
      const named = [...(leftOutColumns[table] ?? []), ...(harmlessColumns[table] ?? [])];
      for (const { name, type } of columns) {
        const looks = type === "bytea" || /hash|secret|token|password|verifier|nonce|sealed|code$/.test(name);
        if (looks && !named.includes(name)) suspicious.push(`${table}.${name}`);
      }
    }
    expect(suspicious).toEqual([]);
  });

  it("leaves no table of the database unaccounted for", async () => {
    const { rows } = await database.pool.query<{ name: string }>(
      "select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = current_schema()::regnamespace",
    );
    const ofWorkspaces = (await workspaceTables(database.db)).map(({ name }) => name);
    // Not of any workspace: what was migrated, which processes run, counted attempts (their keys are hashes).
    expect(
      rows
        .map(({ name }) => name)
        .filter((name) => !ofWorkspaces.includes(name))
        .sort(),
    ).toEqual(["attempts", "migrations", "nodes"]);
  });
});

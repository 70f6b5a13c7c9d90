import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { AuditLine } from "../../../shared/protocol/audit.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { signIn } from "../../promises/test-rep.ts";
import { startTestWeb, type TestWeb } from "../../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";
import { recordAudit } from "./record-audit.ts";

let database: TestDatabase;
let web: TestWeb;
let workspace: TestWorkspace;
let cookie: string;

beforeAll(async () => {
  database = await createTestDatabase();
  web = await startTestWeb({ databaseUrl: database.url });
  workspace = await addWorkspace(database.db, { roles: ["admin", "rep"] });
  ({ cookie } = await signIn(web.url, workspace.members[0]!));
});
afterAll(async () => {
  await web.close();
  await database.close();
});

function note(name: string, actorId: MemberId | null = null, workspaceId: WorkspaceId = workspace.id) {
  return recordAudit(database.db, {
    workspaceId,
    actorId,
    action: "team_added",
    subject: { kind: "team", id: null, name },
  });
}

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(web.url + path, { headers: { cookie, ...headers } });

async function page(query: Record<string, string>) {
  const response = await get(`/api/audit?${new URLSearchParams(query)}`);
  return (await response.json()) as { lines: AuditLine[]; hasMore: boolean };
}

describe("the audit log", () => {
  it("is changed by nobody, not even by its own program", async () => {
    await note("Kept");
    for (const statement of [
      "update audit set action = 'signed_in'",
      "update audit set subject_name = null where subject_name = 'Kept'",
      "delete from audit",
      "truncate audit",
      "truncate workspaces cascade",
      `begin; set local foyer.deleted_workspace = '${crypto.randomUUID()}'; delete from audit; commit`,
    ])
      await expect(database.pool.query(statement), statement).rejects.toThrow("append-only");
    await database.pool.query("rollback").catch(() => undefined);
    expect((await page({ group: "teams" })).lines.map(({ subjectName }) => subjectName)).toContain("Kept");
  });

  it("has no line of what was rolled back", async () => {
    const failed = database.db.transaction().execute(async (trx) => {
      await recordAudit(trx, {
        workspaceId: workspace.id,
        actorId: null,
        action: "team_added",
        subject: { kind: "team", id: null, name: "Undone" },
      });
      throw new Error("undone");
    });
    await expect(failed).rejects.toThrow("undone");
    expect((await page({})).lines.map(({ subjectName }) => subjectName)).not.toContain("Undone");
  });

  it("is shown newest first, a page at a time, without a gap or a line twice while new ones come", async () => {
    for (let at = 0; at < 120; at++) await note(`Team ${at}`);
    const seen: string[] = [];
    let before: string | undefined;
    for (let hasMore = true; hasMore; ) {
      const got = await page({ group: "teams", ...(before && { before }) });
      seen.push(...got.lines.map(({ subjectName }) => subjectName ?? ""));
      before = got.lines.at(-1)?.id;
      ({ hasMore } = got);
      await note("Meanwhile");
    }
    const expected = Array.from({ length: 120 }, (_, at) => `Team ${119 - at}`);
    expect(seen.filter((name) => name.startsWith("Team "))).toEqual(expected);
    expect(seen).not.toContain("Meanwhile");
  });

  it("is narrowed by person, kind and time", async () => {
    const rep = workspace.members[1]!.id;
    await note("By the rep", rep);
    const byRep = await page({ person: rep });
    expect(byRep.lines).toMatchObject([{ subjectName: "By the rep", actorName: "Robin1 Testing Ltd" }]);
    expect((await page({ person: rep, group: "sso" })).lines).toEqual([]);
    const { at } = byRep.lines[0]!;
    expect((await page({ person: rep, from: String(at), to: String(at + 1) })).lines).toHaveLength(1);
    expect((await page({ person: rep, to: String(at) })).lines).toEqual([]);
    for (const bad of ["person=x", "group=all", "before=-1", "before=1e9", "from=soon"])
      expect((await get(`/api/audit?${bad}`)).status, bad).toBe(400);
  });

  it("leaves as CSV, with the same filters, harmless to spreadsheets", async () => {
    const rep = workspace.members[1]!.id;
    await note('=HYPERLINK("https://evil.example")', rep);
    await note("+1, @x\nand a line", rep);
    const response = await get(`/api/audit/csv?person=${rep}`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toContain("attachment");
    const rows = parse(await response.text(), { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map(({ by, subject }) => [by, subject])).toEqual([
      ["Robin1 Testing Ltd", "'+1, @x\nand a line"],
      ["Robin1 Testing Ltd", `'=HYPERLINK("https://evil.example")`],
      ["Robin1 Testing Ltd", "By the rep"],
    ]);
    const all = parse(await (await get("/api/audit/csv")).text(), { bom: true, columns: true });
    const { rows: counted } = await database.pool.query("select count(*)::int as n from audit");
    expect(all).toHaveLength(counted[0].n);
  });

  it("is written out beyond one piece", async () => {
    const other = await addWorkspace(database.db, { name: "Busy Ltd", roles: ["admin"] });
    const theirs = await signIn(web.url, other.members[0]!);
    await database.pool.query(
      `insert into audit (workspace_id, action, subject_name) select $1, 'team_added', 'T' || n
       from generate_series(1, 1234) n`,
      [other.id],
    );
    const response = await get("/api/audit/csv?group=teams", { cookie: theirs.cookie });
    const rows = parse(await response.text(), { bom: true, columns: true }) as { subject: string }[];
    expect(rows.map(({ subject }) => subject)).toEqual(
      Array.from({ length: 1_234 }, (_, at) => `T${1_234 - at}`),
    );
  });

  it("is for admins, and does not leave by a link of another site", async () => {
    const rep = await signIn(web.url, workspace.members[1]!);
    for (const path of ["/api/audit", "/api/audit/people", "/api/audit/csv"]) {
      expect((await get(path, { cookie: rep.cookie })).status).toBe(403);
      expect((await get(path, { cookie: "" })).status).toBe(401);
    }
    expect((await get("/api/audit/csv", { "sec-fetch-site": "cross-site" })).status).toBe(403);
  });
});

describe("a refused sign-in", () => {
  const attempt = (email: string) =>
    fetch(`${web.url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: web.url },
      body: JSON.stringify({ email, password: "not this one" }),
    });
  const lines = async () =>
    (await page({})).lines.filter(({ action }) => action === "sign_in_refused").map((line) => line.subjectId);

  it("is written once for an account, however often it happens, and never for an address that is none", async () => {
    const [admin, rep] = workspace.members;
    await Promise.all(Array.from({ length: 8 }, () => attempt(admin!.email)));
    await attempt("nobody@nowhere.example");
    await attempt(rep!.email);
    await expect.poll(async () => (await lines()).toSorted()).toEqual([rep!.id, admin!.id].toSorted());
    await Promise.all([attempt(admin!.email), attempt(rep!.email)]);
    await attempt("nobody@nowhere.example");
    expect(await lines()).toHaveLength(2);
  });
});

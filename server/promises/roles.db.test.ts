import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../shared/model/people.ts";
import { openSession } from "../accounts/open-session.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { consoleRouteRows, repAskRows, visitorAskRows, visitorRouteRows } from "./contract-rows.ts";
import type { Foreign, Own } from "./foreign.ts";
import {
  consoleMatrix,
  everybody,
  plainMatrix,
  repMatrix,
  visitorMatrix,
  visitorRouteMatrix,
  type Who,
} from "./role-matrix.ts";
import { connected, openTestLink } from "./test-link.ts";
import { openRep } from "./test-rep.ts";
import { arrive, newClientId, openVisitor, type TestVisitor } from "./test-visitor.ts";
import { startTestWeb, type TestWeb } from "./test-web.ts";
import { addWorkspace, type TestWorkspace } from "./test-workspace.ts";
import { liveADay, nobodys } from "./two-tenants.ts";

// Every route and every event, asked by everybody: let in, or refused as one refuses everybody.
let database: TestDatabase;
let web: TestWeb;
let workspace: TestWorkspace;
let others: TestWorkspace;
let person: TestVisitor;
let theirs: Awaited<ReturnType<typeof liveADay>>;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
  web = await startTestWeb({ databaseUrl: database.url });
  // Two admins: so that none of the questions finds the last one.
  workspace = await addWorkspace(database.db, { roles: ["admin", "admin", "rep", "meetings_only"] });
  others = await addWorkspace(database.db, { name: "Other Ltd", roles: ["admin", "admin"] });
  person = await arrive(web.url, workspace.siteKey);
  theirs = await liveADay({ url: web.url, db: database.db });
});
afterAll(async () => {
  for (const link of theirs.links) link.close();
  await web.close();
  await database.close();
});

const memberRoles: readonly Who[] = ["rep", "meetings_only", "admin"];

/** A session of its own for each question: some of them end sessions. */
async function cookieOf(of: TestWorkspace, role: Role): Promise<string> {
  const member = of.members.find((one) => one.role === role);
  if (member === undefined) throw new Error(`nobody is ${role}`);
  const opening = { workspaceId: of.id, memberId: member.id, kind: "password", label: "Test" } as const;
  return `foyer=${(await openSession(database.db, opening)).token}`;
}

async function headersOf(who: Who): Promise<Record<string, string>> {
  if (who === "nobody") return {};
  if (who === "visitor") return { authorization: `Visitor ${person.credential}` };
  return { cookie: await cookieOf(workspace, who) };
}

type Answer = { status: number; code: string | null };

async function ask(route: string, path: string, headers: Record<string, string>, input: object) {
  const [method = "GET"] = route.split(" ");
  const query = method === "GET" && Object.keys(input).length > 0;
  const response = await fetch(
    web.url + path + (query ? `?${new URLSearchParams(input as Record<string, string>)}` : ""),
    {
      method,
      redirect: "manual",
      headers: { origin: web.url, "content-type": "application/json", ...headers },
      ...(method === "GET" ? {} : { body: JSON.stringify(input) }),
    },
  );
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  const body = isJson ? (JSON.parse(text) as { code?: string }) : {};
  return { status: response.status, code: body.code ?? null } satisfies Answer;
}

type HttpRows = Readonly<
  Record<string, readonly ((foreign: Foreign) => { input: object; segment?: string })[]>
>;

/** The first way of the row, for what nobody has. */
function questionOf(rows: HttpRows, route: string, ids: Foreign) {
  const { input, segment } = rows[route]?.[0]?.(ids) ?? { input: {} };
  return { input, path: (route.split(" ")[1] ?? "").replace(/:\w+/, segment ?? ids.meeting) };
}

/** Let in: what it is answered depends on what it asked for, not on who asks. */
function expectLetIn(answer: Answer, what: string) {
  expect(["unauthenticated", "forbidden"], what).not.toContain(answer.code);
  expect([401, 403], what).not.toContain(answer.status);
}

function expectRefused(answer: Answer, who: Who, what: string) {
  const refusal = memberRoles.includes(who)
    ? { status: 403, code: "forbidden" }
    : { status: 401, code: "unauthenticated" };
  expect(answer, what).toEqual(refusal);
}

async function walk(matrix: Readonly<Record<string, readonly Who[]>>, rows: HttpRows, route: string) {
  const allowed = matrix[route] ?? [];
  const { input, path } = questionOf(rows, route, nobodys(theirs.foreign));
  const answers: Answer[] = [];
  for (const who of everybody) {
    const answer = await ask(route, path, await headersOf(who), input);
    answers.push(answer);
    const what = `${who} asks ${route}`;
    // What is open to everybody is judged by its own proof (a password, a token): all are answered alike.
    if (allowed === everybody) expect(answer, what).toEqual(answers[0]);
    else if (allowed.includes(who)) expectLetIn(answer, what);
    else expectRefused(answer, who, what);
  }
}

describe("each route of the console", () => {
  it.each(Object.keys(consoleMatrix))("%s", (route) =>
    walk(consoleMatrix, consoleRouteRows as HttpRows, route),
  );

  it.each(Object.keys(consoleMatrix))("%s, by an admin of another workspace", async (route) => {
    for (const way of (consoleRouteRows as HttpRows)[route] ?? []) {
      const answers: Answer[] = [];
      for (const ids of [theirs.foreign, nobodys(theirs.foreign)]) {
        const { input, segment } = way(ids);
        const path = (route.split(" ")[1] ?? "").replace(/:\w+/, segment ?? "");
        answers.push(await ask(route, path, { cookie: await cookieOf(others, "admin") }, input));
      }
      expect(answers[0]).toEqual(answers[1]);
      if (route.includes("/:")) expect(answers[0]?.status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe("each route of visitors", () => {
  it.each(Object.keys(visitorRouteMatrix))("%s", async (route) => {
    const allowed = (visitorRouteMatrix as Record<string, readonly Who[]>)[route] ?? [];
    const { input, path } = questionOf(visitorRouteRows as HttpRows, route, nobodys(theirs.foreign));
    const answers: Answer[] = [];
    for (const who of everybody) {
      const answer = await ask(route, path, await headersOf(who), input);
      answers.push(answer);
      if (allowed === everybody) expect(answer, who).toEqual(answers[0]);
      else if (allowed.includes(who)) expectLetIn(answer, who);
      // A session of the console is nothing here.
      else expect(answer, who).toEqual({ status: 401, code: "unauthenticated" });
    }
  });
});

type AskRows = Readonly<Record<string, readonly ((foreign: Foreign, own: Own) => unknown)[]>>;

type Asker = { ask(event: string, input: unknown): Promise<object>; close(): void };

async function openAs(namespace: "/rep" | "/visitor", who: Who) {
  const headers = await headersOf(who);
  const auth = { credential: who === "visitor" ? person.credential : "" };
  return openTestLink({ url: web.url, namespace, headers, auth: namespace === "/visitor" ? auth : {} });
}

describe.each([
  ["/rep", repMatrix, repAskRows],
  ["/visitor", visitorMatrix, visitorAskRows],
] as const)("each event of %s", (namespace, matrix, rows) => {
  const table = matrix as Readonly<Record<string, readonly Who[]>>;

  it.each(everybody)("%s", async (who) => {
    const link = await openAs(namespace, who);
    const mayAny = Object.values(table).some((allowed) => allowed.includes(who));
    if (!mayAny) {
      // Who may ask nothing gets no link: that refuses every event at once.
      await expect(connected(link.socket)).rejects.toThrow("unauthenticated");
      return;
    }
    await connected(link.socket);
    const ids = nobodys(theirs.foreign);
    const own: Own = { conversation: ids.conversation, epoch: 1, colleague: ids.member, client: newClientId };
    for (const [event, ways] of Object.entries(rows as AskRows)) {
      const answer = (await link.ask(event, ways[0]?.(ids, own))) as { ok: boolean; code?: string };
      const what = `${who} asks ${event}`;
      if (table[event]?.includes(who))
        expect(["forbidden", "unauthenticated"], what).not.toContain(answer.code);
      else expect(answer, what).toEqual({ ok: false, code: "forbidden" });
    }
    expect(link.socket.connected).toBe(true);
    link.close();
  });

  it("by an admin, or a visitor, of another workspace", async () => {
    const cookie = await cookieOf(others, "admin");
    const stranger = await arrive(web.url, others.siteKey);
    const link: Asker =
      namespace === "/rep"
        ? ((await openRep(web.url, { cookie })) as Asker)
        : ((await openVisitor(web.url, stranger)) as Asker);
    const nobody = nobodys(theirs.foreign);
    const own: Own = {
      conversation: nobody.conversation,
      epoch: 1,
      colleague: nobody.member,
      client: newClientId,
    };
    for (const [event, ways] of Object.entries(rows as AskRows)) {
      for (const way of ways) {
        const answers = [];
        for (const ids of [theirs.foreign, nobody]) {
          const answer = (await link.ask(event, way(ids, own))) as { ok: boolean; code?: string };
          answers.push({ ok: answer.ok, code: answer.code });
        }
        expect(answers[0], event).toEqual(answers[1]);
      }
    }
    link.close();
  });
});

describe("what is not in the contract", () => {
  it.each(Object.keys(plainMatrix))("%s", async (route) => {
    const { who: allowed, path } = plainMatrix[route] ?? { who: [], path: "" };
    for (const who of everybody) {
      const answer = await ask(route, path, await headersOf(who), {});
      if (allowed.includes(who)) expectLetIn(answer, who);
      else expectRefused(answer, who, who);
    }
  });

  it("has a row for each that stands in the source", () => {
    const root = fileURLToPath(new URL("..", import.meta.url));
    const found: string[] = [];
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts") || /\.test\.ts$|^promises|testing|^demo\/shop-server/.test(file)) continue;
      const source = readFileSync(join(root, file), "utf8");
      const calls =
        /\b(?:app|router|routes)\.(get|post|put|patch|delete|all)\(\s*(\[[^\]]*\]|"[^"]*"|`[^`]*`)/g;
      for (const [, method = "", paths = ""] of source.matchAll(calls))
        for (const [path] of paths.matchAll(/(?<=["`])[^"`]*[^"`,\s][^"`]*(?=["`])/g))
          if (path.startsWith("/") || path.startsWith("$")) found.push(`${method.toUpperCase()} ${path}`);
    }
    expect(found.sort()).toEqual(Object.keys(plainMatrix).sort());
  });
});

import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { openRep, type RepLink, type SignedIn, signIn } from "../../promises/test-rep.ts";
import { arrive, beat, newClientId, openVisitor } from "../../promises/test-visitor.ts";
import { startTestWeb, type TestWeb } from "../../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";

// What an admin changes is seen at once by whoever looks at it: colleagues' consoles, and visitors.
let database: TestDatabase;
let web: TestWeb;
let workspace: TestWorkspace;
let admin: SignedIn;
let other: RepLink;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
  web = await startTestWeb({ databaseUrl: database.url });
  workspace = await addWorkspace(database.db, { roles: ["admin", "admin"] });
  admin = await signIn(web.url, workspace.members[0]!);
  other = await openRep(web.url, await signIn(web.url, workspace.members[1]!));
});
afterAll(async () => {
  other.close();
  await web.close();
  await database.close();
});

async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(web.url + path, {
    method,
    headers: { cookie: admin.cookie, origin: web.url, "content-type": "application/json", ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, ...((await response.json()) as Record<string, never>) };
}

const told = (of: "people" | "workspace") =>
  other.heard.filter((one) => one.event === "settings:changed" && (one.news as { of: string }).of === of)
    .length;

it("tells other consoles of teams, invitations and the workspace, each time", async () => {
  let { team } = (await ask("POST", "/api/teams", { name: "Sales", memberIds: [] })) as unknown as {
    team: { id: string };
  };
  await expect.poll(() => told("people")).toBe(1);
  ({ team } = (await ask("PUT", `/api/teams/${team.id}`, { name: "Sales", memberIds: [] })) as never);
  await expect.poll(() => told("people")).toBe(2);
  await ask("POST", `/api/members/${workspace.members[1]!.id}/teams`, { teamIds: [team.id] });
  await expect.poll(() => told("people")).toBe(3);
  await ask("POST", `/api/teams/${team.id}/delete`, {});
  await expect.poll(() => told("people")).toBe(4);
  const { invitations } = (await ask("POST", "/api/invitations", {
    text: "new@rooms.example",
    role: "rep",
    teamIds: [],
  })) as unknown as { invitations: { id: string }[] };
  await expect.poll(() => told("people")).toBe(5);
  await ask("POST", `/api/invitations/${invitations[0]!.id}/revoke`, {});
  await expect.poll(() => told("people")).toBe(6);

  await ask("PUT", "/api/workspace", { name: "Renamed Ltd", color: "#112233" });
  await expect.poll(() => told("workspace")).toBe(1);
  await ask("PUT", "/api/workspace/retention", { days: 90 });
  await expect.poll(() => told("workspace")).toBe(2);
});

it("a removed site ends its chats at once, and its visitors' credentials open nothing any more", async () => {
  const { site } = (await ask("POST", "/api/sites", {
    name: "Short-lived",
    origin: "https://soon-gone.example",
  })) as unknown as { site: { id: string; publicKey: string } };
  const visitor = await arrive(web.url, site.publicKey);
  const chat = await openVisitor(web.url, visitor);
  await chat.askOk("conversation:start", { clientId: newClientId(), text: "Hello" });
  const elsewhere = await openVisitor(web.url, await arrive(web.url, workspace.siteKey));
  const slots = () =>
    ask("GET", "/visitor/slots?host=any", undefined, {
      cookie: "",
      authorization: `Visitor ${visitor.credential}`,
    });
  expect((await slots()).status).toBe(200);

  await ask("POST", `/api/sites/${site.id}/remove`, {});
  await expect.poll(() => chat.socket.connected).toBe(false);
  expect(elsewhere.socket.connected).toBe(true);
  expect((await slots()).status).toBe(401);
  await expect(openVisitor(web.url, visitor)).rejects.toThrow("unauthenticated");
  await expect(beat(web.url, site.publicKey, "beat", visitor.credential)).rejects.toThrow("404");
  for (const link of [chat, elsewhere]) link.close();
});

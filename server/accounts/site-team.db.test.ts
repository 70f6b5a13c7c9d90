import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TeamId } from "../../shared/model/ids.ts";
import { newId } from "../db/ids.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { openRep, type RepLink, type SignedIn, signIn } from "../promises/test-rep.ts";
import { arrive, beat, newClientId, openVisitor } from "../promises/test-visitor.ts";
import { startTestWeb, type TestWeb } from "../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../promises/test-workspace.ts";

// A site with a team of its own: only that team is asked, booked and shown there.
let database: TestDatabase;
let web: TestWeb;
let workspace: TestWorkspace;
let admin: SignedIn;
let links: RepLink[];
const inTeam = () => workspace.members[1]!;
const outside = () => workspace.members[2]!;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
  web = await startTestWeb({ databaseUrl: database.url });
  workspace = await addWorkspace(database.db, {
    roles: ["admin", "rep", "rep"],
    routing: { strategy: "all" },
  });
  admin = await signIn(web.url, workspace.members[0]!);
  links = await Promise.all(
    [inTeam(), outside()].map(async (member) => openRep(web.url, await signIn(web.url, member))),
  );
});
afterAll(async () => {
  for (const link of links) link.close();
  await web.close();
  await database.close();
});

async function ask(method: string, path: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(web.url + path, {
    method,
    headers: { cookie: admin.cookie, origin: web.url, "content-type": "application/json", ...headers },
    ...(method !== "GET" && { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, never> & { ok: boolean; code?: string };
}
const put = (teamId: TeamId | null) => ask("PUT", `/api/sites/${workspace.siteId}/team`, { teamId });

async function addTeam(name: string, memberIds: string[]): Promise<TeamId> {
  const { team } = (await ask("POST", "/api/teams", { name, memberIds })) as unknown as {
    team: { id: TeamId };
  };
  return team.id;
}

/** Whom a newcomer sees; half a second late at most. */
async function faces() {
  const link = await openVisitor(web.url, await arrive(web.url, workspace.siteKey));
  const { team } = await link.askOk("conversation:sync", { conversationId: null, since: 0 });
  link.close();
  return team.map(({ id }) => id as string);
}

/** A newcomer asks for a person: who is rung, what the log says, and whom they could book. */
async function visit() {
  const visitor = await arrive(web.url, workspace.siteKey);
  const link = await openVisitor(web.url, visitor);
  const { conversation } = await link.askOk("conversation:start", { clientId: newClientId(), text: "Hello" });
  const why = async () =>
    (
      await database.pool.query(
        `select d.step, d.member_id, d.reason from decisions d where d.conversation_id = $1 order by d.id`,
        [conversation.id],
      )
    ).rows as { step: string; member_id: string | null; reason: string | null }[];
  await expect
    .poll(async () => (await why()).some(({ step }) => step === "offered" || step === "fell_back"))
    .toBe(true);
  const slots = await ask(
    "GET",
    "/visitor/slots?host=any",
    {},
    {
      cookie: "",
      authorization: `Visitor ${visitor.credential}`,
    },
  );
  link.close();
  return {
    decisions: await why(),
    hosts: (slots.hosts as unknown as { id: string }[]).map(({ id }) => id),
  };
}
const offered = (decisions: Awaited<ReturnType<typeof visit>>["decisions"]) =>
  decisions.filter(({ step }) => step === "offered").map(({ member_id }) => member_id);

describe("a site", () => {
  it("is answered by everybody, until it has a team of its own", async () => {
    const before = await visit();
    expect(offered(before.decisions).toSorted()).toEqual([inTeam().id, outside().id].toSorted());
    expect(before.hosts).toContain(outside().id);

    const team = await addTeam("Acoustics", [inTeam().id]);
    expect(await put(team)).toMatchObject({ ok: true, site: { teamId: team } });
    const after = await visit();
    await expect.poll(faces).toEqual([inTeam().id]);
    expect(offered(after.decisions)).toEqual([inTeam().id]);
    expect(after.decisions).toContainEqual(
      expect.objectContaining({ step: "skipped", member_id: outside().id, reason: "NOT_IN_TEAM" }),
    );
    expect(after.hosts).toEqual([inTeam().id]);

    const { rows } = await database.pool.query("select details from audit where action = 'site_changed'");
    expect(rows).toEqual([{ details: { team: "Acoustics" } }]);
    expect(await ask("POST", `/api/teams/${team}/delete`, {})).toMatchObject({ code: "team_in_use" });
  });

  it("of a team without members falls back at once, as if nobody were there", async () => {
    await put(await addTeam("Nobody yet", []));
    const { decisions, hosts } = await visit();
    await expect.poll(faces).toEqual([]);
    expect(hosts).toEqual([]);
    expect(offered(decisions)).toEqual([]);
    expect(decisions.at(-1)).toMatchObject({ step: "fell_back" });
    expect(await put(null)).toMatchObject({ ok: true, site: { teamId: null } });
    await expect.poll(faces).toContain(outside().id);
  });

  it("shows its new team in widgets that are open", async () => {
    const link = await openVisitor(web.url, await arrive(web.url, workspace.siteKey));
    const { team: before } = await link.askOk("conversation:sync", { conversationId: null, since: 0 });
    expect(before.map(({ id }) => id)).toContain(outside().id);
    const team = await addTeam("Live", [inTeam().id]);
    const told = (ids: string[]) =>
      link.hear("team:changed", (news) => news.team.map(({ id }) => id).join() === ids.join());
    await put(team);
    await told([inTeam().id]);
    // Another team behind the same name counts as much.
    await ask("PUT", `/api/teams/${team}`, { name: "Live", memberIds: [outside().id] });
    await told([outside().id]);
    link.close();
    await put(null);
  });

  it("greets and shows faces of those only who have finished setting up", async () => {
    const shop = await addWorkspace(database.db, { roles: ["rep"] });
    const [rep] = shop.members;
    await database.pool.query("update sites set greeting = $2 where id = $1", [
      shop.siteId,
      JSON.stringify({ text: "Hello", afterSeconds: 3, memberId: rep!.id }),
    ]);
    const desk = await openRep(web.url, await signIn(web.url, rep!));
    const greeted = async () => (await beat(web.url, shop.siteKey, "hello", null)).greeting?.name;
    await expect.poll(greeted).toBe("Robin0 Testing Ltd");
    await database.pool.query("update members set zone_confirmed_at = null where id = $1", [rep!.id]);
    await expect.poll(greeted).toBe(undefined);
    desk.close();
  });

  it("takes no team of another workspace, or none that there is", async () => {
    const other = await addWorkspace(database.db, { name: "Other Ltd", roles: ["admin"] });
    const theirs = newId<"team">();
    await database.db
      .insertInto("teams")
      .values({ id: theirs, workspace_id: other.id, name: "Theirs" })
      .execute();
    for (const id of [theirs, newId<"team">()])
      expect(await put(id)).toMatchObject({ ok: false, code: "not_found" });
  });
});

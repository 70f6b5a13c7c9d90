import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import {
  consoleRouteRows,
  repAskRows,
  repTellRows,
  visitorAskRows,
  visitorRouteRows,
  visitorTellRows,
} from "./contract-rows.ts";
import type { Foreign, Own } from "./foreign.ts";
import { connected, openTestLink } from "./test-link.ts";
import { beat, newClientId } from "./test-visitor.ts";
import { startTestWeb, type TestWeb } from "./test-web.ts";
import { asMember, asVisitor, call, liveADay, nobodys, openStranger } from "./two-tenants.ts";

// Two tenants on one server. One of them lives a whole day; nothing of it may reach the other, or another visitor of its
// own, and whoever asks for it is answered exactly as for what does not exist.
let database: TestDatabase;
let web: TestWeb;
let ours: Awaited<ReturnType<typeof liveADay>>;
let stranger: Awaited<ReturnType<typeof openStranger>>;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
  web = await startTestWeb({ databaseUrl: database.url });
  const place = { url: web.url, db: database.db };
  stranger = await openStranger(place);
  ours = await liveADay(place);
});
afterAll(async () => {
  for (const link of [...ours.links, ...stranger.links]) link.close();
  await web.close();
  await database.close();
});

/** Everything the first tenant has, to the last row. */
async function everythingOf(workspaceId: string): Promise<string> {
  const tables = ["conversations", "facts", "requests", "offers", "meetings", "mails", "canned_replies"];
  tables.push("members", "teams", "team_members", "sessions");
  tables.push("identity_providers", "domains", "meeting_types", "meeting_type_hosts");
  tables.push("connections", "provider_apps");
  const dump: Record<string, unknown[]> = {};
  for (const table of tables) {
    const { rows } = await database.pool.query(
      `select to_jsonb(t) - 'seen_at' as row from ${table} t where workspace_id = $1 order by 1`,
      [workspaceId],
    );
    dump[table] = rows;
  }
  return JSON.stringify(dump);
}

/** What tells the asker something: of a success only that it is one, since its own data may be in it. */
function outcome(answer: object): object {
  return "ok" in answer && answer.ok === true ? { ok: true } : answer;
}

function expectNothingOfOurs(answer: unknown) {
  const text = JSON.stringify(answer);
  expect(ours.ids.filter((id) => text.includes(id))).toEqual([]);
}

type Asker = {
  ask(event: string, input: unknown): Promise<object>;
  tell(event: string, input: unknown): void;
};
type Rows = Readonly<Record<string, readonly ((foreign: Foreign, own: Own) => unknown)[]>>;

async function askForBoth(link: Asker, rows: Rows, event: string, own: Own) {
  for (const way of rows[event] ?? []) {
    const answers = [];
    for (const ids of [ours.foreign, nobodys(ours.foreign)]) {
      const answer = await link.ask(event, way(ids, own));
      expectNothingOfOurs(answer);
      answers.push(outcome(answer));
    }
    expect(answers[0]).toEqual(answers[1]);
  }
}

describe("a console of another workspace", () => {
  it.each(Object.keys(repAskRows))("gets nothing by %s but what it would get for nothing", async (event) => {
    const before = await everythingOf(ours.workspace.id);
    await askForBoth(stranger.rep as Asker, repAskRows, event, stranger.own);
    expect(await everythingOf(ours.workspace.id)).toBe(before);
  });

  it("is refused by every question that names another's thing", async () => {
    const silent = ["conversation:unwatch"]; // Leaving a room one is not in changes nothing and says nothing.
    for (const [event, ways] of Object.entries(repAskRows) as [string, Rows[string]][]) {
      if (silent.includes(event)) continue;
      const ids = nobodys(ours.foreign);
      for (const way of ways) {
        const input = JSON.stringify(way(ids, stranger.own));
        if (![ids.conversation, ids.visitor, ids.member, ids.offer].some((id) => input.includes(id)))
          continue;
        expect(await (stranger.rep as Asker).ask(event, JSON.parse(input))).toMatchObject({ ok: false });
      }
    }
  });
});

describe.each(["another workspace", "the same site"])("a visitor of %s", (where) => {
  const link = () => (where === "the same site" ? ours.neighbour : stranger.visitor);

  it.each(Object.keys(visitorAskRows))(
    "gets nothing by %s but what it would get for nothing",
    async (event) => {
      const isNeighbour = where === "the same site";
      const before = await everythingOf(ours.workspace.id);
      if (isNeighbour && event === "conversation:start") {
        // It opens a conversation of its own in this workspace; what it is answered must be that one.
        const answer = await link().ask("conversation:start", {
          clientId: ours.foreign.client,
          text: "Mine",
        });
        expect(answer).toMatchObject({
          ok: true,
          conversation: { facts: [{ seq: 1, body: { text: "Mine" } }, {}] },
        });
        return;
      }
      for (const way of (visitorAskRows as Rows)[event] ?? []) {
        const answers = [];
        for (const ids of [ours.foreign, nobodys(ours.foreign)]) {
          const answer = await (link() as Asker).ask(event, way(ids, stranger.own));
          const text = JSON.stringify(answer);
          expect(text).not.toContain("secret");
          expect(text).not.toContain(ours.foreign.conversation);
          if (!isNeighbour) expectNothingOfOurs(answer);
          answers.push(outcome(answer));
        }
        expect(answers[0]).toEqual(answers[1]);
      }
      expect(await everythingOf(ours.workspace.id)).toBe(before);
    },
  );
});

describe("by HTTP", () => {
  async function expectSame(
    rows: Readonly<Record<string, readonly ((foreign: Foreign) => { input: object; segment?: string })[]>>,
    route: string,
    headers: Record<string, string>,
    check: (answer: object) => void,
  ) {
    const before = await everythingOf(ours.workspace.id);
    const [method = "", pattern = ""] = route.split(" ");
    for (const way of rows[route] ?? []) {
      const answers = [];
      for (const ids of [ours.foreign, nobodys(ours.foreign)]) {
        const { input, segment } = way(ids);
        const path = pattern.replace(/:\w+/, segment ?? "");
        const answer = await call(web.url, method, path, headers, input);
        check(answer.body);
        answers.push({ status: answer.status, ...outcome(answer.body) });
        if (pattern.includes(":")) expect(answer.body.ok).toBe(false);
      }
      expect(answers[0]).toEqual(answers[1]);
    }
    expect(await everythingOf(ours.workspace.id)).toBe(before);
  }

  it.each(Object.keys(consoleRouteRows))(
    "an admin of another workspace gets nothing by %s",
    async (route) => {
      await expectSame(consoleRouteRows, route, asMember(stranger.session), expectNothingOfOurs);
    },
  );

  it.each(Object.keys(visitorRouteRows))(
    "a visitor of another workspace gets nothing by %s",
    async (route) => {
      await expectSame(visitorRouteRows, route, asVisitor(stranger.person), expectNothingOfOurs);
    },
  );

  it.each(Object.keys(visitorRouteRows).filter((route) => route !== "GET /visitor/slots"))(
    "another visitor of the same site gets nothing by %s",
    async (route) => {
      await expectSame(visitorRouteRows, route, asVisitor(ours.neighbourPerson), (answer) =>
        expect(JSON.stringify(answer)).not.toContain("secret"),
      );
    },
  );
});

describe("what is only told", () => {
  it("nobody hears typing into a conversation that is not the typist's", async () => {
    const heardBefore = ours.admin.heard.length;
    for (const [event, ways] of Object.entries(repTellRows) as [string, Rows[string]][])
      for (const way of ways) (stranger.rep as Asker).tell(event, way(ours.foreign, stranger.own));
    for (const [event, ways] of Object.entries(visitorTellRows) as [string, Rows[string]][]) {
      for (const link of [stranger.visitor, ours.neighbour])
        for (const way of ways) (link as Asker).tell(event, way(ours.foreign, stranger.own));
    }
    // Questions asked after on the same links: when they are answered, the words before them have been dealt with.
    await stranger.rep.askOk("console:sync", {});
    for (const link of [stranger.visitor, ours.neighbour])
      await link.askOk("conversation:sync", { conversationId: null, since: 0 });
    // And one that is heard, told after them on the slowest way.
    ours.visitor.tell("typing:set", { conversationId: ours.foreign.conversation, isTyping: false });
    await ours.admin.hear("typing:changed", (news) => !news.isTyping);
    const typing = ours.admin.heard.slice(heardBefore).filter((one) => one.event === "typing:changed");
    expect(typing).toHaveLength(1);
  });

  it("no console of another workspace heard any of a whole day, though it watched all it could", async () => {
    // It joined no room of ours by asking either: one more message would reach it.
    const { conversation } = ours.foreign;
    const text = "A last secret";
    await ours.visitor.askOk("message:send", { conversationId: conversation, clientId: newClientId(), text });
    await ours.admin.hear("conversation:changed", (news) => news.conversation.preview?.text === text);
    expect(stranger.rep.heard.length).toBeGreaterThan(0);
    for (const one of stranger.rep.heard) expectNothingOfOurs(one);
    for (const one of stranger.visitor.heard) expectNothingOfOurs(one);
    for (const one of ours.neighbour.heard) {
      expect(JSON.stringify(one)).not.toContain("secret");
      expect(JSON.stringify(one)).not.toContain(conversation);
    }
  });
});

describe("a credential", () => {
  it("of a visitor opens no console, and a session no visitor's link", async () => {
    const asRep = openTestLink({
      url: web.url,
      namespace: "/rep",
      auth: { credential: stranger.person.credential },
    });
    await expect(connected(asRep.socket)).rejects.toThrow("unauthenticated");
    const asGuest = openTestLink({
      url: web.url,
      namespace: "/visitor",
      auth: { credential: "" },
      headers: { cookie: stranger.session.cookie },
    });
    await expect(connected(asGuest.socket)).rejects.toThrow("unauthenticated");
  });

  it("with another's id and one's own secret opens nothing", async () => {
    const [, secretPart] = stranger.person.credential.split(".");
    const forged = openTestLink({
      url: web.url,
      namespace: "/visitor",
      auth: { credential: `${ours.foreign.visitor}.${secretPart}` },
    });
    await expect(connected(forged.socket)).rejects.toThrow("unauthenticated");
  });

  it("of one site makes a newcomer at another, and shows nothing of what it knows", async () => {
    const answer = await beat(web.url, stranger.workspace.siteKey, "hello", ours.neighbourPerson.credential);
    expect(answer.credential).not.toBe(undefined);
    expectNothingOfOurs({ ...answer, credential: null });
  });
});

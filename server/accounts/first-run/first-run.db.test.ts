import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ZoneName } from "../../../shared/model/ids.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { startTestWeb } from "../../promises/test-web.ts";
import { addWorkspace } from "../../promises/test-workspace.ts";
import { isSetUp, lookAtFirstRunLink, mintFirstRunLink } from "./first-run-link.ts";
import { openWorkspace } from "./open-workspace.ts";

const config = { publicUrl: "https://chat.example.com" };
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.close());

const mint = () => mintFirstRunLink(database.db, config);
const secretOf = (link: string | null) => link?.split("#")[1] ?? "";
const wanted = (secret: string) => ({
  secret,
  companyName: "Quiet Rooms",
  color: "#2f5d4a",
  firstName: "Ada",
  lastName: "Example",
  email: "ada@example.com",
  password: "a long enough pass phrase",
  zone: "Europe/Berlin" as ZoneName,
  origin: "https://www.example.com",
});
const open = (secret: string) => openWorkspace({ db: database.db }, wanted(secret), "Firefox on Linux");
const expired = { code: "expired" };

async function moveClock(hours: number) {
  await database.pool.query(
    `create or replace function foyer_now() returns timestamptz language sql volatile as
     'select clock_timestamp() + interval ''${hours} hours'''`,
  );
}

describe("the link of the first run", () => {
  it("is what a server waits for that nobody has set up", async () => {
    expect(await isSetUp(database.db)).toBe(false);
    await open(secretOf(await mint()));
    expect(await isSetUp(database.db)).toBe(true);
  });

  it("is a page of the console with 256 random bits behind the #, kept as a hash only", async () => {
    const link = await mint();
    expect(link).toMatch(/^https:\/\/chat\.example\.com\/console\/first-run#[A-Za-z0-9_-]{43}$/);
    const { rows } = await database.pool.query("select to_jsonb(s) as row from one_use_secrets s");
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secretOf(link));
  });

  it("ends with the next start, after a day, and where there is a workspace", async () => {
    const [first, second] = [secretOf(await mint()), secretOf(await mint())];
    await expect(lookAtFirstRunLink(database.db, first)).rejects.toMatchObject(expired);
    await expect(lookAtFirstRunLink(database.db, second)).resolves.toBe(undefined);
    await expect(lookAtFirstRunLink(database.db, "guessed")).rejects.toMatchObject(expired);
    await moveClock(25);
    await expect(lookAtFirstRunLink(database.db, second)).rejects.toMatchObject(expired);
    await expect(open(second)).rejects.toMatchObject(expired);
    await moveClock(0);
    await addWorkspace(database.db);
    await expect(open(second)).rejects.toMatchObject(expired);
    await expect(lookAtFirstRunLink(database.db, second)).rejects.toMatchObject(expired);
    expect(await mint()).toBe(null);
  });

  it("is one good link when many processes start at once", async () => {
    const links = await Promise.all(Array.from({ length: 6 }, mint));
    const looks = await Promise.allSettled(
      links.map((link) => lookAtFirstRunLink(database.db, secretOf(link))),
    );
    expect(looks.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("the first run", () => {
  it("makes the workspace, its admin, signed in, and its site", async () => {
    const opened = await open(secretOf(await mint()));
    const { rows } = await database.pool.query(
      `select w.name, w.color, m.email, m.role, m.zone, s.name as site, s.origins, s.look
       from workspaces w join members m on m.workspace_id = w.id join sites s on s.workspace_id = w.id`,
    );
    expect(rows).toEqual([
      {
        name: "Quiet Rooms",
        color: "#2f5d4a",
        email: "ada@example.com",
        role: "admin",
        zone: "Europe/Berlin",
        site: "www.example.com",
        origins: ["https://www.example.com"],
        look: { color: "#2f5d4a", position: "right", companyName: "Quiet Rooms" },
      },
    ]);
    const sessions = await database.pool.query("select member_id from sessions");
    expect(sessions.rows).toEqual([{ member_id: opened.memberId }]);
    const audit = await database.pool.query("select action from audit order by id");
    expect(audit.rows.map((row) => row.action)).toEqual(["workspace_created", "signed_in"]);
  });

  it("makes one workspace, however many ask at once", async () => {
    const secret = secretOf(await mint());
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, at) =>
        openWorkspace({ db: database.db }, { ...wanted(secret), email: `ada${at}@example.com` }, ""),
      ),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject(expired);
    const { rows } = await database.pool.query("select count(*)::int as count from workspaces");
    expect(rows).toEqual([{ count: 1 }]);
  });

  it("leaves the link good when it fails on the way", async () => {
    const secret = secretOf(await mint());
    await expect(
      openWorkspace({ db: database.db }, { ...wanted(secret), email: "no address" }, ""),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await expect(open(secret)).resolves.toMatchObject({ memberId: expect.any(String) });
  });

  it("works over HTTP, with a cookie to go on with, and refuses alike whatever is wrong", async () => {
    const web = await startTestWeb({ databaseUrl: database.url });
    const ask = (path: string, body: object) =>
      fetch(web.url + path, {
        method: "POST",
        headers: { origin: web.url, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    try {
      const secret = secretOf(await mint());
      expect((await ask("/api/first-run/look", { secret: "x" })).status).toBe(410);
      expect((await ask("/api/first-run/look", { secret })).status).toBe(200);
      const made = await ask("/api/first-run", wanted(secret));
      expect(made.status).toBe(200);
      const cookie = made.headers.get("set-cookie")?.split(";")[0] ?? "";
      const sites = await fetch(`${web.url}/api/sites`, { headers: { cookie } });
      expect(await sites.json()).toMatchObject({
        ok: true,
        scriptUrl: `${web.url}/widget.js`,
        sites: [{ origins: ["https://www.example.com"], seen: null }],
      });
      expect((await ask("/api/first-run", wanted(secret))).status).toBe(410);
    } finally {
      await web.close();
    }
  });
});

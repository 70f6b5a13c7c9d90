import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CannedReplyId, MemberId, SiteId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import { newId } from "../db/ids.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { networkOf } from "../web/networks.ts";
import { createSharedLimiter } from "../web/shared-rate-limit.ts";
import { addCannedReply, changeCannedReply, listCannedReplies, removeCannedReply } from "./canned-replies.ts";
import { createMember } from "./create-member.ts";
import { createSite } from "./create-site.ts";
import { createWorkspace } from "./create-workspace.ts";
import { hashPassword } from "./password.ts";
import { createPasswordCheck } from "./password-check.ts";
import { createSessions, showSession } from "./session.ts";
import { formatSessionCookie, hashToken, sessionCookieFor } from "./session-cookie.ts";
import { deleteEnded } from "./session-store.ts";
import { setAvailability } from "./set-availability.ts";
import { signIn as signInWith } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { loadRepCards, loadTeam, teamFaces } from "./team.ts";
import { testBrowsers } from "./testing.ts";

const cookie = sessionCookieFor("http://localhost:3000");
const network = "203.0.113.7";
let database: TestDatabase;
let workspaceId: WorkspaceId;
let zoe: MemberId;

beforeEach(async () => {
  database = await createTestDatabase();
  workspaceId = await createWorkspace(database.db, { name: "Quiet Rooms" });
  zoe = await addMember("zoe@example.com", "Zoe", { password: "correct horse" });
});
afterEach(() => database.close());

function addMember(
  email: string,
  firstName: string,
  more: {
    password?: string;
    role?: "admin" | "rep" | "meetings_only";
    capacity?: number;
    into?: WorkspaceId;
  } = {},
) {
  const { into = workspaceId, role = "rep", ...rest } = more;
  return createMember(database.db, {
    workspaceId: into,
    email,
    role,
    firstName,
    lastName: "Example",
    jobTitle: "Room planner",
    zone: "Europe/Berlin",
    ...rest,
  });
}

/** As one process offers it, with counts of its own. */
function signInHere() {
  const checkPassword = createPasswordCheck(database.pool);
  return (attempt: { email: string; password: string; network: string; cookies?: string }) =>
    signInWith(
      { db: database.db, checkPassword, knownBrowsers: testBrowsers, noteRefused: () => undefined },
      { cookies: undefined, ...attempt, label: "Firefox on Linux" },
    );
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

describe("signing in", () => {
  it("opens a session that the cookie leads to, and the database holds no token", async () => {
    const signIn = signInHere();
    const { token, memberId } = await signIn({
      email: " ZOE@example.com ",
      password: "correct horse",
      network,
    });
    expect(memberId).toBe(zoe);
    const sessions = createSessions({ db: database.db, cookie });
    const access = await sessions.memberOfCookies(formatSessionCookie(cookie, token));
    expect(access).toEqual({
      memberId: zoe,
      workspaceId,
      role: "rep",
      sessionId: expect.any(String),
      sessionKind: "password",
    });
    const { rows } = await database.pool.query("select token_hash from sessions");
    expect(rows).toEqual([{ token_hash: hashToken(token) }]);
    expect(await showSession({ db: database.db, hasMailbox: true }, { workspaceId, memberId })).toMatchObject(
      {
        member: { firstName: "Zoe", email: "zoe@example.com" },
        workspace: { name: "Quiet Rooms" },
      },
    );
  });

  it("refuses a wrong password, an unknown address, an account without password and one that left alike", async () => {
    await addMember("nopass@example.com", "Nopass");
    const left = await addMember("left@example.com", "Left", { password: "correct horse" });
    await database.db.updateTable("members").set({ is_active: false }).where("id", "=", left).execute();
    const signIn = signInHere();
    for (const email of [
      "zoe@example.com",
      "nobody@example.com",
      "nopass@example.com",
      "left@example.com",
      "",
    ]) {
      const password = email.startsWith("left") ? "correct horse" : "wrong";
      await expect(signIn({ email, password, network }), email).rejects.toMatchObject({
        code: "unauthenticated",
      });
    }
  });

  it("stops guessing at one account from one network, but lets others in", async () => {
    const signIn = signInHere();
    const guess = (from: string, password = "wrong") =>
      signIn({ email: "zoe@example.com", password, network: from }).catch(
        (error: { code: string }) => error.code,
      );
    const guesses = await Promise.all(Array.from({ length: 12 }, () => guess(network)));
    expect(guesses.filter((code) => code === "unauthenticated")).toHaveLength(10);
    expect(await guess(network, "correct horse")).toBe("too_many");
    expect(await guess("198.51.100.1", "correct horse")).toMatchObject({ memberId: zoe });
  });

  it("counts the networks that one customer of IPv6 has as one", async () => {
    const signIn = signInHere();
    const codes = [];
    for (let at = 0; at < 12; at++) {
      const from = networkOf(`2001:db8:1:${at.toString(16)}::1`);
      codes.push(
        await signIn({ email: "zoe@example.com", password: "wrong", network: from }).catch(
          (error: { code: string }) => error.code,
        ),
      );
    }
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(10);
  });

  describe("while strangers have locked the account from everywhere", () => {
    const right = { email: "zoe@example.com", password: "correct horse", network };
    const codeOf = (error: { code: string }) => error.code;
    /** In this browser the account has been signed in before. */
    const known = async (attempt = right) => {
      const { knownBrowser } = await signInHere()(attempt);
      return knownBrowser.split(";", 1)[0] ?? "";
    };
    async function lock() {
      const count = createSharedLimiter(database.pool, "password-account", { points: 200, seconds: 3_600 });
      for (let at = 0; at < 200; at++) await count.take("zoe@example.com");
    }

    it("lets a browser in that has signed in before, and counts its tries by themselves", async () => {
      const cookies = await known();
      await lock();
      const signIn = signInHere();
      expect(await signIn(right).catch(codeOf)).toBe("too_many");
      expect(await signIn({ ...right, cookies })).toMatchObject({ memberId: zoe });
      const guesses = [];
      for (let at = 0; at < 12; at++)
        guesses.push(await signIn({ ...right, cookies, password: "wrong" }).catch(codeOf));
      expect(guesses.filter((code) => code === "unauthenticated")).toHaveLength(10);
      expect(await signInHere()({ ...right, cookies }).catch(codeOf)).toBe("too_many");
    });

    it("takes no other account's cookie, none that is made up, and none of the password before", async () => {
      await addMember("ada@example.com", "Ada", { password: "correct horse" });
      const cookies = await known();
      const [name, token = ""] = cookies.split("=");
      await lock();
      const tries = [
        await known({ ...right, email: "ada@example.com" }),
        `${name}=${token.slice(0, -1)}${token.endsWith("A") ? "E" : "A"}`,
        `${name}=.`,
        `foyer=${token}`,
      ];
      for (const wrong of tries)
        expect(await signInHere()({ ...right, cookies: wrong }).catch(codeOf), wrong).toBe("too_many");
      await database.db
        .updateTable("members")
        .set({ password_hash: await hashPassword("correct horse") })
        .where("id", "=", zoe)
        .execute();
      expect(await signInHere()({ ...right, cookies }).catch(codeOf)).toBe("too_many");
    });
  });

  it("does not count what comes after the strictest limit against the account", async () => {
    const signIn = signInHere();
    const guess = (from: string) =>
      signIn({ email: "zoe@example.com", password: "wrong", network: from }).catch(() => null);
    for (let at = 0; at < 12; at++) await guess(network);
    const { rows } = await database.pool.query(
      "select points from attempts where key like 'password-account:%'",
    );
    expect(rows).toEqual([{ points: 10 }]);
  });

  it("takes as long for an address that nobody has as for one that somebody has", async () => {
    const signIn = signInHere();
    const times: Record<string, number[]> = { "zoe@example.com": [], "nobody@example.com": [] };
    for (let round = 0; round < 24; round++) {
      for (const [email, taken] of Object.entries(times)) {
        const start = performance.now();
        const from = `203.0.113.${round}`; // A network each: what is timed is the comparison, not the limit.
        await signIn({ email, password: "wrong", network: from }).catch(() => null);
        taken.push(performance.now() - start);
      }
    }
    const [known = 0, unknown = 0] = Object.values(times).map(median);
    expect(known / unknown).toBeGreaterThan(0.6);
    expect(known / unknown).toBeLessThan(1.65);
  });
});

it("puts away what has expired, and nothing else", async () => {
  const signIn = signInHere();
  await signIn({ email: "zoe@example.com", password: "correct horse", network });
  await signIn({ email: "zoe@example.com", password: "wrong", network }).catch(() => null);
  await deleteEnded(database.db);
  const count = async (table: string) => (await database.pool.query(`select 1 from ${table}`)).rowCount;
  expect([await count("sessions"), await count("attempts")]).toEqual([1, 3]);
  await database.pool.query("update sessions set expires_at = foyer_now() - interval '1 second'");
  await database.pool.query("update attempts set expire = expire - 8000000");
  await deleteEnded(database.db);
  expect([await count("sessions"), await count("attempts")]).toEqual([0, 0]);
});

it("puts away ways through a provider, used assertions and codes that have expired, whoever comes next", async () => {
  const { pool } = database;
  await signInHere()({ email: "zoe@example.com", password: "correct horse", network });
  await pool.query(`insert into identity_providers (id, workspace_id, kind, name, settings)
    select gen_random_uuid(), id, 'saml', 'x', '{}' from workspaces`);
  const of = (days: number) => ({ hash: `'\\x0${days + 3}'`, ends: `foyer_now() + interval '${days} days'` });
  for (const { hash, ends } of [of(-2), of(1)]) {
    await pool.query(`insert into sso_flows (state_hash, workspace_id, provider_id, purpose, browser_hash, revision, return_to, expires_at)
      select ${hash}, workspace_id, id, 'sign_in', ${hash}, 1, '', ${ends} from identity_providers`);
    await pool.query(`insert into used_assertions (provider_id, assertion_id, workspace_id, expires_at)
      select id, ${hash}, workspace_id, ${ends} from identity_providers`);
    await pool.query(`insert into device_codes (device_code_hash, user_code_hash, app_name, device, network_hash, expires_at)
      values (${hash}, ${hash}, '', '', '', ${ends})`);
    await pool.query(`insert into phone_codes (id, secret_hash, workspace_id, member_id, session_id, expires_at)
      select gen_random_uuid(), ${hash}, workspace_id, member_id, id, ${ends} from sessions`);
  }
  await deleteEnded(database.db);
  for (const table of ["sso_flows", "used_assertions", "device_codes", "phone_codes"])
    expect((await pool.query(`select 1 from ${table} where expires_at > foyer_now()`)).rowCount, table).toBe(
      1,
    );
  for (const table of ["sso_flows", "used_assertions", "device_codes", "phone_codes"])
    expect((await pool.query(`select 1 from ${table}`)).rowCount, table).toBe(1);
});

describe("a session", () => {
  async function open() {
    const { token } = await signInHere()({
      email: "zoe@example.com",
      password: "correct horse",
      network,
    });
    return token;
  }

  it("ends at once in this process when signed out, and is announced", async () => {
    const token = await open();
    const sessions = createSessions({ db: database.db, cookie });
    expect(await sessions.memberOfToken(token)).not.toBe(null);
    const ended: MemberId[] = [];
    const deps = { db: database.db, sessions, cookie, announceEnd: (id: MemberId) => void ended.push(id) };
    await signOut(deps, { cookie: `foyer=${token}` });
    expect(await sessions.memberOfToken(token)).toBe(null);
    expect(ended).toEqual([zoe]);
    await signOut(deps, { cookie: `foyer=${token}` });
    expect(ended).toHaveLength(1);
  });

  it("follows a changed role within five seconds, and ends with the account", async () => {
    const token = await open();
    let now = 0;
    const sessions = createSessions({ db: database.db, cookie, now: () => now });
    expect(await sessions.memberOfToken(token)).toMatchObject({ role: "rep" });
    await database.db.updateTable("members").set({ role: "meetings_only" }).where("id", "=", zoe).execute();
    now = 4_999;
    expect(await sessions.memberOfToken(token)).toMatchObject({ role: "meetings_only" });
    await database.db.updateTable("members").set({ is_active: false }).where("id", "=", zoe).execute();
    expect(await sessions.memberOfToken(token)).toMatchObject({ role: "meetings_only" });
    sessions.forgetMember(zoe);
    expect(await sessions.memberOfToken(token)).toBe(null);
  });

  it("is over after thirty days, by the database's clock", async () => {
    const token = await open();
    const sessions = () => createSessions({ db: database.db, cookie });
    const clock = (days: number) =>
      database.pool.query(
        `create or replace function foyer_now() returns timestamptz language sql volatile
         as 'select clock_timestamp() + interval ''${days} days'''`,
      );
    await clock(29);
    expect(await sessions().memberOfToken(token)).not.toBe(null);
    await clock(31);
    expect(await sessions().memberOfToken(token)).toBe(null);
  });
});

describe("the team", () => {
  it("shows who is here, busy, away or gone, with their open chats", async () => {
    const arjun = await addMember("arjun@example.com", "Arjun", { capacity: 1 });
    const imogen = await addMember("imogen@example.com", "Imogen");
    const host = await addMember("host@example.com", "Host", { role: "meetings_only" });
    const lease = (memberId: MemberId, seconds: number) =>
      database.pool.query(
        `insert into rep_leases (member_id, node_id, workspace_id, lease_until)
         values ($1, gen_random_uuid(), $2, foyer_now() + make_interval(secs => $3))`,
        [memberId, workspaceId, seconds],
      );
    await lease(zoe, 30);
    await lease(arjun, -1);
    await lease(arjun, 30);
    await lease(imogen, -1);
    await lease(host, 30);
    await openChatOf(arjun);
    const told: WorkspaceId[] = [];
    await setAvailability(
      { db: database.db, announceTeam: (id) => void told.push(id) },
      { memberId: zoe, workspaceId, role: "rep" },
      false,
    );
    expect(told).toEqual([workspaceId]);
    const team = await loadTeam(database.db, workspaceId);
    expect(team.map(({ firstName, presence, openChats }) => [firstName, presence, openChats])).toEqual([
      ["Arjun", "busy", 1],
      ["Host", "available", 0],
      ["Imogen", "offline", 0],
      ["Zoe", "away", 0],
    ]);
    expect(teamFaces(team).map(({ firstName }) => firstName)).toEqual(["Arjun", "Zoe", "Imogen"]);
    expect(teamFaces(team)[0]).not.toHaveProperty("zone");
    // Who has not finished setting up is shown to colleagues only.
    for (const column of ["profile_confirmed_at", "zone_confirmed_at"]) {
      await database.pool.query(`update members set ${column} = null where id = $1`, [arjun]);
      const now = await loadTeam(database.db, workspaceId);
      expect(now.find(({ id }) => id === arjun)).toMatchObject({ isReady: false });
      expect(teamFaces(now).map(({ firstName }) => firstName)).toEqual(["Zoe", "Imogen"]);
      await database.pool.query(`update members set ${column} = now() where id = $1`, [arjun]);
    }
  });

  it("lets nobody switch on who never chats", async () => {
    const never = { db: database.db, announceTeam: () => expect.unreachable() };
    await expect(
      setAvailability(never, { memberId: zoe, workspaceId, role: "meetings_only" }, true),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("keeps the cards of those who left", async () => {
    await database.db.updateTable("members").set({ is_active: false }).where("id", "=", zoe).execute();
    expect(await loadTeam(database.db, workspaceId)).toEqual([]);
    expect(await loadRepCards(database.db, workspaceId, [zoe])).toMatchObject([
      { firstName: "Zoe", presence: "offline", photoUrl: null },
    ]);
  });
});

async function openChatOf(ownerId: MemberId) {
  const { id: siteId } = await createSite(database.db, {
    workspaceId,
    name: "Shop",
    origins: ["https://shop.example"],
    look: { color: "#112233", position: "right", companyName: "Quiet Rooms" },
  });
  const visitorId = newId<"visitor">();
  await insertVisitor(visitorId, siteId);
  await database.db
    .insertInto("conversations")
    .values({
      id: newId<"conversation">(),
      workspace_id: workspaceId,
      visitor_id: visitorId,
      owner_id: ownerId,
    })
    .execute();
}

async function insertVisitor(id: VisitorId, siteId: SiteId) {
  await database.db
    .insertInto("visitors")
    .values({ id, workspace_id: workspaceId, site_id: siteId, secret_hash: Buffer.alloc(32), device: "{}" })
    .execute();
}

describe("a second workspace", () => {
  it("sees nothing of the first and changes nothing in it", async () => {
    const other = await createWorkspace(database.db, { name: "Others" });
    const reply = await addCannedReply(database.db, workspaceId, { title: "Hello", text: "Hi there" });
    expect(await loadTeam(database.db, other)).toEqual([]);
    expect(await loadRepCards(database.db, other, [zoe])).toEqual([]);
    expect(await listCannedReplies(database.db, other)).toEqual([]);
    const refused = { code: "not_found" };
    await expect(changeCannedReply(database.db, other, { ...reply, text: "!" })).rejects.toMatchObject(
      refused,
    );
    await expect(removeCannedReply(database.db, other, reply.id)).rejects.toMatchObject(refused);
    await expect(
      removeCannedReply(database.db, workspaceId, newId<"canned_reply">() as CannedReplyId),
    ).rejects.toMatchObject(refused);
    await setAvailability(
      { db: database.db, announceTeam: () => undefined },
      { memberId: zoe, workspaceId: other, role: "admin" },
      false,
    );
    expect(await database.db.selectFrom("members").select("is_available").execute()).toEqual([
      { is_available: true },
    ]);
    expect(await listCannedReplies(database.db, workspaceId)).toEqual([reply]);
  });
});

describe("what cannot be made", () => {
  it("is a second account with one address, in whatever case and workspace", async () => {
    const other = await createWorkspace(database.db, { name: "Others" });
    await expect(addMember("ZOE@example.com", "Twin", { into: other })).rejects.toMatchObject({
      code: "taken",
    });
    await expect(addMember("zoe@example", "Odd")).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("is a site with an origin that browsers would never send", async () => {
    const look = { color: "#112233", position: "right", companyName: "Quiet Rooms" } as const;
    for (const origin of [
      "https://shop.example/",
      "https://*.example",
      "shop.example",
      "https://shop.example; script-src *",
      "HTTPS://shop.example",
      "*",
      "null",
    ]) {
      await expect(
        createSite(database.db, { workspaceId, name: "Shop", origins: [origin], look }),
        origin,
      ).rejects.toMatchObject({ code: "invalid_input" });
    }
  });
});

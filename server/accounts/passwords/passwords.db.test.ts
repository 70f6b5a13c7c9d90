import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MemberId } from "../../../shared/model/ids.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { prepareJobs } from "../../jobs/queue.ts";
import {
  addWorkspace,
  type TestMember,
  type TestWorkspace,
  testPassword,
} from "../../promises/test-workspace.ts";
import { exchangeDeviceCode } from "../apps/exchange-device-code.ts";
import { openSession } from "../open-session.ts";
import { createPasswordCheck } from "../password-check.ts";
import { createSessions, type MemberAccess } from "../session.ts";
import { hashToken, sessionCookieFor } from "../session-cookie.ts";
import { endOtherSessions, endSession } from "../sessions/end-sessions.ts";
import { listSessions } from "../sessions/list-sessions.ts";
import { signIn } from "../sign-in.ts";
import { testBrowsers } from "../testing.ts";
import { askReset, createResetLimits } from "./ask-reset.ts";
import { changePassword } from "./change-password.ts";
import { finishReset, lookAtReset } from "./finish-reset.ts";
import { mailReset } from "./mail-reset.ts";

const publicUrl = "https://chat.example.com";
const network = "203.0.113.7";
const label = "Firefox on Linux";
const fresh = "four small grey cats";

let database: TestDatabase;
let workspace: TestWorkspace;
let robin: TestMember;
let other: TestMember;
let ended: MemberId[];

beforeEach(async () => {
  database = await createTestDatabase();
  await prepareJobs(database.pool);
  workspace = await addWorkspace(database.db, { roles: ["admin", "rep"] });
  [robin, other] = workspace.members as [TestMember, TestMember];
  ended = [];
});
afterEach(() => database.close());

const deps = () => ({
  db: database.db,
  publicUrl,
  announceEnd: (id: MemberId) => void ended.push(id),
  checkPassword: createPasswordCheck(database.pool),
  knownBrowsers: testBrowsers,
});

async function rows<T>(query: string): Promise<T[]> {
  return (await database.pool.query(query)).rows as T[];
}

async function moveClock(minutes: number) {
  await database.pool.query(
    `create or replace function foyer_now() returns timestamptz language sql volatile as
     'select clock_timestamp() + interval ''${minutes} minutes'''`,
  );
}

let jobs = 0;
/** The job's work for this member; answers the secret in the mail. */
async function mailedSecret(member: TestMember = robin, jobId = `job-${jobs++}`): Promise<string> {
  await mailReset(deps(), { workspaceId: workspace.id, memberId: member.id }, jobId);
  const [mail] = await rows<{ body_text: string; body_html: string }>(
    `select body_text, body_html from mails where dedupe = 'reset/${jobId}'`,
  );
  const secret = /\/console\/reset#([A-Za-z0-9_-]{43})\b/.exec(mail?.body_text ?? "")?.[1] ?? "";
  expect(mail?.body_html).toContain(`${publicUrl}/console/reset#${secret}`);
  return secret;
}

const finish = (secret: string, password = fresh) => finishReset(deps(), { secret, password, label });
const trySignIn = (member: TestMember, password: string) =>
  signIn(
    { ...deps(), noteRefused: () => undefined },
    { email: member.email, password, network, cookies: undefined, label },
  ).then(
    () => "in",
    (error: { code: string }) => error.code,
  );

async function access(member: TestMember, name = label): Promise<MemberAccess> {
  const opened = await openSession(database.db, {
    workspaceId: workspace.id,
    memberId: member.id,
    kind: "password",
    label: name,
  });
  const sessions = createSessions({ db: database.db, cookie: sessionCookieFor(publicUrl) });
  const found = await sessions.memberOfToken(opened.token);
  if (found === null) throw new Error("the session was just opened");
  return found;
}

describe("asking for a new password", () => {
  const ask = (email: string, from = network) =>
    askReset({ db: database.db, resetLimits: createResetLimits(database.pool) }, { email, network: from });

  it("leaves one job, with ids only, whoever is asked for", async () => {
    await ask(` ${robin.email.toUpperCase()} `);
    await ask("nobody@example.org");
    await ask("not an address");
    const left = await rows<{ payload: unknown }>("select data -> 'payload' as payload from pgboss.job");
    expect(left.map(({ payload }) => payload)).toEqual([
      { member: { workspaceId: workspace.id, memberId: robin.id } },
      { member: null },
      { member: null },
    ]);
  });

  it("is refused after five from one network, for a known and an unknown address alike", async () => {
    for (const email of [robin.email, "nobody@example.org"]) {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          ask(email).then(
            () => "ok",
            (error: { code: string }) => error.code,
          ),
        ),
      );
      expect(answers.filter((answer) => answer === "ok")).toHaveLength(5);
      expect(answers.filter((answer) => answer === "too_many")).toHaveLength(3);
    }
  });

  it("mails no more than ten an hour to one address, from wherever, and tells nobody", async () => {
    for (let at = 0; at < 14; at++) await ask(robin.email, `203.0.113.${at}`);
    expect(await rows("select 1 from pgboss.job")).toHaveLength(10);
  });
});

describe("the mail", () => {
  it("holds a link whose secret the tables of accounts know as a hash only, and text and HTML say the same", async () => {
    const secret = await mailedSecret();
    const kept = await rows<{ purpose: string; row: unknown }>(
      "select purpose, to_jsonb(s) as row from one_use_secrets s",
    );
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect(await rows("select action from audit where action = 'password_reset_asked'")).toHaveLength(1);
  });

  it("is one, and its link stays good, when the job runs twice", async () => {
    const secret = await mailedSecret(robin, "once");
    await mailReset(deps(), { workspaceId: workspace.id, memberId: robin.id }, "once");
    expect(await rows("select 1 from mails")).toHaveLength(1);
    expect(await lookAtReset(deps(), secret)).toMatchObject({ state: "open", email: robin.email });
  });

  it("is none for nobody, and none for somebody who was deactivated since", async () => {
    await mailReset(deps(), null, "a");
    await database.db.updateTable("members").set({ is_active: false }).where("id", "=", robin.id).execute();
    await mailReset(deps(), { workspaceId: workspace.id, memberId: robin.id }, "b");
    expect(await rows("select 1 from mails")).toEqual([]);
    expect(await rows("select 1 from one_use_secrets")).toEqual([]);
  });

  it("says how to sign in where passwords count for nothing, without a link to choose one", async () => {
    await database.pool.query("update workspaces set is_sso_only = true");
    await mailReset(deps(), { workspaceId: workspace.id, memberId: robin.id }, "sso");
    const [mail] = await rows<{ subject: string; body_text: string }>("select subject, body_text from mails");
    expect(mail?.subject).toBe("You sign in without a password");
    expect(mail?.body_text).not.toContain("#");
    await database.pool.query(`update members set is_break_glass = true where id = '${robin.id}'`);
    expect(await mailedSecret()).not.toBe("");
  });
});

describe("the link", () => {
  it("sets the password, signs in, ends every other session and link, and tells the owner", async () => {
    await access(robin);
    await access(robin);
    const bystander = await access(other);
    const first = await mailedSecret();
    const secret = await mailedSecret();
    const opened = await finish(secret);
    expect(ended).toEqual([robin.id]);
    expect(await rows(`select member_id from sessions order by created_at`)).toEqual([
      { member_id: bystander.memberId },
      { member_id: opened.memberId },
    ]);
    expect(await trySignIn(robin, testPassword)).toBe("unauthenticated");
    expect(await trySignIn(robin, fresh)).toBe("in");
    expect(await lookAtReset(deps(), secret)).toEqual({ state: "used" });
    expect(await lookAtReset(deps(), first)).toEqual({ state: "replaced" });
    const [mail] = await rows<{ to_address: string; body_text: string }>(
      "select to_address, body_text from mails where subject = 'Your password was changed'",
    );
    expect(mail?.to_address).toBe(robin.email);
    expect(mail?.body_text).toContain(label);
    expect(await rows("select details from audit where action = 'password_changed'")).toEqual([
      { details: { by: "reset", sessions: 2 } },
    ]);
  });

  it("works once, however many use it at the same time", async () => {
    const secret = await mailedSecret();
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => finish(secret)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason.code).toBe("expired");
  });

  it("is over after an hour, after a newer one, for who left, and never was if it is guessed", async () => {
    const secret = await mailedSecret();
    await moveClock(61);
    expect(await lookAtReset(deps(), secret)).toEqual({ state: "expired" });
    await expect(finish(secret)).rejects.toMatchObject({ code: "expired" });
    await moveClock(0);
    const newer = await mailedSecret();
    expect(await lookAtReset(deps(), secret)).toEqual({ state: "replaced" });
    await expect(finish(secret)).rejects.toMatchObject({ code: "expired" });
    await database.db.updateTable("members").set({ is_active: false }).where("id", "=", robin.id).execute();
    expect(await lookAtReset(deps(), newer)).toEqual({ state: "expired" });
    await expect(finish(newer)).rejects.toMatchObject({ code: "expired" });
    expect(await lookAtReset(deps(), "A".repeat(43))).toEqual({ state: "unknown" });
    await expect(finish("A".repeat(43))).rejects.toMatchObject({ code: "expired" });
  });

  it("ends when the workspace takes no passwords any more", async () => {
    const secret = await mailedSecret();
    await database.pool.query("update workspaces set is_sso_only = true");
    expect(await lookAtReset(deps(), secret)).toEqual({ state: "sso" });
    await expect(finish(secret)).rejects.toMatchObject({ code: "expired" });
  });

  it("stays good when the password will not do, which is told with its reason", async () => {
    const secret = await mailedSecret();
    for (const [password, reason] of [
      ["short", "too_short"],
      ["password123", "common"],
      [robin.email, "about_you"],
    ] as const)
      await expect(finish(secret, password)).rejects.toMatchObject({
        code: "invalid_input",
        details: { field: "password", reason },
      });
    expect(await lookAtReset(deps(), secret)).toMatchObject({ state: "open" });
  });

  it("of another purpose opens nothing", async () => {
    const secret = await mailedSecret();
    await database.pool.query("update one_use_secrets set purpose = 'first_run'");
    expect(await lookAtReset(deps(), secret)).toEqual({ state: "unknown" });
    await expect(finish(secret)).rejects.toMatchObject({ code: "expired" });
  });
});

describe("changing the password", () => {
  const change = (member: MemberAccess, current: string, password = fresh) =>
    changePassword(deps(), member, { current, password, label });

  it("asks the current one, keeps this session and ends the others and open links", async () => {
    const here = await access(robin);
    await access(robin, "Safari on iOS");
    const secret = await mailedSecret();
    expect(await change(here, testPassword)).toBe(1);
    expect(ended).toEqual([robin.id]);
    expect(await rows("select id from sessions")).toEqual([{ id: here.sessionId }]);
    expect(await lookAtReset(deps(), secret)).toEqual({ state: "replaced" });
    expect(await trySignIn(robin, fresh)).toBe("in");
    expect(await rows("select 1 from mails where subject = 'Your password was changed'")).toHaveLength(1);
  });

  it("refuses a wrong current one and a bad new one, each at its field, and changes nothing", async () => {
    const here = await access(robin);
    await expect(change(here, "wrong")).rejects.toMatchObject({
      code: "invalid_input",
      details: { field: "current" },
    });
    await expect(change(here, testPassword, "basketball")).rejects.toMatchObject({
      code: "invalid_input",
      details: { field: "password", reason: "common" },
    });
    expect(await trySignIn(robin, testPassword)).toBe("in");
    expect(await rows("select 1 from mails")).toEqual([]);
  });

  it("counts wrong current ones for this session and this member, and never among those of strangers", async () => {
    const [here, there] = [await access(robin), await access(robin)];
    for (let at = 0; at < 10; at++) await change(here, "wrong").catch(() => null);
    await expect(change(here, testPassword)).rejects.toMatchObject({ code: "too_many" });
    expect(await trySignIn(robin, testPassword)).toBe("in");
    // Strangers who guess at the account do not keep its owner from changing the password.
    for (let at = 0; at < 12; at++) await trySignIn(robin, "wrong");
    expect(await trySignIn(robin, testPassword)).toBe("too_many");
    expect(await change(there, testPassword)).toBe(2);
    // However many sessions a thief opens from one.
    const codes = [];
    for (let session = 0; session < 5; session++) {
      const one = await access(robin);
      for (let at = 0; at < 9; at++)
        codes.push(await change(one, "wrong").catch((error: { code: string }) => error.code));
    }
    expect(codes.filter((code) => code === "invalid_input")).toHaveLength(30);
  });
});

describe("a sign-in that is under way", () => {
  const sessionsOfRobin = () => rows(`select id from sessions where member_id = '${robin.id}'`);
  /** Signs in with the right password; `then` happens between the comparison and the session. */
  const signInWhile = (then: () => Promise<unknown>) =>
    signIn(
      {
        ...deps(),
        noteRefused: () => undefined,
        async checkPassword(attempt) {
          const isRight = await deps().checkPassword(attempt);
          await then();
          return isRight;
        },
      },
      { email: robin.email, password: testPassword, network, cookies: undefined, label },
    );
  const refused = { code: "unauthenticated" };

  it("with the password before comes to nothing when it is changed", async () => {
    const here = await access(robin);
    const change = () => changePassword(deps(), here, { current: testPassword, password: fresh, label });
    await expect(signInWhile(change)).rejects.toMatchObject(refused);
    expect(await sessionsOfRobin()).toEqual([{ id: here.sessionId }]);
  });

  it("is refused when the account left, or passwords are off by now", async () => {
    const set = (what: string) => () => database.pool.query(what);
    await expect(signInWhile(set("update workspaces set is_sso_only = true"))).rejects.toMatchObject(refused);
    await database.pool.query("update workspaces set is_sso_only = false");
    await expect(signInWhile(set("update members set is_active = false"))).rejects.toMatchObject(refused);
    expect(await sessionsOfRobin()).toEqual([]);
  });

  it("waits for a change that has begun, in whichever process", async () => {
    const changing = await database.pool.connect();
    await changing.query("begin");
    await changing.query("update members set password_hash = 'another'");
    const outcome = signInWhile(async () => undefined).catch((error: { code: string }) => error.code);
    const waiting = () => rows("select 1 from pg_locks where not granted");
    await expect.poll(waiting).toHaveLength(1);
    await changing.query("commit");
    changing.release();
    expect(await outcome).toBe("unauthenticated");
    expect(await sessionsOfRobin()).toEqual([]);
  });

  it("as a change of the password does not undo a reset that came first", async () => {
    const here = await access(robin);
    const secret = await mailedSecret();
    const slow = {
      ...deps(),
      async checkPassword(attempt: Parameters<ReturnType<typeof createPasswordCheck>>[0]) {
        const isRight = await deps().checkPassword(attempt);
        await finish(secret);
        return isRight;
      },
    };
    const change = { current: testPassword, password: "what a thief would like", label };
    await expect(changePassword(slow, here, change)).rejects.toMatchObject({ code: "invalid_input" });
    expect(await trySignIn(robin, fresh)).toBe("in");
  });

  it("takes an app along that was let in and has not come yet", async () => {
    const here = await access(robin);
    await database.pool.query(
      `insert into device_codes (device_code_hash, user_code_hash, app_name, device, network_hash, workspace_id, member_id, state, expires_at)
       values ($1, $2, 'An app', '', $1, $3, $4, 'authorized', foyer_now() + interval '9 minutes')`,
      [hashToken("device code"), hashToken("user code"), workspace.id, robin.id],
    );
    await endOtherSessions(deps(), here);
    const exchange = { deviceCode: "device code", clientId: "An app" };
    expect(await exchangeDeviceCode(database.db, exchange)).toEqual({ error: "access_denied" });
  });
});

describe("the list of sessions", () => {
  it("shows one's own, this one first, and no expired ones", async () => {
    await access(robin, "Safari on iOS");
    const here = await access(robin);
    await access(other, "Somebody else's");
    await access(robin, "An old one");
    await database.pool.query(
      "update sessions set expires_at = foyer_now() - interval '1 second' where label = 'An old one'",
    );
    const { sessions, hasPassword } = await listSessions(database.db, here);
    expect(hasPassword).toBe(true);
    expect(sessions.map((one) => [one.label, one.isThis])).toEqual([
      [label, true],
      ["Safari on iOS", false],
    ]);
  });

  it("ends one of one's own, never another's, and tells every process", async () => {
    const here = await access(robin);
    const phone = await access(robin, "Safari on iOS");
    const stranger = await access(other);
    await expect(endSession(deps(), here, stranger.sessionId)).rejects.toMatchObject({ code: "not_found" });
    expect(ended).toEqual([]);
    await endSession(deps(), here, phone.sessionId);
    await expect(endSession(deps(), here, phone.sessionId)).rejects.toMatchObject({ code: "not_found" });
    expect(ended).toEqual([robin.id]);
    expect((await listSessions(database.db, here)).sessions).toHaveLength(1);
  });

  it("ends all others at once, and writes it down", async () => {
    const here = await access(robin);
    await access(robin);
    await access(robin);
    const stranger = await access(other);
    expect(await endOtherSessions(deps(), here)).toBe(2);
    expect((await listSessions(database.db, here)).sessions).toHaveLength(1);
    expect((await listSessions(database.db, stranger)).sessions).toHaveLength(1);
    expect(await rows("select details from audit where action = 'sessions_ended'")).toEqual([
      { details: { count: 2 } },
    ]);
  });
});

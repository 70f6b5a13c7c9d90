import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberId } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import { newId } from "../../db/ids.ts";
import { lookAtRequests } from "../../routing/clock.ts";
import { createNode, createRoutingWorld } from "../../routing/testing.ts";
import { openSession } from "../open-session.ts";
import { noteProven } from "../proof.ts";
import { createSessions } from "../session.ts";
import { hashToken, sessionCookieFor } from "../session-cookie.ts";
import { signIn } from "../sign-in.ts";
import { signedIn, testBrowsers } from "../testing.ts";
import { changeRole } from "./change-role.ts";
import { deactivateMember } from "./deactivate-member.ts";
import { listMembers, showMember } from "./list-members.ts";
import { reactivateMember } from "./reactivate-member.ts";
import { setTeams } from "./set-teams.ts";
import { chatHosts } from "./standing.ts";
import { addTeam, changeTeam, listTeams, removeTeam } from "./teams.ts";

let world: Awaited<ReturnType<typeof createRoutingWorld>>;
let second: ReturnType<typeof createNode>;
beforeAll(async () => {
  world = await createRoutingWorld();
  second = createNode(world.url);
});
afterAll(async () => {
  await second.close();
  await world.close();
});

const cookie = sessionCookieFor("http://localhost:3000");
const inTurn = { strategy: "round_robin" } as const;

/** The first is the admin, who steers and never answers here. */
async function setUp(size = 3) {
  const team = await world.addTeam(size, inTurn);
  const [admin, rep, colleague = rep] = team.reps;
  if (admin === undefined || rep === undefined || colleague === undefined) throw new Error("too few members");
  await setRole(admin, "admin");
  await world.db.updateTable("members").set({ is_available: false }).where("id", "=", admin).execute();
  return {
    ...team,
    admin: await signedIn(world.db, { memberId: admin, workspaceId: team.workspaceId }),
    rep,
    colleague,
  };
}

const setRole = (id: MemberId, role: Role) =>
  world.db.updateTable("members").set({ role }).where("id", "=", id).execute();
const standing = async (id: MemberId) =>
  world.db.selectFrom("members").select(["role", "is_active"]).where("id", "=", id).executeTakeFirstOrThrow();
const alerting = async (id: Parameters<typeof world.offers>[0]) =>
  (await world.offers(id)).filter((offer) => offer.state === "alerting");

/** A conversation that this rep has taken. */
async function talkWith(team: Awaited<ReturnType<typeof setUp>>, rep: MemberId) {
  const { id, visitorId } = await world.startTalk(team);
  for (const offer of await alerting(id))
    if (offer.repId !== rep) await world.decline(team, offer.repId, offer.id);
  const [offer] = await alerting(id);
  if (offer?.repId !== rep) throw new Error("the rep was not asked");
  await world.accept(team, rep, offer.id);
  return { id, visitorId };
}

it("chats go to no colleague whom visitors may not meet yet", async () => {
  const { admin, rep, colleague, workspaceId } = await setUp();
  const hosts = () => chatHosts(world.db, admin, rep);
  expect(await hosts()).toEqual([colleague]);
  await world.db
    .updateTable("members")
    .set({ profile_confirmed_at: null })
    .where("id", "=", colleague)
    .execute();
  expect(await hosts()).toEqual([]);
  await expect(deactivateMember(world.node(), admin, rep, colleague)).rejects.toMatchObject({
    code: "unavailable",
  });
  expect(await listMembers(world.db, workspaceId)).toContainEqual(
    expect.objectContaining({ id: rep, isActive: true }),
  );
});

it("an app that waits for a deactivated member's word gets none", async () => {
  const { admin, rep, workspaceId } = await setUp();
  const add = (state: string, member: MemberId) =>
    world.pool.query(
      `insert into device_codes (device_code_hash, user_code_hash, app_name, device, network_hash, workspace_id,
       member_id, state, expires_at)
     values ($1, $1, 'App', '', '', $2, $3, $4, foyer_now() + interval '1 hour')`,
      [randomBytes(32), workspaceId, member, state],
    );
  for (const state of ["waiting", "authorized", "used"]) await add(state, rep);
  await add("authorized", admin.memberId);
  await deactivateMember(world.node(), admin, rep, null);
  const states = async (member: MemberId) =>
    (
      await world.pool.query("select state from device_codes where member_id = $1 order by state", [member])
    ).rows.map(({ state }) => state);
  expect(await states(rep)).toEqual(["denied", "denied", "used"]);
  expect(await states(admin.memberId)).toEqual(["authorized"]);
});

describe("the last admin", () => {
  it("cannot be demoted, deactivated, or leave", async () => {
    const { admin } = await setUp();
    const me = admin.memberId;
    for (const role of ["rep", "meetings_only"] as const)
      await expect(changeRole(world.node(), admin, me, { role, chatsTo: null })).rejects.toMatchObject({
        code: "last_admin",
      });
    await expect(deactivateMember(world.node(), admin, me, null)).rejects.toMatchObject({
      code: "last_admin",
    });
    expect(await standing(me)).toEqual({ role: "admin", is_active: true });
  });

  it("who may use a password stays where passwords are off, whoever else is admin", async () => {
    const { admin, rep, workspaceId } = await setUp();
    await setRole(rep, "admin");
    await world.db
      .updateTable("workspaces")
      .set({ is_sso_only: true })
      .where("id", "=", workspaceId)
      .execute();
    await world.db
      .updateTable("members")
      .set({ is_break_glass: true, password_hash: "a hash" })
      .where("id", "=", admin.memberId)
      .execute();
    const other = { memberId: rep, workspaceId };
    await expect(deactivateMember(world.node(), other, admin.memberId, null)).rejects.toMatchObject({
      code: "last_admin",
    });
    await deactivateMember(world.node(), admin, rep, null);
    expect(await standing(rep)).toMatchObject({ is_active: false });
  });

  it("who is no admin any more keeps no password where they are off, nor when they are one again", async () => {
    const { admin, rep, workspaceId } = await setUp();
    await setRole(rep, "admin");
    await world.db.updateTable("members").set({ is_break_glass: true }).where("id", "=", rep).execute();
    await changeRole(world.node(), admin, rep, { role: "rep", chatsTo: null });
    await changeRole(world.node(), admin, rep, { role: "admin", chatsTo: null });
    const row = await world.db
      .selectFrom("members")
      .select(["role", "is_break_glass"])
      .where("workspace_id", "=", workspaceId)
      .where("id", "=", rep)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ role: "admin", is_break_glass: false });
  });

  it.each([
    ["take each other's role", (_me: MemberId, other: MemberId) => other],
    ["both leave", (me: MemberId) => me],
  ])("is left when two in two processes %s at once (ten times)", async (_what, whom) => {
    for (let round = 0; round < 10; round++) {
      const { admin, rep, workspaceId } = await setUp();
      await setRole(rep, "admin");
      const one = admin.memberId;
      const other = await signedIn(world.db, { memberId: rep, workspaceId });
      const isLeaving = round % 2 === 0;
      const ends = await Promise.allSettled(
        (
          [
            [world.node(), admin, whom(one, rep)],
            [second, other, whom(rep, one)],
          ] as const
        ).map(([node, asking, id]) =>
          isLeaving
            ? deactivateMember(node, asking, id, null)
            : changeRole(node, asking, id, { role: "rep", chatsTo: null }),
        ),
      );
      expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const members = [await standing(one), await standing(rep)];
      expect(members.filter(({ role, is_active }) => role === "admin" && is_active)).toHaveLength(1);
    }
  });
});

describe("a deactivated member", () => {
  it("has no session, secret or invitation left, cannot sign in, and comes back as they were", async () => {
    const { admin, rep, workspaceId } = await setUp();
    const { token } = await openSession(world.db, {
      workspaceId,
      memberId: rep,
      kind: "password",
      label: "Test",
    });
    const later = sql<Date>`foyer_now() + interval '7 days'`;
    await world.db
      .insertInto("one_use_secrets")
      .values({
        token_hash: Buffer.alloc(32, rep),
        purpose: "password_reset",
        workspace_id: workspaceId,
        member_id: rep,
        expires_at: later,
      })
      .execute();
    await world.db
      .insertInto("invitations")
      .values({
        id: newId<"invitation">(),
        workspace_id: workspaceId,
        email: "new@team.example",
        role: "admin",
        team_ids: [],
        token_hash: Buffer.alloc(32, rep),
        invited_by: rep,
        expires_at: later,
      })
      .execute();
    const sessions = createSessions({ db: world.db, cookie });
    expect(await sessions.memberOfToken(token)).toMatchObject({ memberId: rep });

    await deactivateMember(world.node(), admin, rep, null);
    sessions.forgetMember(rep);
    expect(await sessions.memberOfToken(token)).toBe(null);
    const { email } = await showMember(world.db, workspaceId, rep);
    const from = { network: "203.0.113.7", cookies: undefined, label: "Test" };
    const attempt = { email, password: "whatever it was", ...from };
    const checkPassword = async () => true;
    await expect(
      signIn(
        { db: world.db, checkPassword, knownBrowsers: testBrowsers, noteRefused: () => undefined },
        attempt,
      ),
    ).rejects.toMatchObject({
      code: "unauthenticated",
    });
    const open = await sql<{ secrets: number; invitations: number }>`
      select (select count(*)::int from one_use_secrets where member_id = ${rep}) as secrets,
        (select count(*)::int from invitations where invited_by = ${rep} and revoked_at is null) as invitations`.execute(
      world.db,
    );
    expect(open.rows).toEqual([{ secrets: 0, invitations: 0 }]);
    expect(world.node().hints).toContainEqual({ kind: "session_ended", memberId: rep });

    await reactivateMember(world.node(), admin, rep);
    expect(await showMember(world.db, workspaceId, rep)).toMatchObject({
      isActive: true,
      deactivatedAt: null,
      role: "rep",
    });
    const audit = await world.db
      .selectFrom("audit")
      .select(["action", "actor_id"])
      .where("subject_id", "=", rep)
      .orderBy("id")
      .execute();
    expect(audit).toEqual([
      { action: "member_deactivated", actor_id: admin.memberId },
      { action: "member_reactivated", actor_id: admin.memberId },
    ]);
  });

  it("leaves open chats: those whose visitor is there are asked for again, the others wait for the next words", async () => {
    const team = await setUp();
    const here = await talkWith(team, team.rep);
    const gone = await talkWith(team, team.rep);
    world.leave(gone.visitorId);
    await world.after(61);
    await deactivateMember(world.node(), team.admin, team.rep, null);
    expect(await world.conversation(here.id)).toMatchObject({ owner_id: null, epoch: 2, is_open: true });
    expect(await world.factKinds(here.id)).toEqual([
      "message",
      "rep_requested",
      "rep_joined",
      "rep_left",
      "rep_requested",
    ]);
    expect((await alerting(here.id)).map(({ repId }) => repId)).toEqual([team.colleague]);
    expect(await world.conversation(gone.id)).toMatchObject({ owner_id: null, epoch: 2, is_open: true });
    expect(await alerting(gone.id)).toEqual([]);
    expect(await world.why(team, here.id)).toContain("stepped_out rep1 NO_PERMISSION");
  });

  it("gives open chats to the colleague who was chosen, and to nobody who is not there", async () => {
    const team = await setUp();
    const { id } = await talkWith(team, team.rep);
    await world.leaveDesk(team.colleague);
    await expect(deactivateMember(world.node(), team.admin, team.rep, team.colleague)).rejects.toMatchObject({
      code: "unavailable",
    });
    expect(await standing(team.rep)).toMatchObject({ is_active: true });
    await world.arriveAtDesk(team, team.colleague);
    await deactivateMember(world.node(), team.admin, team.rep, team.colleague);
    expect(await world.conversation(id)).toMatchObject({ owner_id: team.colleague, epoch: 2 });
    expect((await world.factKinds(id)).slice(-1)).toEqual(["rep_joined"]);
  });

  it("is no longer asked: what rings goes on to the next, and a claim comes too late", async () => {
    const team = await setUp();
    const { id } = await world.startTalk(team);
    const [first] = await alerting(id);
    if (first?.repId !== team.rep) throw new Error("the rep should be asked first");
    await deactivateMember(world.node(), team.admin, team.rep, null);
    expect((await world.offers(id)).map(({ repId, state }) => [repId, state])).toEqual([
      [team.rep, "withdrawn"],
      [team.colleague, "alerting"],
    ]);
    expect(await world.accept(team, team.rep, first.id)).toEqual({ expired: true });
  });

  it("owns nothing afterwards, however a claim and the deactivation meet (ten times)", async () => {
    for (let round = 0; round < 10; round++) {
      const team = await setUp();
      const { id } = await world.startTalk(team);
      const [offer] = await alerting(id);
      if (offer === undefined) throw new Error("somebody should be asked");
      await Promise.allSettled([
        world.accept(team, team.rep, offer.id),
        deactivateMember(second, team.admin, team.rep, null),
      ]);
      expect((await world.conversation(id)).owner_id).toBe(null);
      expect((await alerting(id)).map(({ repId }) => repId)).toEqual([team.colleague]);
    }
  });

  it("is replaced by the clock where a process was stopped before it had handed everything over", async () => {
    const team = await setUp();
    const { id } = await talkWith(team, team.rep);
    await world.db.updateTable("members").set({ is_active: false }).where("id", "=", team.rep).execute();
    await lookAtRequests(world.node(), "all_but_vanished");
    expect((await world.conversation(id)).owner_id).toBe(null);
    expect((await alerting(id)).map(({ repId }) => repId)).toEqual([team.colleague]);
  });
});

describe("a role", () => {
  it("for meetings only hands over what is open; any change ends the links", async () => {
    const team = await setUp();
    const { id } = await talkWith(team, team.rep);
    const change = { role: "meetings_only", chatsTo: team.colleague } as const;
    await changeRole(world.node(), team.admin, team.rep, change);
    expect((await world.conversation(id)).owner_id).toBe(team.colleague);
    expect(await standing(team.rep)).toEqual({ role: "meetings_only", is_active: true });
    expect(world.node().hints).toContainEqual({ kind: "session_ended", memberId: team.rep });
    await changeRole(world.node(), team.admin, team.colleague, { role: "admin", chatsTo: null });
    expect((await world.conversation(id)).owner_id).toBe(team.colleague);
  });

  it("is changed by admins of this workspace only, who are so at that moment", async () => {
    const team = await setUp();
    const others = await setUp();
    const change = { role: "admin", chatsTo: null } as const;
    const asking = await signedIn(world.db, { memberId: team.colleague, workspaceId: team.workspaceId });
    await expect(changeRole(world.node(), asking, team.rep, change)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(changeRole(world.node(), others.admin, team.rep, change)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

/** The ten minutes that a proof counts for are over for everybody. */
const outlastProofs = () =>
  world.db
    .updateTable("sessions")
    .set({ proved_at: new Date(0) })
    .execute();
const proofNeeded = { code: "proof_needed" };

describe("who becomes an admin", () => {
  it("does so by somebody who has just proved who they are; all else needs no proof", async () => {
    const { admin, rep, colleague } = await setUp();
    await outlastProofs();
    const become = (id: MemberId, role: Role) => changeRole(world.node(), admin, id, { role, chatsTo: null });
    await expect(become(rep, "admin")).rejects.toMatchObject(proofNeeded);
    expect(await standing(rep)).toMatchObject({ role: "rep" });
    await become(rep, "meetings_only");
    await setRole(colleague, "admin");
    await deactivateMember(world.node(), admin, colleague, null);
    await expect(reactivateMember(world.node(), admin, colleague)).rejects.toMatchObject(proofNeeded);
    await noteProven(world.db, admin);
    await become(rep, "admin");
    await reactivateMember(world.node(), admin, colleague);
    expect(await standing(colleague)).toEqual({ role: "admin", is_active: true });
  });
});

describe("an admin no longer", () => {
  it("keeps the browser they sit at, and nothing that they let in: apps, phones, codes, invitations", async () => {
    const { admin, rep, workspaceId } = await setUp();
    await setRole(rep, "admin");
    const me = { memberId: rep, workspaceId };
    const here = await signedIn(world.db, me);
    await signedIn(world.db, me, "app");
    await signedIn(world.db, me, "phone");
    const [mark, id] = [hashToken(rep), newId<"invitation">()];
    const soon = sql<Date>`foyer_now() + interval '2 minutes'`;
    await world.db
      .insertInto("device_codes")
      .values({
        device_code_hash: mark,
        user_code_hash: mark,
        app_name: "An app",
        device: "",
        network_hash: mark,
        workspace_id: workspaceId,
        member_id: rep,
        state: "authorized",
        expires_at: soon,
      })
      .execute();
    await world.db
      .insertInto("phone_codes")
      .values({
        id: newId<"phone_code">(),
        secret_hash: mark,
        workspace_id: workspaceId,
        member_id: rep,
        session_id: here.sessionId,
        expires_at: soon,
      })
      .execute();
    await world.db
      .insertInto("invitations")
      .values({
        id,
        workspace_id: workspaceId,
        email: `${id}@team.example`,
        role: "admin",
        team_ids: [],
        token_hash: mark,
        invited_by: rep,
        expires_at: soon,
      })
      .execute();

    await changeRole(world.node(), admin, rep, { role: "rep", chatsTo: null });
    const left = await sql`
      select (select array_agg(kind) from sessions where member_id = ${rep}) as sessions,
        (select state from device_codes where member_id = ${rep}) as device_code,
        (select count(*)::int from phone_codes where member_id = ${rep}) as phone_codes,
        (select revoked_at is not null from invitations where id = ${id}) as is_revoked`.execute(world.db);
    expect(left.rows).toEqual([
      { sessions: ["password"], device_code: "denied", phone_codes: 0, is_revoked: true },
    ]);
  });
});

describe("teams", () => {
  it("have names of their own, and exactly the members that were chosen", async () => {
    const { admin, rep, colleague, workspaceId } = await setUp();
    const others = await setUp();
    const sales = await addTeam(world.db, admin, { name: "Sales", memberIds: [rep, others.rep] });
    expect(sales).toMatchObject({ name: "Sales", memberIds: [rep] });
    await expect(addTeam(world.db, admin, { name: "SALES", memberIds: [] })).rejects.toMatchObject({
      code: "taken",
    });
    const support = await addTeam(world.db, admin, { name: "Support", memberIds: [] });
    await expect(
      changeTeam(world.db, admin, support.id, { name: "sales", memberIds: [] }),
    ).rejects.toMatchObject({ code: "taken" });
    await changeTeam(world.db, admin, sales.id, { name: "Sales, all of it", memberIds: [colleague] });
    await setTeams(world.db, admin, rep, [support.id]);
    expect((await listTeams(world.db, workspaceId)).map(({ name, memberIds }) => [name, memberIds])).toEqual([
      ["Sales, all of it", [colleague]],
      ["Support", [rep]],
    ]);
    await removeTeam(world.db, admin, support.id);
    expect(await showMember(world.db, workspaceId, rep)).toMatchObject({ teamIds: [] });
    await expect(removeTeam(world.db, others.admin, sales.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("that a site names stay", async () => {
    const { admin, siteId } = await setUp();
    const team = await addTeam(world.db, admin, { name: "Sales", memberIds: [] });
    await world.db.updateTable("sites").set({ team_id: team.id }).where("id", "=", siteId).execute();
    await expect(removeTeam(world.db, admin, team.id)).rejects.toMatchObject({ code: "team_in_use" });
  });
});

it("a session that is used notes it once a minute, for itself and its member", async () => {
  const { rep, workspaceId } = await setUp();
  const { token } = await openSession(world.db, {
    workspaceId,
    memberId: rep,
    kind: "password",
    label: "Test",
  });
  const seenAt = async () => (await listMembers(world.db, workspaceId)).find(({ id }) => id === rep)?.seenAt;
  expect(await seenAt()).toBe(null);
  const use = () => createSessions({ db: world.db, cookie }).memberOfToken(token);
  await use();
  const first = world.now();
  await expect.poll(seenAt).toBe(first);
  await world.setClock(first + 59_000);
  await use();
  await world.setClock(first + 61_000);
  await use();
  await expect.poll(seenAt).toBe(first + 61_000);
});

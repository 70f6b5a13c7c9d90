import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InvitationId, TeamId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { prepareJobs } from "../../jobs/queue.ts";
import type { Bus } from "../../realtime/hints.ts";
import { createMember } from "../create-member.ts";
import { createWorkspace } from "../create-workspace.ts";
import { deactivateMember } from "../members/deactivate-member.ts";
import type { StandingDeps } from "../members/standing.ts";
import { addTeam, removeTeam } from "../members/teams.ts";
import { noteProven } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import { hashToken } from "../session-cookie.ts";
import { signedIn } from "../testing.ts";
import { invitationForAddress } from "./accept-through-provider.ts";
import { invitePeople, previewInvitations } from "./invite-people.ts";
import { joinWorkspace, lookAtInvitation } from "./join.ts";
import { listInvitations } from "./list-invitations.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { sendAgain } from "./send-again.ts";

const publicUrl = "https://foyer.example";
let database: TestDatabase;
let workspaceId: WorkspaceId;
let admin: MemberAccess;

beforeEach(async () => {
  database = await createTestDatabase();
  await prepareJobs(database.pool);
  workspaceId = await createWorkspace(database.db, { name: "Quiet Rooms" });
  const memberId = await addMember("imogen@rooms.example", "Imogen", "admin");
  admin = await signedIn(database.db, { memberId, workspaceId });
});
afterEach(() => database.close());

function addMember(email: string, firstName: string, role: Role, into = workspaceId) {
  return createMember(database.db, {
    workspaceId: into,
    email,
    role,
    firstName,
    lastName: "Hale",
    jobTitle: "Head of rooms",
    zone: "Europe/London",
  });
}

const deps = () => ({ db: database.db, publicUrl });
const invite = (text: string, role: Role = "rep", teamIds: TeamId[] = []) =>
  invitePeople(deps(), admin, { text, role, teamIds });
/** By address: the clock may pass a minute between two of them. */
const open = async () =>
  (await listInvitations(database.db, workspaceId)).sort((a, b) => (a.email < b.email ? -1 : 1));
const only = async () => {
  const [first] = await open();
  if (first === undefined) throw new Error("nobody is invited");
  return first;
};

/** The latest mail to this address, and the secret in it. */
async function mailTo(address: string) {
  const mail = await database.db
    .selectFrom("mails")
    .selectAll()
    .where("to_address", "=", address)
    .orderBy("created_at", "desc")
    .executeTakeFirstOrThrow();
  return { ...mail, secret: /\/console\/join#([\w-]{43})/.exec(mail.body_text)?.[1] ?? "" };
}

const join = (secret: string, more: { password?: string } = {}) =>
  joinWorkspace(
    { db: database.db, bus: { publish: () => undefined } },
    {
      secret,
      firstName: "Noor",
      lastName: "Haddad",
      password: "a long and quiet evening",
      zone: "Asia/Beirut",
      label: "Firefox on Linux",
      ...more,
    },
  );

/** The database's clock, moved on. */
const later = (interval: string) =>
  database.pool.query(
    `create or replace function foyer_now() returns timestamptz language sql volatile
     as 'select clock_timestamp() + interval ''${interval}'''`,
  );

async function audit() {
  const rows = await database.db
    .selectFrom("audit")
    .select(["action", "subject_name"])
    .where((or) => or.or([or("action", "!=", "signed_in"), or("actor_id", "!=", admin.memberId)]))
    .orderBy("id")
    .execute();
  return rows.map((row) => `${row.action} ${row.subject_name}`);
}

describe("inviting", () => {
  it("mails each a secret that the database holds as SHA-256 only, and says what happened", async () => {
    const team = await addTeam(database.db, admin, { name: "Sales", memberIds: [] });
    expect(await invite("noor@new.example\nboss@new.example,admin", "rep", [team.id])).toBe(2);
    const { secret, subject, body_text, body_html, reply_to } = await mailTo("noor@new.example");
    expect(subject).toBe("Imogen Hale invites you to join Quiet Rooms");
    expect(reply_to).toBe("imogen@rooms.example");
    for (const words of ["Quiet Rooms", "Imogen Hale", "Rep: you chat", "Sales", "Join Now", secret]) {
      expect(body_text).toContain(words);
      expect(body_html).toContain(words);
    }
    const { rows } = await database.pool.query(
      "select token_hash from invitations where email = 'noor@new.example'",
    );
    expect(rows).toEqual([{ token_hash: hashToken(secret) }]);
    expect(await open()).toMatchObject([
      { email: "boss@new.example", role: "admin", invitedBy: "Imogen Hale", state: "sent" },
      { email: "noor@new.example", role: "rep", teamIds: [team.id] },
    ]);
    expect(await audit()).toEqual([
      "team_added Sales",
      "member_invited boss@new.example",
      "member_invited noor@new.example",
    ]);
  });

  it("passes over whoever is here, was mailed a moment ago, or is no address, as the preview says", async () => {
    await addMember("zoe@rooms.example", "Zoe", "rep");
    await invite("fresh@new.example");
    const text = "ZOE@rooms.example\nfresh@new.example\nno address\nnoor@new.example";
    const { lines } = await previewInvitations(database.db, admin, { text, role: "rep", teamIds: [] });
    expect(lines.map(({ outcome }) => outcome)).toEqual(["member", "just_sent", "bad_address", "new"]);
    expect(await invite(text)).toBe(1);
    await later("2 minutes");
    expect(await invite(text, "meetings_only")).toBe(2);
    expect((await open()).map(({ email, role }) => `${email} ${role}`)).toEqual([
      "fresh@new.example meetings_only",
      "noor@new.example meetings_only",
    ]);
  });

  it("looks the same for an address that has an account elsewhere", async () => {
    const other = await createWorkspace(database.db, { name: "Others" });
    await addMember("taken@others.example", "Taken", "rep", other);
    const wish = { text: "taken@others.example", role: "rep", teamIds: [] } as const;
    expect(await previewInvitations(database.db, admin, wish)).toMatchObject({
      lines: [{ outcome: "new" }],
    });
    expect(await invite(wish.text)).toBe(1);
    expect(await only()).toMatchObject({ email: "taken@others.example", state: "sent" });
    const { secret } = await mailTo("taken@others.example");
    expect(await lookAtInvitation(database.db, secret, null)).toEqual({
      state: "elsewhere",
      company: "Quiet Rooms",
    });
    await expect(join(secret)).rejects.toMatchObject({ code: "expired" });
  });

  it("takes five hundred at a time and no more", async () => {
    const people = (count: number) =>
      Array.from({ length: count }, (_, index) => `n${index}@new.example`).join("\n");
    await expect(invite(people(501))).rejects.toMatchObject({ code: "too_large" });
    expect(await invite(people(500))).toBe(500);
    expect(await open()).toHaveLength(500);
  });

  it("by two admins with one list at once mails nobody twice", async () => {
    const ada = await addMember("ada@rooms.example", "Ada", "admin");
    const second = await signedIn(database.db, { memberId: ada, workspaceId });
    const wish = (text: string) => ({ text, role: "rep" as const, teamIds: [] });
    const sent = await Promise.all([
      invitePeople(deps(), admin, wish("a@new.example, b@new.example, c@new.example")),
      invitePeople(deps(), second, wish("c@new.example, b@new.example, a@new.example")),
    ]);
    expect(sent[0] + sent[1]).toBe(3);
    const { count } = await database.db
      .selectFrom("mails")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    expect(count).toBe(3);
  });

  it("is refused to who is no admin by now", async () => {
    await database.db.updateTable("members").set({ role: "rep" }).where("id", "=", admin.memberId).execute();
    await expect(invite("noor@new.example")).rejects.toMatchObject({ code: "forbidden" });
  });

  it("shows why a mail has not gone out, until it is sent again", async () => {
    await invite("noor@new.example");
    await database.db.updateTable("mails").set({ problem: "no such mailbox" }).execute();
    expect(await only()).toMatchObject({ state: "mail_problem", problem: "no such mailbox" });
    await later("2 minutes");
    await sendAgain(deps(), admin, (await only()).id);
    expect(await only()).toMatchObject({ state: "sent", problem: null });
    // The mail with the dead link is not sent any more.
    expect(await database.db.selectFrom("mails").select("dedupe").execute()).toHaveLength(1);
  });
});

describe("inviting an admin", () => {
  it("needs a proof of a moment ago, in a list and when it is sent again", async () => {
    await database.db
      .updateTable("sessions")
      .set({ proved_at: new Date(0) })
      .execute();
    const proofNeeded = { code: "proof_needed" };
    await expect(invite("me@elsewhere.example", "admin")).rejects.toMatchObject(proofNeeded);
    await expect(invite("noor@new.example\nme@elsewhere.example,admin")).rejects.toMatchObject(proofNeeded);
    expect(await open()).toEqual([]);
    expect(await invite("noor@new.example")).toBe(1);
    await noteProven(database.db, admin);
    expect(await invite("boss@new.example", "admin")).toBe(1);
    await database.db
      .updateTable("sessions")
      .set({ proved_at: new Date(0) })
      .execute();
    await later("2 minutes");
    const [boss, noor] = await open();
    await expect(sendAgain(deps(), admin, boss!.id)).rejects.toMatchObject(proofNeeded);
    await sendAgain(deps(), admin, noor!.id);
  });
});

describe("an open invitation", () => {
  let id: InvitationId;
  let secret: string;
  beforeEach(async () => {
    await invite("noor@new.example");
    id = (await only()).id;
    secret = (await mailTo("noor@new.example")).secret;
  });
  const state = async (of = secret) => (await lookAtInvitation(database.db, of, null)).state;

  it("shows whom one would join, as what", async () => {
    expect(await lookAtInvitation(database.db, secret, null)).toMatchObject({
      state: "open",
      company: "Quiet Rooms",
      inviter: { firstName: "Imogen", lastName: "Hale", photoUrl: null },
      email: "noor@new.example",
      role: "rep",
    });
    expect(await state("")).toBe("unknown");
    expect(await state(`${secret.slice(0, -1)}${secret.endsWith("A") ? "B" : "A"}`)).toBe("unknown");
  });

  it("sent again has a new link, good for seven days more, and the old one is dead", async () => {
    await expect(sendAgain(deps(), admin, id)).rejects.toMatchObject({ code: "too_many" });
    await later("6 days");
    await sendAgain(deps(), admin, id);
    const fresh = (await mailTo("noor@new.example")).secret;
    expect(await state()).toBe("unknown");
    await expect(join(secret)).rejects.toMatchObject({ code: "expired" });
    await later("12 days");
    expect(await state(fresh)).toBe("open");
    expect(await audit()).toEqual([
      "member_invited noor@new.example",
      "invitation_sent_again noor@new.example",
    ]);
  });

  it("can be sent again when it has run out, and then joined", async () => {
    await later("7 days");
    expect(await state()).toBe("expired");
    expect(await only()).toMatchObject({ state: "expired" });
    await expect(join(secret)).rejects.toMatchObject({ code: "expired" });
    await sendAgain(deps(), admin, id);
    expect(await join((await mailTo("noor@new.example")).secret)).toMatchObject({ workspaceId });
  });

  it("revoked leads nowhere, and its mail stays here if it has not gone out", async () => {
    await revokeInvitation(database.db, admin, id);
    expect(await state()).toBe("revoked");
    await expect(join(secret)).rejects.toMatchObject({ code: "expired" });
    await expect(sendAgain(deps(), admin, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeInvitation(database.db, admin, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await open()).toEqual([]);
    expect(await database.db.selectFrom("mails").select("id").execute()).toEqual([]);
    // The address can be invited anew.
    expect(await invite("noor@new.example")).toBe(1);
  });

  it("of somebody who is no admin any more leads nowhere, by its link or through the company's sign-in", async () => {
    await database.db.updateTable("members").set({ role: "rep" }).where("id", "=", admin.memberId).execute();
    expect(await state()).toBe("revoked");
    await expect(join(secret)).rejects.toMatchObject({ code: "expired" });
    expect(await invitationForAddress(database.db, workspaceId, "noor@new.example")).toBe(null);
  });

  it("is another workspace's to nobody", async () => {
    const other = await createWorkspace(database.db, { name: "Others" });
    const ada = await addMember("ada@others.example", "Ada", "admin", other);
    const stranger = await signedIn(database.db, { memberId: ada, workspaceId: other });
    await later("2 minutes");
    await expect(sendAgain(deps(), stranger, id)).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeInvitation(database.db, stranger, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await listInvitations(database.db, other)).toEqual([]);
    expect(await state()).toBe("open");
  });

  it("ends with the admin who sent it", async () => {
    const second = { memberId: await addMember("ada@rooms.example", "Ada", "admin"), workspaceId };
    // Nobody listens here, and no chat is open.
    const bus = { publish: () => undefined } as unknown as Bus;
    const routing = { withdraw: async () => undefined } as unknown as StandingDeps["routing"];
    await deactivateMember({ db: database.db, bus, routing }, second, admin.memberId, null);
    expect(await state()).toBe("revoked");
  });
});

describe("joining", () => {
  it("makes a member as invited, who has yet to confirm profile and zone, with a session", async () => {
    const team = await addTeam(database.db, admin, { name: "Sales", memberIds: [] });
    const gone = await addTeam(database.db, admin, { name: "Gone", memberIds: [] });
    await invite("Noor@new.example", "meetings_only", [team.id, gone.id]);
    await removeTeam(database.db, admin, gone.id);
    const { secret } = await mailTo("Noor@new.example");
    const { memberId, token } = await join(secret);
    const { db } = database;
    expect(
      await db.selectFrom("members").selectAll().where("id", "=", memberId).executeTakeFirstOrThrow(),
    ).toMatchObject({
      email: "Noor@new.example",
      role: "meetings_only",
      first_name: "Noor",
      zone: "Asia/Beirut",
      profile_confirmed_at: null,
      zone_confirmed_at: null,
      hours_confirmed_at: null,
    });
    expect(await db.selectFrom("team_members").select("team_id").execute()).toEqual([{ team_id: team.id }]);
    expect(
      await db
        .selectFrom("sessions")
        .select(["token_hash", "kind", "label"])
        .where("kind", "=", "invitation")
        .execute(),
    ).toEqual([{ token_hash: hashToken(token), kind: "invitation", label: "Firefox on Linux" }]);
    expect((await audit()).slice(-2)).toEqual(["member_joined Noor Haddad", "signed_in null"]);
    expect(await open()).toEqual([]);
  });

  it("works once: of two tabs at once one makes the member", async () => {
    await invite("noor@new.example");
    const { secret } = await mailTo("noor@new.example");
    const tabs = await Promise.allSettled(Array.from({ length: 6 }, () => join(secret)));
    expect(tabs.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const tab of tabs)
      if (tab.status === "rejected") expect(tab.reason).toMatchObject({ code: "expired" });
    expect((await lookAtInvitation(database.db, secret, null)).state).toBe("used");
    const rows = await database.db
      .selectFrom("members")
      .select("id")
      .where("email", "=", "noor@new.example")
      .execute();
    expect(rows).toHaveLength(1);
  });

  it("is refused when the address came in by another way meanwhile", async () => {
    await invite("noor@new.example");
    const { secret } = await mailTo("noor@new.example");
    await addMember("NOOR@new.example", "Noor", "rep");
    expect((await lookAtInvitation(database.db, secret, null)).state).toBe("member");
    await expect(join(secret)).rejects.toMatchObject({ code: "expired" });
    expect(await open()).toEqual([]);
  });

  it("asks for a password that is worth something, and the invitation stays good", async () => {
    await invite("noor@new.example");
    const { secret } = await mailTo("noor@new.example");
    for (const [password, reason] of [
      ["short", "too_short"],
      ["password123", "common"],
      ["quiet rooms", "about_you"],
    ] as const)
      await expect(join(secret, { password }), password).rejects.toMatchObject({
        code: "invalid_input",
        details: { field: "password", reason },
      });
    await join(secret);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MeetingTypeId } from "../../shared/model/ids.ts";
import type { MeetingType } from "../../shared/model/meeting-types.ts";
import type { BookingPageRouteAnswers } from "../../shared/protocol/booking-page-routes.ts";
import type { Answer } from "../../shared/protocol/errors.ts";
import type { LedgerLine } from "../../shared/protocol/meeting-routes.ts";
import type { BookedAnswer, HoldAnswer, SlotsAnswer } from "../../shared/protocol/visitor-routes.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { openRep, type RepLink, type SignedIn, signIn } from "../promises/test-rep.ts";
import { startTestWeb, type TestWeb } from "../promises/test-web.ts";
import { addWorkspace, type TestMember, type TestWorkspace } from "../promises/test-workspace.ts";

// Meeting types as an admin sets them up, and their public pages as somebody without any credential meets them; over HTTP.
let database: TestDatabase;
let web: TestWeb;
let workspace: TestWorkspace;
let others: TestWorkspace;
let admin: SignedIn;
let link: RepLink;

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
  web = await startTestWeb({ databaseUrl: database.url });
  workspace = await addWorkspace(database.db, { roles: ["admin", "rep", "rep"] });
  others = await addWorkspace(database.db, { name: "Other Ltd", roles: ["admin"] });
  admin = await signIn(web.url, member(0));
  link = await openRep(web.url, admin);
});
afterAll(async () => {
  link.close();
  await web.close();
  await database.close();
});

function member(index: number, of = workspace): TestMember {
  const found = of.members[index];
  if (found === undefined) throw new Error("so many were made");
  return found;
}

async function ask<T>(
  method: "GET" | "POST" | "PUT",
  path: string,
  body: object = {},
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const response = await fetch(web.url + path, {
    method,
    headers: { origin: web.url, "content-type": "application/json", ...headers },
    ...(method === "GET" ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Answer<T>; // Our own server's answer.
}
const asAdmin = <T>(method: "GET" | "POST" | "PUT", path: string, body: object = {}) =>
  ask<T>(method, path, body, { cookie: admin.cookie });

function wish(change: Partial<MeetingType> = {}): Omit<MeetingType, "id"> {
  return {
    slug: `talk-${randomUUID().slice(0, 8)}`,
    name: "A first talk",
    description: "Half an hour about your rooms.",
    durations: [30, 60],
    hosting: "round_robin",
    teamId: null,
    hosts: [1, 2].map((index) => ({ memberId: member(index).id, weight: 1, priority: 2 })),
    place: "none",
    questions: [{ id: "size", label: "How many desks?", kind: "line", choices: [], isRequired: true }],
    noticeMinutes: null,
    bufferMinutes: null,
    horizonDays: null,
    hours: null,
    reminders: [60, 1_440],
    isPublic: true,
    isForChat: false,
    ...change,
  };
}

async function add(change: Partial<MeetingType> = {}): Promise<MeetingType> {
  const answer = await asAdmin<{ type: MeetingType }>("POST", "/api/meeting-types", wish(change));
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.type;
}

type Page = BookingPageRouteAnswers["POST /visitor/booking-pages/:token"];

async function open(slug: string) {
  const page = await ask<Page>("POST", `/visitor/booking-pages/${slug}`);
  if (!page.ok) throw new Error(`refused: ${page.code}`);
  return page;
}
const slotsOf = (slug: string, guest: string, more = "") =>
  ask<SlotsAnswer>(
    "GET",
    `/visitor/booking-pages/${slug}/slots?guest=${encodeURIComponent(guest)}&host=any${more}`,
  );

async function hold(slug: string, guest: string, at = 4) {
  const slots = await slotsOf(slug, guest);
  if (!slots.ok) throw new Error(`refused: ${slots.code}`);
  const startAt = decodeSlots(slots.slots)[at] ?? 0;
  const body = { guest, host: "any", startAt, offer: slots.offer };
  return { startAt, held: await ask<HoldAnswer>("POST", `/visitor/booking-pages/${slug}/holds`, body) };
}

const form = (email = `${randomUUID()}@example.org`) => ({
  key: randomUUID(),
  name: "Gustava Guest",
  email,
  note: "",
  zone: "UTC",
  answers: [{ id: "size", answer: "about 40" }],
});

describe("a meeting type", () => {
  it("is added, changed and removed by an admin; open consoles hear of it, the audit log has it", async () => {
    const before = link.heard.length;
    const type = await add();
    expect(type).toMatchObject({ reminders: [1_440, 60], hosts: [{ weight: 1 }, { weight: 1 }] });
    await link.hear("settings:changed", ({ of }) => of === "meeting_types");
    const changed = await asAdmin<{ type: MeetingType }>("PUT", `/api/meeting-types/${type.id}`, {
      ...wish(),
      name: "A longer talk",
    });
    expect(changed).toMatchObject({ ok: true, type: { id: type.id, name: "A longer talk" } });
    const listed = await asAdmin<{ types: MeetingType[] }>("GET", "/api/meeting-types");
    expect(listed.ok && listed.types.map(({ id }) => id)).toContain(type.id);
    expect((await asAdmin("POST", `/api/meeting-types/${type.id}/remove`)).ok).toBe(true);
    for (const [method, path] of [
      ["PUT", ""],
      ["POST", "/remove"],
      ["GET", "/ledger"],
    ] as const)
      expect(await asAdmin(method, `/api/meeting-types/${type.id}${path}`, wish())).toMatchObject({
        code: "not_found",
      });
    const heard = link.heard.slice(before).filter(({ event }) => event === "settings:changed");
    expect(heard).toHaveLength(3);
    const lines = await database.db
      .selectFrom("audit")
      .select("action")
      .where("subject_id", "=", type.id)
      .orderBy("id")
      .execute();
    expect(lines.map(({ action }) => action).sort()).toEqual([
      "meeting_type_added",
      "meeting_type_changed",
      "meeting_type_removed",
    ]);
  });

  it("has a public address that no other of this Foyer has, at the same moment too; a removed one leaves it", async () => {
    const { slug, id } = await add();
    const theirs = await signIn(web.url, member(0, others));
    const asThem = (body: object) => ask("POST", "/api/meeting-types", body, { cookie: theirs.cookie });
    const ofThem = (change: Partial<MeetingType>) =>
      wish({ hosts: [{ memberId: member(0, others).id, weight: 1, priority: 2 }], ...change });
    expect(await asThem(ofThem({ slug }))).toMatchObject({ code: "taken" });
    expect(await asAdmin("POST", "/api/meeting-types", wish({ slug }))).toMatchObject({ code: "taken" });
    // Without a public page it is nobody's to know of.
    expect(await asThem(ofThem({ slug, isPublic: false }))).toMatchObject({ ok: true });
    expect((await asAdmin("PUT", `/api/meeting-types/${id}`, wish({ slug }))).ok).toBe(true);
    await asAdmin("POST", `/api/meeting-types/${id}/remove`);
    const both = await Promise.all([
      asThem(ofThem({ slug })),
      asAdmin("POST", "/api/meeting-types", wish({ slug })),
    ]);
    expect(both.map((one) => (one.ok ? "ok" : one.code)).sort()).toEqual(["ok", "taken"]);
  });

  it("is for the chat alone: another one stops being it", async () => {
    const [first, second] = [await add({ isForChat: true }), await add({ isForChat: true })];
    const listed = await asAdmin<{ types: MeetingType[] }>("GET", "/api/meeting-types");
    const forChat = listed.ok ? listed.types.filter(({ isForChat }) => isForChat) : [];
    expect(forChat.map(({ id }) => id)).toEqual([second.id]);
    for (const { id } of [first, second]) await asAdmin("POST", `/api/meeting-types/${id}/remove`);
  });

  it.each([
    ["hosts", { hosts: [] }],
    ["hosts", { hosting: "one" }],
    ["hosts", { hosting: "collective", hosts: [{ memberId: "0", weight: 1, priority: 2 }] }],
    ["hosts", { hosts: [{ memberId: "stranger", weight: 1, priority: 2 }] }],
    ["teamId", { hosting: "collective", teamId: randomUUID() }],
    ["teamId", { teamId: randomUUID(), hosts: [] }],
    ["durations", { durations: [30, 30] }],
    ["questions", { questions: [{ id: "a", label: "?", kind: "choice", choices: [], isRequired: true }] }],
    ["slug", { slug: "Not A Slug" }],
    ["reminders", { reminders: [60, 60] }],
  ] as const)("is refused with the field that does not go with the others: %s", async (field, change) => {
    const hosts = "hosts" in change ? change.hosts : undefined;
    const named = hosts?.map((host) => ({
      ...host,
      memberId: host.memberId === "0" ? member(1).id : member(0, others).id,
    }));
    const body = { ...wish(), ...change, ...(named === undefined ? {} : { hosts: named }) };
    const answer = await asAdmin("POST", "/api/meeting-types", body);
    expect(answer).toMatchObject({ ok: false, code: "invalid_input", field });
  });

  it("keeps a host who was deactivated, takes nobody new who is; counts turns anew when weights change", async () => {
    const type = await add();
    const gone = member(2).id;
    const setActive = (is_active: boolean) =>
      database.db.updateTable("members").set({ is_active }).where("id", "=", gone).execute();
    await setActive(false);
    const countedFrom = async () =>
      (
        await database.db
          .selectFrom("meeting_types")
          .select("counted_from")
          .where("id", "=", type.id)
          .executeTakeFirstOrThrow()
      ).counted_from.getTime();
    const before = await countedFrom();
    expect((await asAdmin("PUT", `/api/meeting-types/${type.id}`, wish())).ok).toBe(true);
    expect(await countedFrom()).toBe(before);
    expect(await asAdmin("POST", "/api/meeting-types", wish())).toMatchObject({ field: "hosts" });
    const ledger = await asAdmin<{ lines: LedgerLine[] }>("GET", `/api/meeting-types/${type.id}/ledger`);
    expect(ledger.ok && ledger.lines.map(({ memberId }) => memberId)).toEqual([member(1).id]);
    await setActive(true);
    const hosts = wish().hosts.map((host) => ({ ...host, weight: 3 }));
    await asAdmin("PUT", `/api/meeting-types/${type.id}`, wish({ hosts }));
    expect(await countedFrom()).toBeGreaterThan(before);
  });

  it("goes by a team's turns; that team cannot be removed meanwhile", async () => {
    const made = await asAdmin<{ team: { id: never } }>("POST", "/api/teams", {
      name: `Team ${randomUUID()}`,
      memberIds: [member(2).id],
    });
    if (!made.ok) throw new Error("no team");
    const type = await add({ teamId: made.team.id, hosts: [] });
    expect((await open(type.slug)).hosts.map(({ id }) => id)).toEqual([member(2).id]);
    const remove = () => asAdmin("POST", `/api/teams/${made.team.id}/delete`);
    expect(await remove()).toMatchObject({ code: "team_in_use" });
    await asAdmin("POST", `/api/meeting-types/${type.id}/remove`);
    expect((await remove()).ok).toBe(true);
  });

  it("comes with two settings: days for the owner, which admins set, and everybody's own limit of a day", async () => {
    expect(await asAdmin("GET", "/api/meeting-settings")).toMatchObject({ ownerFirstDays: 14 });
    expect(await asAdmin("PUT", "/api/meeting-settings", { ownerFirstDays: 3 })).toMatchObject({ ok: true });
    expect(await asAdmin("GET", "/api/meeting-settings")).toMatchObject({ ownerFirstDays: 3 });
    expect(await asAdmin("GET", "/api/me/meeting-limit")).toMatchObject({ perDay: null });
    expect(await asAdmin("PUT", "/api/me/meeting-limit", { perDay: 4 })).toMatchObject({ perDay: 4 });
    expect(await asAdmin("GET", "/api/me/meeting-limit")).toMatchObject({ perDay: 4 });
    await asAdmin("PUT", "/api/me/meeting-limit", { perDay: null });
  });
});

describe("a public booking page", () => {
  it("leads from nothing but its address to a meeting, with the link to change it", async () => {
    const { slug, id } = await add();
    const page = await open(slug);
    expect(page).toMatchObject({
      company: { companyName: "Testing Ltd", logoUrl: null },
      type: { id, slug, durations: [30, 60], questions: [{ label: "How many desks?" }] },
    });
    expect(page.hosts).toHaveLength(2);
    const long = await slotsOf(slug, page.guest, "&duration=60");
    expect(long).toMatchObject({ durationMinutes: 60, type: { id } });
    const { held, startAt } = await hold(slug, page.guest);
    if (!held.ok) throw new Error(held.code);
    const body = { ...form(), guest: page.guest, holdId: held.holdId };
    const booked = await ask<BookedAnswer>("POST", `/visitor/booking-pages/${slug}/meetings`, body);
    expect(booked).toMatchObject({
      ok: true,
      meeting: {
        startAt,
        typeName: "A first talk",
        answers: [{ label: "How many desks?", answer: "about 40" }],
      },
    });
    // A lost answer is asked for again.
    expect(await ask("POST", `/visitor/booking-pages/${slug}/meetings`, body)).toEqual(booked);
    const token = booked.ok ? booked.manageUrl?.split("/").at(-1) : undefined;
    const managed = await ask("GET", `/visitor/meeting-links/${token}`);
    expect(managed).toMatchObject({
      ok: true,
      meeting: { startAt },
      company: { companyName: "Testing Ltd" },
    });
    expect(await ask<SlotsAnswer>("GET", `/visitor/meeting-links/${token}/slots`)).toMatchObject({
      ok: true,
    });
  });

  it("shows of its hosts what visitors see, and nothing else of the company", async () => {
    const { slug } = await add();
    const page = await open(slug);
    expect(Object.keys(page).sort()).toEqual(["company", "guest", "hosts", "ok", "type"]);
    expect(Object.keys(page.type).sort()).toEqual(
      ["description", "durations", "hosting", "id", "name", "place", "questions", "slug"].sort(),
    );
    for (const host of page.hosts)
      expect(Object.keys(host).sort()).toEqual(
        ["firstName", "id", "jobTitle", "lastName", "photoUrl", "presence"].sort(),
      );
    expect(JSON.stringify(page)).not.toContain("@");
  });

  it("that is not public, was removed, or never was is the same nothing", async () => {
    const hidden = await add({ isPublic: false });
    const removed = await add();
    const { guest } = await open(removed.slug);
    await asAdmin("POST", `/api/meeting-types/${removed.id}/remove`);
    const answers = [];
    for (const slug of [hidden.slug, removed.slug, "never-was"]) {
      const body = { guest, host: "any", startAt: 0, offer: "" };
      answers.push([
        await ask("POST", `/visitor/booking-pages/${slug}`),
        await slotsOf(slug, guest),
        await ask("POST", `/visitor/booking-pages/${slug}/holds`, body),
      ]);
    }
    expect(answers[0]).toEqual(answers[2]);
    expect(answers[1]).toEqual(answers[2]);
    expect(answers[2]).toMatchObject([{ code: "not_found" }, { code: "not_found" }, { code: "not_found" }]);
  });

  it("takes a guest's word for its own page and its own holds only", async () => {
    const [one, other] = [await add(), await add()];
    const [guest, second] = [(await open(one.slug)).guest, (await open(one.slug)).guest];
    expect(await slotsOf(other.slug, guest)).toMatchObject({ code: "bad_signature" });
    expect(await slotsOf(one.slug, `${guest}x`)).toMatchObject({ code: "bad_signature" });
    const { held } = await hold(one.slug, guest, 20);
    if (!held.ok) throw new Error(held.code);
    const path = `/visitor/booking-pages/${one.slug}`;
    const theirs = { guest: second, holdId: held.holdId };
    expect(await ask("POST", `${path}/meetings`, { ...form(), ...theirs })).toMatchObject({
      code: "expired",
    });
    await ask("POST", `${path}/holds/release`, theirs);
    const mine = await ask("POST", `${path}/meetings`, { ...form(), ...theirs, guest });
    expect(mine).toMatchObject({ ok: true });
  });

  it("books for an address that we know as if we did not: no conversation, no visitor, nothing of them shown", async () => {
    const { slug, id } = await add();
    const { guest } = await open(slug);
    const { held } = await hold(slug, guest, 30);
    if (!held.ok) throw new Error(held.code);
    const email = "known@example.org";
    await database.db
      .insertInto("visitors")
      .values({
        id: randomUUID() as never,
        workspace_id: workspace.id,
        site_id: workspace.siteId,
        secret_hash: Buffer.alloc(32, 7),
        name: "Somebody Known",
        email,
        device: JSON.stringify({ kind: "desktop", browser: "Test", os: "Test" }),
      })
      .execute();
    const body = { ...form(email), guest, holdId: held.holdId };
    const booked = await ask<BookedAnswer>("POST", `/visitor/booking-pages/${slug}/meetings`, body);
    expect(JSON.stringify(booked)).not.toContain("Somebody Known");
    const rows = await database.db
      .selectFrom("meetings")
      .select(["visitor_id", "conversation_id", "guest_name"])
      .where("type_id", "=", id as MeetingTypeId)
      .execute();
    expect(rows).toEqual([{ visitor_id: null, conversation_id: null, guest_name: "Gustava Guest" }]);
  });
});

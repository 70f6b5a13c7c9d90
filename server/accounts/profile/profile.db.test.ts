import { once } from "node:events";
import { request as httpRequest } from "node:http";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limits } from "../../../shared/protocol/limits.ts";
import type { MyProfile } from "../../../shared/protocol/profile-routes.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { signIn } from "../../promises/test-rep.ts";
import { startTestWeb, type TestWeb } from "../../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";
import { sweep } from "../sweep.ts";
import { buildPhotoProgram } from "./testing.ts";
import { quartersAs } from "./testing-pictures.ts";

let database: TestDatabase;
let web: TestWeb;
let workspace: TestWorkspace;
let program: Awaited<ReturnType<typeof buildPhotoProgram>>;
let cookies: string[];
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 4 });
  program = await buildPhotoProgram();
  web = await startTestWeb({ databaseUrl: database.url, photoProgram: program.url });
  workspace = await addWorkspace(database.db, { roles: ["admin", "rep", "meetings_only", "rep"] });
  cookies = await Promise.all(
    workspace.members.map(async (member) => (await signIn(web.url, member)).cookie),
  );
});
afterAll(async () => {
  await web.close();
  await database.close();
  await program.remove();
});

const typed = {
  firstName: "Zoë",
  lastName: "Brückenhauser",
  jobTitle: "Acoustics 🎧",
  phone: "",
  phoneExtension: "",
  zone: "Europe/Berlin",
  language: "en-GB",
  movesHours: false,
};

async function ask(member: number, method: string, path: string, body?: object) {
  const response = await fetch(`${web.url}${path}`, {
    method,
    headers: { cookie: cookies[member] ?? "", origin: web.url, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as { ok: boolean; code?: string; field?: string; profile: MyProfile };
}

type Upload = { member?: number; type?: string; query?: string; origin?: string | null; cookie?: string };

async function upload(
  bytes: Buffer,
  { member = 1, type = "image/png", query = "", ...headers }: Upload = {},
) {
  const response = await fetch(`${web.url}/api/me/photo${query}`, {
    method: "POST",
    headers: {
      cookie: headers.cookie ?? cookies[member] ?? "",
      "content-type": type,
      ...(headers.origin === null ? {} : { origin: headers.origin ?? web.url }),
    },
    body: new Uint8Array(bytes),
  });
  const answer = (await response.json()) as {
    ok: boolean;
    code?: string;
    photo?: string;
    profile: MyProfile;
  };
  return { status: response.status, ...answer };
}

const png = async () => (await quartersAs()).png().toBuffer();
const photos = async () => (await database.pool.query("select id from photos")).rows.length;

describe("a profile", () => {
  it("is saved, confirmed and written down", async () => {
    const { profile } = await ask(1, "PUT", "/api/me/profile", {
      ...typed,
      phone: "030 901820",
      phoneExtension: "12",
    });
    expect(profile).toMatchObject({
      firstName: "Zoë",
      jobTitle: "Acoustics 🎧",
      phone: "+49 30 901820",
      phoneExtension: "12",
      zone: "Europe/Berlin",
      language: "en-GB",
      email: workspace.members[1]?.email,
      hoursZone: "UTC",
    });
    expect(profile.profileConfirmedAt).toEqual(expect.any(Number));
    const { rows } = await database.pool.query(
      "select action, subject_id, details from audit where actor_id = $1 and action = 'member_changed'",
      [workspace.members[1]?.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ subject_id: workspace.members[1]?.id });
    expect(JSON.stringify(rows[0])).not.toContain("901820");
    expect((await ask(1, "GET", "/api/me/profile")).profile).toEqual(profile);
  });

  it("takes the meeting hours along when the person says so, with the clock times they had", async () => {
    expect((await ask(1, "PUT", "/api/me/profile", { ...typed, movesHours: true })).profile.hoursZone).toBe(
      "Europe/Berlin",
    );
    const { rows } = await database.pool.query("select hours from members where id = $1", [
      workspace.members[1]?.id,
    ]);
    expect(rows[0]?.hours).toMatchObject({ zone: "Europe/Berlin", durationMinutes: 30 });
  });

  it("loses what tricks the eye, and needs a first name", async () => {
    const { profile } = await ask(1, "PUT", "/api/me/profile", {
      ...typed,
      jobTitle: " \u202eecivda\u2066 \n 🎧 ",
      lastName: "",
    });
    expect([profile.jobTitle, profile.lastName]).toEqual(["ecivda 🎧", ""]);
    expect(await ask(1, "PUT", "/api/me/profile", { ...typed, firstName: " \u202e " })).toMatchObject({
      code: "invalid_input",
      field: "firstName",
    });
  });

  it("refuses a phone, a zone or a language that is none", async () => {
    for (const [field, value] of [
      ["phone", "call me"],
      ["phoneExtension", "ext 12"],
      ["zone", "Europe/Atlantis"],
      ["language", "english"],
    ] as const) {
      expect(await ask(1, "PUT", "/api/me/profile", { ...typed, [field]: value }), field).toMatchObject({
        ok: false,
        code: "invalid_input",
        field,
      });
    }
  });

  it("is every member's own, also of one who is only booked", async () => {
    expect(
      (await ask(2, "PUT", "/api/me/profile", { ...typed, firstName: "Booked" })).profile.firstName,
    ).toBe("Booked");
    expect((await ask(1, "GET", "/api/me/profile")).profile.firstName).not.toBe("Booked");
  });
});

describe("an uploaded photo", () => {
  it("is shown under a new address each time; the old one stays 60 days for mails that show it", async () => {
    const first = await upload(await png());
    expect(first).toMatchObject({ status: 200, ok: true });
    const second = await upload(await png(), { query: "?left=10&top=10&side=100" });
    expect(second.profile.photoUrl).not.toBe(first.profile.photoUrl);
    expect(await photos()).toBe(2);
    const shown = await fetch(`${web.url}${second.profile.photoUrl}`);
    expect(shown.headers.get("cache-control")).toContain("immutable");
    expect((await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).width).toBe(512);
    expect((await fetch(`${web.url}${first.profile.photoUrl}`)).status).toBe(200);
    const replaced = (days: number) =>
      database.pool.query(
        "update photos set replaced_at = foyer_now() - make_interval(days => $1) where replaced_at is not null",
        [days],
      );
    await replaced(59);
    await sweep(database.db);
    expect(await photos()).toBe(2);
    await replaced(61);
    await sweep(database.db);
    expect(await photos()).toBe(1);
    expect((await fetch(`${web.url}${first.profile.photoUrl}`)).status).toBe(404);
    expect((await fetch(`${web.url}${second.profile.photoUrl}`)).status).toBe(200);
    expect((await ask(1, "POST", "/api/me/photo/remove", {})).profile.photoUrl).toBe(null);
    await replaced(61);
    await sweep(database.db);
    expect(await photos()).toBe(0);
  });

  it("stays while the workspace shows it as its logo", async () => {
    const { profile } = await upload(await png());
    await database.pool.query(
      "update workspaces set logo_id = (select photo_id from members where id = $1)",
      [profile.id],
    );
    await ask(1, "POST", "/api/me/photo/remove", {});
    await database.pool.query("update photos set replaced_at = foyer_now() - interval '61 days'");
    await sweep(database.db);
    expect(await photos()).toBe(1);
    await database.pool.query("update workspaces set logo_id = null");
    await database.pool.query("delete from photos");
  });

  it("is refused with a reason that a person can act on", async () => {
    const gif = await (await quartersAs()).gif().toBuffer();
    expect(await upload(gif)).toMatchObject({ status: 422, code: "photo_refused", photo: "not_a_photo" });
    expect(await upload(gif, { type: "image/gif" })).toMatchObject({ photo: "not_a_photo" });
    expect(await upload((await png()).subarray(0, 200))).toMatchObject({ photo: "broken" });
    expect(await upload(Buffer.alloc(limits.photoBytes + 1))).toMatchObject({
      status: 422,
      photo: "too_large",
    });
    expect(await upload(await png(), { query: "?left=-1&top=0&side=5" })).toMatchObject({
      code: "invalid_input",
    });
    expect(await photos()).toBe(0);
  });

  it("is taken from members on our own page only", async () => {
    expect(await upload(await png(), { cookie: "foyer=nothing" })).toMatchObject({ status: 401 });
    expect(await upload(await png(), { origin: "https://elsewhere.example" })).toMatchObject({ status: 403 });
    expect(await upload(await png(), { origin: null })).toMatchObject({ status: 403 });
  });

  it("that never ends is cut off at the limit, whatever its length was said to be", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${web.url}/api/me/photo`, {
        method: "POST",
        headers: {
          cookie: cookies[1] ?? "",
          origin: web.url,
          "content-type": "image/png",
          "transfer-encoding": "chunked",
        },
      });
      const part = Buffer.alloc(1_048_576);
      let isAnswered = false;
      request.once("response", (response) => {
        isAnswered = true;
        response.resume();
        resolve(response.statusCode);
        request.destroy();
      });
      request.once("error", (error) => (isAnswered ? undefined : reject(error)));
      const push = () => {
        if (!isAnswered) request.write(part, push);
      };
      push();
    });
    expect(status).toBe(422);
  });

  it("that comes slowly keeps its own member from sending another, and nobody else", async () => {
    const crowd = await addWorkspace(database.db, { roles: ["rep", "rep", "rep", "rep"] });
    const crowdCookies = await Promise.all(
      crowd.members.map(async (member) => (await signIn(web.url, member)).cookie),
    );
    const slow = await Promise.all(
      crowdCookies.map(async (cookie) => {
        const length = { "content-type": "image/png", "content-length": "1000", expect: "100-continue" };
        const headers = { cookie, origin: web.url, ...length };
        const request = httpRequest(`${web.url}/api/me/photo`, { method: "POST", headers });
        request.on("error", () => undefined); // We end it ourselves.
        request.flushHeaders();
        await once(request, "continue"); // The server has it.
        request.write("a little");
        return request;
      }),
    );
    // Each of the four is under way once another one is refused.
    for (const cookie of crowdCookies)
      await expect.poll(async () => (await upload(Buffer.from("no picture"), { cookie })).status).toBe(429);
    expect(await upload(await png())).toMatchObject({ status: 200, ok: true });
    for (const request of slow) request.destroy();
    await expect.poll(async () => (await upload(await png(), { cookie: crowdCookies[0]! })).status).toBe(200);
    await database.pool.query("update members set photo_id = null");
    await database.pool.query("delete from photos");
  });

  it("may be tried so often, and no more", async () => {
    const answers = [];
    for (let round = 0; round < 31; round += 1)
      answers.push(await upload(Buffer.from("no picture"), { member: 3 }));
    expect(answers.at(-1)).toMatchObject({ status: 429, code: "too_many" });
  });
});

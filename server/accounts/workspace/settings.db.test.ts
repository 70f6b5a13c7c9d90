import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SiteLook } from "../../../shared/protocol/site-look.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { prepareJobs } from "../../jobs/queue.ts";
import { createLog } from "../../log.ts";
import { beat } from "../../promises/test-visitor.ts";
import { startTestWeb } from "../../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";
import { createSightings } from "../../visitors/sightings.ts";
import { createPhotoStudio, type PhotoStudio } from "../profile/photo-studio.ts";
import { buildPhotoProgram } from "../profile/testing.ts";
import { readPhoto } from "../read-photo.ts";
import { changeLogo, changeRetention, changeWorkspace } from "./change-workspace.ts";
import { mailBrand } from "./mail-brand.ts";
import { showWorkspace } from "./show-workspace.ts";
import { addSite, changeSite, listSites, removeSite } from "./sites.ts";
import { signedInAs } from "./testing.ts";

let program: Awaited<ReturnType<typeof buildPhotoProgram>>;
let studio: PhotoStudio;
beforeAll(async () => {
  program = await buildPhotoProgram();
  studio = createPhotoStudio({ program: program.url });
});
afterAll(() => program.remove());

let database: TestDatabase;
let ours: TestWorkspace;
let others: TestWorkspace;

beforeEach(async () => {
  database = await createTestDatabase();
  ours = await addWorkspace(database.db, { name: "Quiet Rooms", roles: ["admin", "rep"] });
  others = await addWorkspace(database.db, { name: "Others Ltd", roles: ["admin"] });
});
afterEach(() => database.close());

const admin = () => ({ workspaceId: ours.id, memberId: ours.members[0]!.id });
const deps = () => ({ db: database.db, announceSites: () => undefined });
const logoDeps = () => ({ db: database.db, studio });
const look: SiteLook = { color: "#112233", position: "left", companyName: "Quiet" };

async function auditLines() {
  const { rows } = await database.pool.query("select action, subject_name, details from audit order by id");
  return rows;
}

describe("a workspace", () => {
  it("has a name and a colour that mails bear, and every change is noted", async () => {
    await changeWorkspace(database.db, admin(), { name: "Loud Rooms", color: "#aa3311" });
    await changeWorkspace(database.db, admin(), { name: "Loud Rooms", color: "#aa3311" });
    expect(await mailBrand(database.db, { publicUrl: "https://chat.example.com" }, ours.id)).toEqual({
      companyName: "Loud Rooms",
      color: "#aa3311",
      logoUrl: null,
    });
    expect(await auditLines()).toEqual([
      {
        action: "workspace_changed",
        subject_name: "Loud Rooms",
        details: { nameBefore: "Quiet Rooms", name: "Loud Rooms", color: "#aa3311" },
      },
    ]);
    const publicUrl = "https://chat.example.com";
    await prepareJobs(database.pool);
    const member = await signedInAs(database.db, ours);
    const keep = (days: number | null) => changeRetention({ db: database.db, publicUrl }, member, days);
    await keep(90);
    // Fewer days take something away for good; more do not.
    await database.pool.query("update sessions set proved_at = now() - interval '1 hour'");
    await expect(keep(30)).rejects.toMatchObject({ code: "proof_needed" });
    expect((await showWorkspace(database.db, ours.id)).retentionDays).toBe(90);
    await keep(365);
    await keep(null);
    await expect(keep(365)).rejects.toMatchObject({ code: "proof_needed" });
    await database.pool.query("update sessions set proved_at = now()");
    await keep(90);
    const { rows: mails } = await database.pool.query("select to_address, subject from mails");
    expect(mails).toEqual([
      { to_address: ours.members[0]!.email, subject: "Loud Rooms keeps closed conversations for 90 days" },
      { to_address: ours.members[0]!.email, subject: "Loud Rooms keeps closed conversations for 90 days" },
    ]);
    expect((await showWorkspace(database.db, ours.id)).retentionDays).toBe(90);
    expect((await showWorkspace(database.db, others.id)).retentionDays).toBe(null);
  });

  it("has a logo in its own shape, re-encoded; the one before stays for mails that show it", async () => {
    const wide = await sharp({ create: { width: 600, height: 150, channels: 4, background: "#ff000080" } })
      .png()
      .toBuffer();
    await changeLogo(logoDeps(), admin(), wide);
    const { logoUrl } = await showWorkspace(database.db, ours.id);
    const id = /^\/photos\/([0-9a-f-]{36})\/large\.webp$/.exec(logoUrl ?? "")?.[1];
    const drawn = await readPhoto(database.db, id as never, "large");
    expect(await sharp(drawn!).metadata()).toMatchObject({
      format: "webp",
      width: 512,
      height: 128,
      hasAlpha: true,
    });
    await changeLogo(logoDeps(), admin(), wide);
    await changeLogo(logoDeps(), admin(), null);
    expect((await showWorkspace(database.db, ours.id)).logoUrl).toBe(null);
    const { rows } = await database.pool.query("select replaced_at is null as is_shown from photos");
    expect(rows).toEqual([{ is_shown: false }, { is_shown: false }]);
    for (const bad of [Buffer.from("<svg/>"), Buffer.from("GIF89a..."), wide.subarray(0, 60)])
      await expect(changeLogo(logoDeps(), admin(), bad)).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("sites", () => {
  it("are added with the workspace's look, changed, and removed; another workspace sees none of it", async () => {
    const site = await addSite(database.db, admin(), { name: "Shop", origin: "https://new.example" });
    expect(site.look).toEqual({ color: "#3b5bdb", position: "right", companyName: "Quiet Rooms" });
    const rep = ours.members[1]!.id;
    const change = {
      name: "Our shop",
      origins: ["https://new.example", "https://www.new.example", "https://new.example"],
      look,
      greeting: { text: "Hello", afterSeconds: 5, memberId: rep },
    };
    const changed = await changeSite(deps(), admin(), site.id, change);
    expect(changed).toMatchObject({ ...change, origins: ["https://new.example", "https://www.new.example"] });
    const stranger = { workspaceId: others.id, memberId: others.members[0]!.id };
    const refused = { code: "not_found" };
    await expect(changeSite(deps(), stranger, site.id, change)).rejects.toMatchObject(refused);
    await expect(removeSite(deps(), stranger, site.id)).rejects.toMatchObject(refused);
    await expect(
      changeSite(deps(), admin(), site.id, {
        ...change,
        greeting: { ...change.greeting, memberId: others.members[0]!.id },
      }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await removeSite(deps(), admin(), site.id);
    await expect(changeSite(deps(), admin(), site.id, change)).rejects.toMatchObject(refused);
    expect((await listSites(database.db, admin())).map(({ id }) => id)).toEqual([ours.siteId]);
    expect((await auditLines()).map(({ action, details }) => [action, details])).toEqual([
      ["site_added", { origin: "https://new.example" }],
      ["site_changed", { nameBefore: "Shop", originsAdded: "https://www.new.example" }],
      ["site_removed", {}],
    ]);
  });

  it("show in running processes at once, and nothing once removed", async () => {
    const web = await startTestWeb({ databaseUrl: database.url });
    try {
      await beat(web.url, ours.siteKey, "hello", null, "https://other.example/");
      const session = await fetch(`${web.url}/api/session`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: web.url },
        body: JSON.stringify(ours.members[0]),
      });
      const cookie = session.headers.get("set-cookie")!.split(";")[0]!;
      const ask = (method: string, path: string, body: object) =>
        fetch(web.url + path, {
          method,
          headers: { cookie, origin: web.url, "content-type": "application/json" },
          body: JSON.stringify(body),
        });
      const origins = ["https://other.example"];
      await ask("PUT", `/api/sites/${ours.siteId}`, { name: "Shop", origins, look, greeting: null });
      await beat(web.url, ours.siteKey, "hello", null, "https://other.example/new");
      await expect
        .poll(async () => (await listSites(database.db, admin()))[0]?.seen)
        .toMatchObject({ path: "/new" });
      await ask("POST", `/api/sites/${ours.siteId}/remove`, {});
      await expect(beat(web.url, ours.siteKey, "hello", null)).rejects.toThrow("404");
    } finally {
      await web.close();
    }
  });
});

describe("where a tag is seen", () => {
  const sites = async () => (await listSites(database.db, admin()))[0]!;

  it("is noted from the beacon, without what stands in the query", async () => {
    const web = await startTestWeb({ databaseUrl: database.url });
    try {
      await beat(web.url, ours.siteKey, "hello", null, "https://elsewhere.example/pricing");
      await beat(web.url, ours.siteKey, "hello", null, "https://shop.example/pricing?token=secret#part");
      await expect
        .poll(async () => (await sites()).seen)
        .toMatchObject({ origin: "https://shop.example", path: "/pricing" });
    } finally {
      await web.close();
    }
  });

  it("is noted where it is not allowed, and no more once it is", async () => {
    const log = createLog({ level: "silent", part: "test" });
    const isOurs = (origin: string) => origin === "https://chat.example.com";
    const sightings = createSightings({ db: database.db, log, nowMs: () => 0, isOurs });
    const site = { id: ours.siteId, origins: ["https://shop.example"] };
    sightings.refused(site, "https://shop.example/");
    sightings.refused(site, "https://chat.example.com/console");
    sightings.refused(site, "http://localhost:8080/index.html");
    await expect.poll(async () => (await sites()).refused).toMatchObject({ origin: "http://localhost:8080" });
    const { name, origins, greeting } = await sites();
    const change = { name, origins: [...origins, "http://localhost:8080"], look, greeting };
    expect((await changeSite(deps(), admin(), ours.siteId, change)).refused).toBe(null);
  });

  it("costs one write a minute for each site, whoever asks from wherever", async () => {
    let now = 0;
    let writes = 0;
    const db = new Proxy(database.db, {
      get(target, name) {
        if (name === "getExecutor") writes++;
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const log = createLog({ level: "silent", part: "test" });
    const sightings = createSightings({ db, log, nowMs: () => now, isOurs: () => false });
    const site = { id: ours.siteId, origins: ["https://shop.example"] };
    for (let at = 0; at < 500; at++) sightings.refused(site, `https://evil${at}.example/`);
    for (let at = 0; at < 500; at++) sightings.seen(site, `https://shop.example/page${at}`);
    for (const odd of [
      "about:srcdoc",
      "null",
      "android-app://x/",
      "https://u:p@x.example/",
      "x".repeat(5_000),
    ])
      sightings.refused(site, odd);
    await expect.poll(async () => (await sites()).seen?.path).toBe("/page0");
    await expect.poll(async () => (await sites()).refused?.origin).toBe("https://evil0.example");
    const afterFirst = writes;
    now = 59_000;
    sightings.seen(site, "https://shop.example/later");
    expect(writes).toBe(afterFirst);
    now = 61_000;
    sightings.seen(site, "https://shop.example/later");
    expect(writes).toBeGreaterThan(afterFirst);
  });
});

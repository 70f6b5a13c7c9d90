import { verify } from "@node-rs/argon2";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { createZones } from "../../shared/time/zone.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { createLog } from "../log.ts";
import { guestOfPage, openBookingPage } from "../meetings/booking-page.ts";
import { ledgerOf } from "../meetings/choose-host.ts";
import { listTypeSlots } from "../meetings/list-slots.ts";
import { demoWorkspaceId } from "./demo-ids.ts";
import { listDemoAccounts } from "./list-demo-accounts.ts";
import { demoMeetingTypes } from "./meeting-types.ts";
import { seedDemo } from "./seed.ts";
import { demoPassword } from "./team.ts";

const log = createLog({ level: "silent", part: "test" });
const now = () => Date.parse("2026-11-22T14:30:00Z");

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function counts() {
  const tables = [
    "members",
    "photos",
    "visitors",
    "visits",
    "conversations",
    "facts",
    "requests",
    "offers",
    "decisions",
    "meetings",
    "meeting_types",
    "meeting_type_hosts",
    "canned_replies",
  ] as const;
  const found: Record<string, number> = {};
  for (const table of tables) {
    const rows = await database.db
      .selectFrom(table)
      .select("workspace_id")
      .where("workspace_id", "=", demoWorkspaceId)
      .execute();
    found[table] = rows.length;
  }
  return found;
}

test("two starts at once make one demo workspace, a later start only moves the shop's origins", async () => {
  const { db } = database;
  const made = await Promise.all([
    seedDemo({ db, log, now, shopPort: 3001 }),
    seedDemo({ db, log, now, shopPort: 3001 }),
  ]);
  expect(made.filter((each) => each.isNew).length).toBe(1);
  const first = await counts();
  expect(first).toMatchObject({
    members: 5,
    photos: 5,
    visitors: 25,
    conversations: 21,
    meetings: 12,
    meeting_types: 3,
  });

  expect((await seedDemo({ db, log, now, shopPort: 4555 })).isNew).toBe(false);
  expect(await counts()).toEqual(first);
  const site = await db.selectFrom("sites").select(["origins", "public_key"]).executeTakeFirstOrThrow();
  expect(site.origins).toContain("http://anna.localhost:4555");
  expect(site.origins).not.toContain("http://anna.localhost:3001");
});

test("everyone in the team can sign in with the shared password and has a face in two sizes", async () => {
  const { db } = database;
  const members = await db
    .selectFrom("members")
    .innerJoin("photos", "photos.id", "members.photo_id")
    .selectAll()
    .execute();
  expect(members.length).toBe(5);
  for (const member of members) {
    expect(member.password_hash).toMatch(/^\$argon2id\$/);
    expect(await verify(String(member.password_hash), demoPassword)).toBe(true);
    const sides = await Promise.all(
      [member.large, member.small].map(async (image) => {
        const { format, width, height } = await sharp(image).metadata();
        return [format, width, height];
      }),
    );
    expect(sides).toEqual([
      ["webp", 512, 512],
      ["webp", 128, 128],
    ]);
  }
});

test("the sign-ins on offer are the team, the admin first, each with a face", async () => {
  const accounts = await listDemoAccounts(database.db);
  expect(accounts.map((account) => account.role)).toEqual(["admin", "rep", "rep", "rep", "rep"]);
  for (const account of accounts) expect(account.photoUrl).toMatch(/^\/photos\/.+\.webp$/);
});

test("its meeting types have public pages with times to book, without any account elsewhere", async () => {
  const { db } = database;
  const deps = { db, zones: createZones(), secretKey: "a key of the tests, long enough to count" };
  const turns = [];
  for (const { slug, hosts } of demoMeetingTypes) {
    const page = await openBookingPage(deps, slug);
    expect(page.hosts).toHaveLength(hosts.length);
    const { type, guest } = await guestOfPage(deps, slug, page.guest);
    const offered = await listTypeSlots(deps, guest, { type, host: "any", duration: undefined });
    expect(decodeSlots(offered.slots).length).toBeGreaterThan(20);
    if (type.hosting === "round_robin") turns.push(...(await ledgerOf(db, demoWorkspaceId, type)));
  }
  expect(turns.reduce((total, { meetings }) => total + meetings, 0)).toBe(3);
});

import { afterAll, beforeAll, expect, it } from "vitest";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import { defaultHours, noMeetingDetails } from "../../../shared/model/meetings.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { setHours } from "../../meetings/set-hours.ts";
import { createMember } from "../create-member.ts";
import { createSite } from "../create-site.ts";
import { createWorkspace } from "../create-workspace.ts";
import { openSession } from "../open-session.ts";
import { saveProfile } from "../profile/save-profile.ts";
import { showSetUp, skipStep } from "./show-set-up.ts";

let database: TestDatabase;
let workspaceId: WorkspaceId;
let memberId: MemberId;
beforeAll(async () => {
  database = await createTestDatabase();
  workspaceId = await createWorkspace(database.db, { name: "Quiet Rooms" });
  memberId = await createMember(database.db, {
    workspaceId,
    email: "new@example.com",
    role: "admin",
    firstName: "Newcomer",
    lastName: "",
    jobTitle: "",
    zone: "UTC",
    password: "correct horse battery",
    isConfirmed: false,
  });
});
afterAll(() => database.close());

async function open() {
  const { steps } = await showSetUp(database.db, { workspaceId, memberId });
  return steps.filter(({ state }) => state === "open").map(({ name }) => name);
}

it("walks a newcomer from an invitation to all set, each step seen by the server", async () => {
  const { db } = database;
  const member = { workspaceId, memberId };
  expect(await open()).toEqual([
    ...["profile", "zone", "hours", "integrations", "calendar", "details", "phone"],
    ...["site", "tag", "colleague"],
  ]);
  expect(await showSetUp(db, member)).toMatchObject({ isReady: false, reasons: ["profile", "zone"] });

  const profile = {
    firstName: "Newcomer",
    lastName: "Example",
    jobTitle: "Advisor",
    phone: "",
    phoneExtension: "",
  };
  await saveProfile({ db, announceTeam: () => undefined }, member, {
    ...profile,
    zone: "Europe/Berlin",
    language: "en-GB",
    movesHours: true,
  });
  // A photo is missing still; visitors may meet them all the same.
  expect(await open()).toEqual([
    ...["profile", "hours", "integrations", "calendar", "details", "phone"],
    ...["site", "tag", "colleague"],
  ]);
  expect(await showSetUp(db, member)).toMatchObject({ isReady: true, reasons: [] });

  const photoId = "00000000-0000-7000-8000-000000000001";
  await database.pool.query("insert into photos (id, workspace_id, large, small) values ($1, $2, '', '')", [
    photoId,
    workspaceId,
  ]);
  await database.pool.query("update members set photo_id = $1 where id = $2", [photoId, memberId]);
  await setHours(db, member, defaultHours("Europe/Berlin"));
  await openSession(db, { ...member, kind: "phone", label: "A phone" });
  expect(await open()).toEqual(["integrations", "calendar", "details", "site", "tag", "colleague"]);

  await database.pool.query(
    "insert into provider_apps (workspace_id, provider, client_id, sealed_secret) values ($1, 'google', 'id', '')",
    [workspaceId],
  );
  const connectionId = "00000000-0000-7000-8000-0000000000a1";
  await database.pool.query(
    `insert into connections (id, workspace_id, member_id, provider, account_id, account_name, sealed_secret)
     values ($1, $2, $3, 'google', 'sub-1', 'new@example.com', '')`,
    [connectionId, workspaceId, memberId],
  );
  await database.pool.query(
    `insert into calendars (id, workspace_id, connection_id, member_id, ref, name)
     values ('00000000-0000-7000-8000-0000000000c1', $1, $2, $3, 'primary', 'Work')`,
    [workspaceId, connectionId, memberId],
  );
  // Connected, and nothing chosen.
  expect(await open()).toEqual(["calendar", "details", "site", "tag", "colleague"]);
  await database.pool.query("update calendars set blocks_time = true where member_id = $1", [memberId]);
  expect(await open()).toEqual(["details", "site", "tag", "colleague"]);
  await database.pool.query("update members set meeting_details = $1 where id = $2", [
    JSON.stringify({ ...noMeetingDetails, phone: "+442079460000" }),
    memberId,
  ]);
  expect(await open()).toEqual(["site", "tag", "colleague"]);

  const site = await createSite(db, {
    workspaceId,
    name: "Shop",
    origins: ["https://shop.example"],
    look: { color: "#2f5d4a", position: "right", companyName: "Quiet Rooms" },
  });
  expect(await open()).toEqual(["tag", "colleague"]);
  await database.pool.query("update sites set seen_at = foyer_now() where id = $1", [site.id]);
  expect(await open()).toEqual(["colleague"]);
  await skipStep(db, member, { step: "colleague", isSkipped: true });
  expect(await open()).toEqual([]);
  await skipStep(db, member, { step: "colleague", isSkipped: false });
  expect(await open()).toEqual(["colleague"]);

  // A site that was removed is none.
  await database.pool.query("update sites set removed_at = foyer_now() where id = $1", [site.id]);
  expect(await open()).toEqual(["site", "tag", "colleague"]);
});

it("knows nothing of another workspace's sites and members", async () => {
  const other = await createWorkspace(database.db, { name: "Elsewhere" });
  const stranger = await createMember(database.db, {
    workspaceId: other,
    email: "stranger@example.com",
    role: "admin",
    firstName: "Stranger",
    lastName: "",
    jobTitle: "",
    zone: "UTC",
  });
  const { steps } = await showSetUp(database.db, { workspaceId: other, memberId: stranger });
  const states = Object.fromEntries(steps.map(({ name, state }) => [name, state]));
  expect(states).toMatchObject({ site: "open", tag: "open", colleague: "open" });
  await expect(showSetUp(database.db, { workspaceId: other, memberId })).rejects.toMatchObject({
    code: "not_found",
  });
});

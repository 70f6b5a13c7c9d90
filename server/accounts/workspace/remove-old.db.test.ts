import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { createLog } from "../../log.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";
import { countOld, removeOldEverywhere } from "./remove-old.ts";
import { countEveryTable, fillEveryTable } from "./testing.ts";

const log = createLog({ level: "silent", part: "test" });
let database: TestDatabase;
let ours: TestWorkspace;
let others: TestWorkspace;

beforeEach(async () => {
  database = await createTestDatabase();
  ours = await addWorkspace(database.db, { name: "Quiet Rooms", roles: ["admin"] });
  others = await addWorkspace(database.db, { name: "Others Ltd", roles: ["admin"] });
});
afterEach(() => database.close());

const run = () => removeOldEverywhere({ db: database.db, log });
const keepFor = (workspace: TestWorkspace, days: number) =>
  database.pool.query("update workspaces set retention_days = $1 where id = $2", [days, workspace.id]);

async function moveClock(days: number) {
  await database.pool.query(
    `create or replace function foyer_now() returns timestamptz language sql volatile as
     'select clock_timestamp() + interval ''${days} days'''`,
  );
}

/** So many visitors with a conversation each, all that is about it, and a meeting that ends in so many days. */
async function addTalks(
  workspace: TestWorkspace,
  { talks, isOpen = false, meetingInDays = 0 }: { talks: number; isOpen?: boolean; meetingInDays?: number },
) {
  await database.pool.query(
    `with v as (
       insert into visitors (id, workspace_id, site_id, secret_hash, device)
       select gen_random_uuid(), $1, $2, '\\x00', '{}' from generate_series(1, $3) returning id
     ), vi as (
       insert into visits (id, workspace_id, visitor_id, source, pages) select gen_random_uuid(), $1, id, '', '[]' from v
     ), c as (
       insert into conversations (id, workspace_id, visitor_id, is_open, closed_at)
       select gen_random_uuid(), $1, id, $4, case when $4 then null else foyer_now() end from v returning id, visitor_id
     ), f as (
       insert into facts (conversation_id, seq, workspace_id, author_kind, kind, body, at)
       select c.id, n, $1, 'visitor', 'message', '{}', foyer_now() from c, generate_series(1, 3) n
     ), r as (
       insert into requests (id, workspace_id, conversation_id, state, routing, deadline_at)
       select gen_random_uuid(), $1, id, 'left', '{}', foyer_now() from c returning id
     ), o as (
       insert into offers (id, workspace_id, request_id, member_id, state, expires_at)
       select gen_random_uuid(), $1, id, $5, 'expired', foyer_now() from r
     ), d as (
       insert into decisions (workspace_id, conversation_id, step) select $1, id, 'requested' from c
     ), m as (
       insert into meetings (id, workspace_id, host_id, visitor_id, conversation_id, state, start_at, end_at, during)
       select gen_random_uuid(), $1, $5, visitor_id, id, 'cancelled', now(), foyer_now() + make_interval(days => $6),
         'empty' from c where $6 > 0 returning id
     )
     insert into mails (id, workspace_id, conversation_id, dedupe, to_address, subject, body_text, body_html, message_id)
     select gen_random_uuid(), $1, id, id::text, 'a@example.org', '', '', '', '' from c`,
    [workspace.id, workspace.siteId, talks, isOpen, workspace.members[0]!.id, meetingInDays],
  );
}

const chatTables = [
  "visitors",
  "visits",
  "conversations",
  "facts",
  "requests",
  "offers",
  "decisions",
  "mails",
];

async function countsOf(workspace: TestWorkspace): Promise<number[]> {
  const counts = await countEveryTable(database.db, workspace.id);
  return chatTables.map((table) => counts[table] ?? -1);
}

it("removes closed conversations past their age with all that is about them, in batches", async () => {
  await addTalks(ours, { talks: 450 });
  await addTalks(others, { talks: 2 });
  await keepFor(ours, 30);
  await moveClock(29);
  await run();
  expect((await countsOf(ours))[2]).toBe(450);
  await moveClock(31);
  expect(await countOld(database.db, ours.id, 30)).toEqual({
    conversations: 450,
    meetings: 0,
    visitors: 450,
  });
  await run();
  expect(await countsOf(ours)).toEqual(chatTables.map(() => 0));
  expect(await countOld(database.db, ours.id, 30)).toEqual({ conversations: 0, meetings: 0, visitors: 0 });
  // Where nothing was set, everything is kept.
  expect(await countsOf(others)).toEqual([2, 2, 2, 6, 2, 2, 2, 2]);
});

it("keeps what is open, and whoever came back", async () => {
  await addTalks(ours, { talks: 1, isOpen: true });
  await addTalks(ours, { talks: 1 });
  await keepFor(ours, 30);
  await moveClock(40);
  await database.pool.query(
    `update visits set seen_at = foyer_now() where visitor_id = (select visitor_id from conversations where not is_open)`,
  );
  expect(await countOld(database.db, ours.id, 30)).toEqual({ conversations: 1, meetings: 0, visitors: 0 });
  await run();
  expect(await countsOf(ours)).toEqual([2, 2, 1, 3, 1, 1, 1, 1]);
});

it("keeps meetings until they are that old themselves, and their guests with them", async () => {
  await addTalks(ours, { talks: 1, meetingInDays: 20 });
  await keepFor(ours, 30);
  await moveClock(40);
  expect(await countOld(database.db, ours.id, 30)).toEqual({ conversations: 1, meetings: 0, visitors: 0 });
  await run();
  const meetings = await database.pool.query("select conversation_id, visitor_id from meetings");
  expect(meetings.rows).toEqual([{ conversation_id: null, visitor_id: expect.any(String) }]);
  await moveClock(51);
  expect(await countOld(database.db, ours.id, 30)).toEqual({ conversations: 0, meetings: 1, visitors: 1 });
  await run();
  expect((await countEveryTable(database.db, ours.id)).meetings).toBe(0);
  expect(await countsOf(ours)).toEqual(chatTables.map(() => 0));
});

it("removes nothing but these, whatever else there is", async () => {
  await fillEveryTable(database.db, ours.id);
  await database.pool.query(
    "update conversations set is_open = false, closed_at = foyer_now() - interval '1 year'",
  );
  await database.pool.query("update facts set conversation_id = (select id from conversations)");
  await database.pool.query("update meetings set end_at = foyer_now() + interval '1 day'");
  const before = await countEveryTable(database.db, ours.id);
  await keepFor(ours, 1);
  await run();
  const after = await countEveryTable(database.db, ours.id);
  const changed = Object.keys(before).filter((table) => before[table] !== after[table]);
  expect(changed.sort()).toEqual(["conversations", "decisions", "facts", "mails", "offers", "requests"]);
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { enqueue, prepareJobs } from "../../jobs/queue.ts";
import { createLog } from "../../log.ts";
import { openRep, signIn } from "../../promises/test-rep.ts";
import { arrive, beat, openVisitor } from "../../promises/test-visitor.ts";
import { startTestWeb, testConfig } from "../../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";
import { startWorker } from "../../start-worker.ts";
import { deleteDueWorkspaces } from "./delete-workspace.ts";
import { cancelDeletion, planDeletion } from "./plan-deletion.ts";
import { showWorkspace } from "./show-workspace.ts";
import { countEveryTable, fillEveryTable, signedInAs } from "./testing.ts";

const publicUrl = "https://chat.example.com";
const log = createLog({ level: "silent", part: "test" });
let database: TestDatabase;
let ours: TestWorkspace;
let others: TestWorkspace;

beforeEach(async () => {
  database = await createTestDatabase();
  await prepareJobs(database.pool);
  ours = await addWorkspace(database.db, { name: "Quiet Rooms", roles: ["admin", "admin", "rep"] });
  others = await addWorkspace(database.db, { name: "Others Ltd", roles: ["admin"] });
});
afterEach(() => database.close());

const signedIn = (index = 0) => signedInAs(database.db, ours, index);
const deps = () => ({ db: database.db, publicUrl });

async function moveClock(days: number) {
  await database.pool.query(
    `create or replace function foyer_now() returns timestamptz language sql volatile as
     'select clock_timestamp() + interval ''${days} days'''`,
  );
}

async function runWorker(announceGone: (id: WorkspaceId) => Promise<void> = async () => undefined) {
  await deleteDueWorkspaces({ db: database.db, log, announceGone, giveBack: () => Promise.resolve() });
}

describe("a planned deletion", () => {
  it("is told to everybody: in the console who and when, to all admins by mail, in the audit log", async () => {
    await planDeletion(deps(), await signedIn(), " Quiet Rooms ");
    const { deletion } = await showWorkspace(database.db, ours.id);
    expect(deletion?.askedBy).toBe("Robin0 Quiet Rooms");
    const days = ((deletion?.at ?? 0) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
    const { rows: mails } = await database.pool.query(
      "select to_address, subject from mails order by to_address",
    );
    expect(mails.map((mail) => mail.to_address)).toEqual(
      [ours.members[0]!.email, ours.members[1]!.email].sort(),
    );
    expect(mails[0].subject).toMatch(/^Quiet Rooms will be deleted on /);
    const { rows: lines } = await database.pool.query(
      "select action, actor_id from audit order by id desc limit 1",
    );
    expect(lines).toEqual([{ action: "workspace_deletion_planned", actor_id: ours.members[0]!.id }]);
    // Asked again, nothing is put off.
    await planDeletion(deps(), await signedIn(1), "Quiet Rooms");
    expect((await showWorkspace(database.db, ours.id)).deletion).toEqual(deletion);
  });

  it("needs the name typed and a proof", async () => {
    const admin = await signedIn();
    await expect(planDeletion(deps(), admin, "quiet rooms")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(planDeletion(deps(), admin, "Others Ltd")).rejects.toMatchObject({ code: "invalid_input" });
    await database.pool.query("update sessions set proved_at = now() - interval '1 hour'");
    await expect(planDeletion(deps(), admin, "Quiet Rooms")).rejects.toMatchObject({ code: "proof_needed" });
    expect((await showWorkspace(database.db, ours.id)).deletion).toBe(null);
  });

  it("can be taken back by any admin until the end, and then nothing is removed", async () => {
    await planDeletion(deps(), await signedIn(), "Quiet Rooms");
    await cancelDeletion(deps(), await signedIn(1));
    expect((await showWorkspace(database.db, ours.id)).deletion).toBe(null);
    const before = await countEveryTable(database.db, ours.id);
    await moveClock(30);
    await runWorker();
    expect(await countEveryTable(database.db, ours.id)).toEqual(before);
    const { rows } = await database.pool.query("select subject from mails where dedupe like '%cancelled%'");
    expect(rows.map((row) => row.subject)).toEqual(["Quiet Rooms stays", "Quiet Rooms stays"]);
  });

  it("does nothing before its time", async () => {
    await planDeletion(deps(), await signedIn(), "Quiet Rooms");
    const before = await countEveryTable(database.db, ours.id);
    await moveClock(6);
    await runWorker();
    expect(await countEveryTable(database.db, ours.id)).toEqual(before);
  });
});

describe("the end of a workspace", () => {
  async function everythingOfOthers(): Promise<string> {
    const dump: unknown[] = [];
    for (const name of Object.keys(await countEveryTable(database.db, others.id))) {
      const owner = name === "workspaces" ? "id" : "workspace_id";
      const { rows } = await database.pool.query(
        `select to_jsonb(t) as row from ${name} t where ${owner} = $1 order by 1`,
        [others.id],
      );
      dump.push([name, rows]);
    }
    return JSON.stringify(dump);
  }

  it("leaves nothing of it in any table, and touches nothing of another", async () => {
    for (const workspace of [ours, others]) await fillEveryTable(database.db, workspace.id);
    await planDeletion(deps(), await signedIn(), "Quiet Rooms");
    await enqueue(database.db, "mail:send", { workspaceId: others.id, mailId: others.id as never });
    const before = await countEveryTable(database.db, ours.id);
    expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);
    const theirs = await everythingOfOthers();
    const gone: WorkspaceId[] = [];
    await moveClock(8);
    await runWorker(async (id) => void gone.push(id));
    expect(gone).toEqual([ours.id]);
    const after = await countEveryTable(database.db, ours.id);
    expect(Object.entries(after).filter(([, count]) => count > 0)).toEqual([]);
    expect(await everythingOfOthers()).toBe(theirs);
    const { rows } = await database.pool.query(
      "select data -> 'payload' ->> 'workspaceId' as id from pgboss.job",
    );
    expect(rows).toEqual([{ id: others.id }]);
    await runWorker(async (id) => void gone.push(id));
    expect(gone).toHaveLength(1);
  });

  it("goes on where a killed worker stopped", async () => {
    await fillEveryTable(database.db, ours.id);
    await planDeletion(deps(), await signedIn(), "Quiet Rooms");
    await moveClock(8);
    await runWorker(() => Promise.reject(new Error("killed here")));
    expect((await countEveryTable(database.db, ours.id)).conversations).toBe(1);
    // The lines of the audit log go only with their workspace.
    await expect(database.pool.query("delete from audit")).rejects.toThrow("append-only");
    await runWorker();
    expect(Object.values(await countEveryTable(database.db, ours.id)).every((count) => count === 0)).toBe(
      true,
    );
  });

  it("ends open consoles and chats, and its tag shows nothing", async () => {
    const web = await startTestWeb({ databaseUrl: database.url });
    try {
      const session = await signIn(web.url, ours.members[0]!);
      const rep = await openRep(web.url, session);
      const visitor = await arrive(web.url, ours.siteKey);
      const chat = await openVisitor(web.url, visitor);
      const other = await openVisitor(web.url, await arrive(web.url, others.siteKey));
      await planDeletion(deps(), await signedIn(), "Quiet Rooms");
      await moveClock(8);
      // The session of the test's clock is over by then too; what ends the links is the word of the worker.
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      const { db, pool, url } = database;
      const worker = await startWorker({ config: testConfig(url, 1, {}), log, db, pool });
      await vi.advanceTimersByTimeAsync(30_000);
      await worker.close();
      vi.useRealTimers();
      await expect.poll(() => rep.socket.connected).toBe(false);
      await expect.poll(() => chat.socket.connected).toBe(false);
      expect(rep.heard.some(({ event }) => event === "session:ended")).toBe(true);
      expect(other.socket.connected).toBe(true);
      await expect(beat(web.url, ours.siteKey, "beat", visitor.credential)).rejects.toThrow("404");
      for (const link of [rep, chat, other]) link.close();
    } finally {
      await web.close();
    }
  });
});

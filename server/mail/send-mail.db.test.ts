import { afterAll, beforeAll, expect, it } from "vitest";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import { defaultRouting } from "../../shared/model/routing.ts";
import { newId } from "../db/ids.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { prepareJobs } from "../jobs/queue.ts";
import { createLog } from "../log.ts";
import { createDemoMailbox } from "./demo-mailbox.ts";
import type { Delivery, MailTransport, OutgoingMail } from "./port.ts";
import { type MailToQueue, queueMail } from "./queue-mail.ts";
import { sendMail } from "./send-mail.ts";
import { listMails, showMail } from "./show-mailbox.ts";

let database: TestDatabase;
let workspaceId: WorkspaceId;
const lines: string[] = [];
const log = createLog({ level: "debug", part: "test", write: (line) => lines.push(line) });
const publicUrl = "https://foyer.example";

beforeAll(async () => {
  database = await createTestDatabase();
  await prepareJobs(database.pool);
  workspaceId = await addWorkspace();
});
afterAll(() => database.close());

async function addWorkspace(): Promise<WorkspaceId> {
  const id = newId<"workspace">();
  await database.db
    .insertInto("workspaces")
    .values({ id, name: "Fern & Co", routing: JSON.stringify(defaultRouting) })
    .execute();
  return id;
}

function wanted(dedupe: string): MailToQueue {
  return {
    workspaceId,
    dedupe,
    to: { name: "Zoë Guest", address: "zoe.secret@example.org" },
    replyTo: null,
    mail: { subject: "Subject", text: "secret words", html: "<p>secret words</p>" },
  };
}

async function queued(dedupe: string) {
  expect(await queueMail(database.db, { publicUrl }, wanted(dedupe))).toBe(true);
  const row = await database.db
    .selectFrom("mails")
    .selectAll()
    .where("dedupe", "=", dedupe)
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return row.id;
}

function transportThat(...deliveries: Delivery[]): MailTransport & { sent: OutgoingMail[] } {
  const sent: OutgoingMail[] = [];
  return {
    keepsMails: false,
    sent,
    deliver: async (mail) => {
      sent.push(mail);
      return deliveries[sent.length - 1] ?? { outcome: "delivered" };
    },
    close: () => undefined,
  };
}
const context = { signal: new AbortController().signal, attempt: 1 };
const mailRow = (id: string) =>
  database.db
    .selectFrom("mails")
    .selectAll()
    .where("id", "=", id as never)
    .executeTakeFirstOrThrow();

it("a mail about the same thing is made once, and its job with it", async () => {
  const id = await queued("once");
  expect(await queueMail(database.db, { publicUrl }, wanted("once"))).toBe(false);
  const jobs = await database.pool.query("select 1 from pgboss.job where data->'payload'->>'mailId' = $1", [
    id,
  ]);
  expect(jobs.rowCount).toBe(1);
});

it("a mail whose transaction is taken back leaves neither row nor job", async () => {
  const before = await database.pool.query("select count(*) from pgboss.job");
  await expect(
    database.db.transaction().execute(async (transaction) => {
      await queueMail(transaction, { publicUrl }, wanted("taken back"));
      throw new Error("taken back");
    }),
  ).rejects.toThrow("taken back");
  const after = await database.pool.query("select count(*) from pgboss.job");
  expect(after.rows).toEqual(before.rows);
  const rows = await database.db.selectFrom("mails").where("dedupe", "=", "taken back").selectAll().execute();
  expect(rows).toEqual([]);
});

it("a sent mail is not sent again when its job runs again", async () => {
  const mailId = await queued("again");
  const transport = transportThat();
  for (const _ of [1, 2])
    await sendMail({ db: database.db, transport, log }, { workspaceId, mailId }, context);
  expect(transport.sent).toHaveLength(1);
  expect(transport.sent[0]).toMatchObject({ messageId: `<${mailId}@foyer.example>`, fromName: "Fern & Co" });
});

it("a mail that a server has taken leaves neither its words nor its links in the database", async () => {
  const mailId = await queued("gone");
  await sendMail({ db: database.db, transport: transportThat(), log }, { workspaceId, mailId }, context);
  const row = await mailRow(mailId);
  expect(row).toMatchObject({ subject: "Subject", to_address: "zoe.secret@example.org" });
  expect(JSON.stringify(row)).not.toContain("secret words");
});

it("a mail that was not taken keeps the reason and is tried again, the same in every byte", async () => {
  const mailId = await queued("later");
  const transport = transportThat({ outcome: "failed", reason: "Greylisted." });
  const run = () => sendMail({ db: database.db, transport, log }, { workspaceId, mailId }, context);
  await expect(run()).rejects.toThrow();
  expect(await mailRow(mailId)).toMatchObject({ problem: "Greylisted.", attempts: 1, sent_at: null });
  await run();
  expect(await mailRow(mailId)).toMatchObject({ problem: null, attempts: 2 });
  expect(transport.sent[0]).toEqual(transport.sent[1]);
});

it("a mail refused for good is left alone", async () => {
  const mailId = await queued("refused");
  const transport = transportThat({ outcome: "refused", reason: "No such user." });
  await sendMail({ db: database.db, transport, log }, { workspaceId, mailId }, context);
  expect(await mailRow(mailId)).toMatchObject({ problem: "No such user.", sent_at: null });
});

it("the mailbox shows kept mails to their own workspace, and nothing once a mail server is set", async () => {
  const mailId = await queued("kept");
  const transport = createDemoMailbox();
  const deps = { db: database.db, transport };
  await sendMail({ ...deps, log }, { workspaceId, mailId }, context);
  const mails = await listMails(deps, workspaceId);
  expect(mails[0]).toMatchObject({ id: mailId, to: "Zoë Guest <zoe.secret@example.org>", problem: null });
  expect(mails[0]?.sentAt).not.toBeNull();
  expect(await showMail(deps, workspaceId, mailId)).toMatchObject({ text: "secret words", invitation: null });
  const other = await addWorkspace();
  const notFound = expect.objectContaining({ code: "not_found" });
  expect(await listMails(deps, other)).toEqual([]);
  await expect(showMail(deps, other, mailId)).rejects.toEqual(notFound);
  const withServer = { db: database.db, transport: transportThat() };
  await expect(listMails(withServer, workspaceId)).rejects.toEqual(notFound);
  await expect(showMail(withServer, workspaceId, mailId)).rejects.toEqual(notFound);
});

it("no log line holds an address or a word of a mail", () => {
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join("\n")).not.toMatch(/secret|example\.org/);
});

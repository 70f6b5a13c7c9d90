import { type Kysely, sql } from "kysely";
import type { MailId, MeetingId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";

type Db = Kysely<Database>;

export type NewMail = {
  id: MailId;
  workspace_id: WorkspaceId;
  meeting_id: MeetingId | null;
  conversation_id: Database["conversations"]["id"] | null;
  dedupe: string;
  to_address: string;
  to_name: string;
  reply_to: string | null;
  subject: string;
  body_text: string;
  body_html: string;
  invitation: string | null;
  invitation_method: "REQUEST" | "CANCEL" | null;
  message_id: string;
};

/** False if there is such a mail already. */
export async function insertMail(db: Db, mail: NewMail): Promise<boolean> {
  const row = await db
    .insertInto("mails")
    .values(mail)
    .onConflict((conflict) => conflict.columns(["workspace_id", "dedupe"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** With the name of the workspace that it is from. */
export async function mailToSend(db: Db, workspaceId: WorkspaceId, id: MailId) {
  return db
    .selectFrom("mails")
    .innerJoin("workspaces", "workspaces.id", "mails.workspace_id")
    .selectAll("mails")
    .select("workspaces.name as workspace_name")
    .where("mails.workspace_id", "=", workspaceId)
    .where("mails.id", "=", id)
    .executeTakeFirst();
}

/** Unless its content is kept for the mailbox, it goes: links that give access are in it, and nobody reads it here again. */
export async function markSent(
  db: Db,
  workspaceId: WorkspaceId,
  id: MailId,
  { isKept }: { isKept: boolean },
): Promise<void> {
  const content = isKept ? {} : { body_text: "", body_html: "", invitation: null, invitation_method: null };
  await db
    .updateTable("mails")
    .set({
      sent_at: sql<Date>`foyer_now()`,
      attempts: sql<number>`attempts + 1`,
      problem: null,
      ...content,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

/** `isFinal`: it is never tried again, and what it says goes, as with one that was sent. */
export async function markProblem(
  db: Db,
  workspaceId: WorkspaceId,
  id: MailId,
  { problem, isFinal }: { problem: string; isFinal: boolean },
): Promise<void> {
  const content = isFinal ? { body_text: "", body_html: "" } : {};
  await db
    .updateTable("mails")
    .set({ attempts: sql<number>`attempts + 1`, problem, ...content })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

export async function latestMails(db: Db, workspaceId: WorkspaceId, count: number) {
  return db
    .selectFrom("mails")
    .select(["id", "to_name", "to_address", "subject", "created_at", "sent_at", "problem"])
    .select(sql<boolean>`invitation is not null`.as("has_invitation"))
    .where("workspace_id", "=", workspaceId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(count)
    .execute();
}

export async function mailById(db: Db, workspaceId: WorkspaceId, id: MailId) {
  return db
    .selectFrom("mails")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** What stands between these meetings and their mails: the latest problem of a mail that is still unsent. */
export async function problemsOfMeetings(
  db: Db,
  workspaceId: WorkspaceId,
  meetingIds: readonly MeetingId[],
): Promise<Map<MeetingId, string>> {
  if (meetingIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("mails")
    .select(["meeting_id", "problem"])
    .where("workspace_id", "=", workspaceId)
    .where("meeting_id", "in", meetingIds)
    .where("sent_at", "is", null)
    .where("problem", "is not", null)
    .orderBy("created_at")
    .execute();
  return new Map(
    rows.flatMap((row) =>
      row.meeting_id === null || row.problem === null ? [] : [[row.meeting_id, row.problem]],
    ),
  );
}

export async function problemsByDedupe(
  db: Db,
  workspaceId: WorkspaceId,
  dedupes: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom("mails")
    .select(["dedupe", "problem"])
    .where("workspace_id", "=", workspaceId)
    .where("dedupe", "=", sql<string>`any(${dedupes}::text[])`)
    .where("sent_at", "is", null)
    .execute();
  return new Map(rows.flatMap(({ dedupe, problem }) => (problem === null ? [] : [[dedupe, problem]])));
}

export async function deleteUnsent(db: Db, workspaceId: WorkspaceId, dedupe: string): Promise<void> {
  await db
    .deleteFrom("mails")
    .where("workspace_id", "=", workspaceId)
    .where("dedupe", "=", dedupe)
    .where("sent_at", "is", null)
    .execute();
}

import type { Kysely } from "kysely";
import type { ConversationId, MailId, MeetingId, WorkspaceId } from "../../shared/model/ids.ts";
import { isEmail } from "../../shared/protocol/fields.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { enqueue } from "../jobs/queue.ts";
import type { RenderedMail } from "./mail-content.ts";
import { oneLine } from "./one-line.ts";
import { insertMail } from "./store.ts";

export type MailToQueue = {
  workspaceId: WorkspaceId;
  /** What the mail is about and to whom, such as `meeting/<id>/0/guest`: a second one of that name is not made. */
  dedupe: string;
  to: { name: string; address: string };
  replyTo: string | null;
  mail: RenderedMail;
  invitation?: { method: "REQUEST" | "CANCEL"; content: string };
  meetingId?: MeetingId;
  conversationId?: ConversationId;
};

/**
 * Leaves a mail in the caller's transaction, with the job that sends it. What is in it is fixed here: a second copy, should a
 * worker be killed between sending and noting it, is the same mail with the same Message-ID. False: it was there already.
 */
export async function queueMail(
  db: Kysely<Database>,
  { publicUrl }: { publicUrl: string },
  wanted: MailToQueue,
): Promise<boolean> {
  if (!isEmail(wanted.to.address)) throw new TypeError("a mail was queued for what is no address");
  const id = newId<"mail">();
  const isNew = await insertMail(db, {
    id,
    workspace_id: wanted.workspaceId,
    meeting_id: wanted.meetingId ?? null,
    conversation_id: wanted.conversationId ?? null,
    dedupe: wanted.dedupe,
    to_address: wanted.to.address,
    to_name: oneLine(wanted.to.name),
    reply_to: wanted.replyTo !== null && isEmail(wanted.replyTo) ? wanted.replyTo : null,
    subject: wanted.mail.subject,
    body_text: wanted.mail.text,
    body_html: wanted.mail.html,
    invitation: wanted.invitation?.content ?? null,
    invitation_method: wanted.invitation?.method ?? null,
    message_id: messageId(id, publicUrl),
  });
  if (isNew) await enqueue(db, "mail:send", { workspaceId: wanted.workspaceId, mailId: id });
  return isNew;
}

function messageId(id: MailId, publicUrl: string): string {
  return `<${id}@${new URL(publicUrl).hostname.replace(/[^A-Za-z0-9.-]/g, "")}>`;
}

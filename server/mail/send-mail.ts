import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import type { JobContext, Tasks } from "../jobs/tasks.ts";
import type { Log } from "../log.ts";
import type { MailTransport } from "./port.ts";
import { mailToSend, markProblem, markSent } from "./store.ts";

type SendDeps = { db: Kysely<Database>; transport: MailTransport; log: Log };

/** The job `mail:send`. Throws to be tried again; a mail refused for good keeps the reason and is left alone. */
export async function sendMail(
  { db, transport, log }: SendDeps,
  { workspaceId, mailId }: Tasks["mail:send"],
  { signal, attempt }: Pick<JobContext, "signal" | "attempt">,
): Promise<void> {
  const row = await mailToSend(db, workspaceId, mailId);
  if (row === undefined || row.sent_at !== null) return;
  const delivery = await transport.deliver(
    {
      messageId: row.message_id,
      createdAt: row.created_at.getTime(),
      fromName: row.workspace_name,
      to: { name: row.to_name, address: row.to_address },
      replyTo: row.reply_to,
      subject: row.subject,
      text: row.body_text,
      html: row.body_html,
      invitation:
        row.invitation === null || row.invitation_method === null
          ? null
          : { method: row.invitation_method, content: row.invitation },
    },
    signal,
  );
  if (delivery.outcome === "delivered") {
    await markSent(db, workspaceId, mailId, { isKept: transport.keepsMails });
    return;
  }
  await markProblem(db, workspaceId, mailId, {
    problem: delivery.reason,
    isFinal: delivery.outcome === "refused",
  });
  log.warn({ mailId, attempt, outcome: delivery.outcome }, "a mail was not taken");
  if (delivery.outcome === "failed") throw new Error("the mail was not taken yet");
}

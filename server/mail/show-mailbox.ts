import type { Kysely } from "kysely";
import type { MailId, WorkspaceId } from "../../shared/model/ids.ts";
import type { ConsoleRouteAnswers, MailLine } from "../../shared/protocol/console-routes.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { MailTransport } from "./port.ts";
import { latestMails, mailById } from "./store.ts";

/** The demo mailbox. It exists only while mails are kept: with a mail server they are the recipients' alone. */
type MailboxDeps = { db: Kysely<Database>; transport: Pick<MailTransport, "keepsMails"> };

const linesShown = 200;

export async function listMails(
  { db, transport }: MailboxDeps,
  workspaceId: WorkspaceId,
): Promise<MailLine[]> {
  if (!transport.keepsMails) throw new AppError("not_found");
  const rows = await latestMails(db, workspaceId, linesShown);
  return rows.map((row) => toLine(row, row.has_invitation));
}

export async function showMail(
  { db, transport }: MailboxDeps,
  workspaceId: WorkspaceId,
  id: MailId,
): Promise<ConsoleRouteAnswers["GET /api/mails/:id"]["mail"]> {
  const row = transport.keepsMails ? await mailById(db, workspaceId, id) : undefined;
  if (row === undefined) throw new AppError("not_found");
  return {
    ...toLine(row, row.invitation !== null),
    text: row.body_text,
    html: row.body_html,
    invitation: row.invitation,
  };
}

type Row = {
  id: MailId;
  to_name: string;
  to_address: string;
  subject: string;
  created_at: Date;
  sent_at: Date | null;
  problem: string | null;
};

function toLine(row: Row, hasInvitation: boolean): MailLine {
  return {
    id: row.id,
    to: row.to_name === "" ? row.to_address : `${row.to_name} <${row.to_address}>`,
    subject: row.subject,
    createdAt: row.created_at.getTime(),
    sentAt: row.sent_at?.getTime() ?? null,
    problem: row.problem,
    hasInvitation,
  };
}

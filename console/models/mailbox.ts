import { createModel, signal } from "@preact/signals";
import type { MailId } from "../../shared/model/ids.ts";
import type { ConsoleRouteAnswers, MailLine } from "../../shared/protocol/console-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall } from "../ports.ts";

export type Mail = ConsoleRouteAnswers["GET /api/mails/:id"]["mail"];
export type Mailbox = InstanceType<typeof MailboxModel>;

/** Mails that the demo keeps instead of sending. */
export const MailboxModel = createModel((call: ApiCall) => {
  const mails = signal<readonly MailLine[] | null>(null);
  const mail = signal<Mail | null>(null);
  const openId = signal<MailId | null>(null);
  const problem = signal<ErrorCode | null>(null);
  return {
    mails,
    mail,
    openId,
    problem,
    async load() {
      const answer = await call("GET /api/mails", {});
      problem.value = answer.ok ? null : answer.code;
      if (answer.ok) mails.value = answer.mails;
    },
    async open(id: MailId) {
      openId.value = id;
      if (mail.peek()?.id !== id) mail.value = null;
      const answer = await call("GET /api/mails/:id", {}, id);
      if (openId.peek() !== id) return;
      problem.value = answer.ok ? null : answer.code;
      if (answer.ok) mail.value = answer.mail;
    },
    leave() {
      openId.value = null;
      mail.value = null;
    },
  };
});

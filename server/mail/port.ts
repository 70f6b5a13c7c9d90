import type { Instant } from "../../shared/model/ids.ts";

/** A mail as it leaves. Addresses obey `isEmail`; names and subject are one line each. */
export type OutgoingMail = {
  /** With angle brackets; the same at every try, so that a copy is recognised as one. */
  messageId: string;
  createdAt: Instant;
  fromName: string;
  to: { name: string; address: string };
  replyTo: string | null;
  subject: string;
  text: string;
  html: string;
  invitation: { method: "REQUEST" | "CANCEL"; content: string } | null;
};

/** `refused` is for good; after `failed` another try may succeed. `reason` is one sentence for an admin; it may name addresses. */
export type Delivery =
  | { outcome: "delivered" }
  | { outcome: "refused"; reason: string }
  | { outcome: "failed"; reason: string };

/** Takes mails to where they are read. Never throws; stops when `signal` is set off. */
export interface MailTransport {
  /** True for the demo mailbox: mails stay with us and an admin reads them there. */
  readonly keepsMails: boolean;
  deliver(mail: OutgoingMail, signal: AbortSignal): Promise<Delivery>;
  close(): void;
}

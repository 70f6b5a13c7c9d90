import type { MailTransport } from "./port.ts";

/** In the demo without SMTP_URL mails stay in their table, where its admin reads them. Sent is sent: a server set later gets none of them. */
export function createDemoMailbox(): MailTransport {
  return {
    keepsMails: true,
    deliver: async () => ({ outcome: "delivered" }),
    close: () => undefined,
  };
}

import type { MailTransport } from "./port.ts";

/**
 * Outside of the demo without SMTP_URL. Mails hold links that give access to whoever reads them, so nobody but the one
 * they are for may: they wait, and their places in the console say why.
 */
export function createNoMailServer(): MailTransport {
  return {
    keepsMails: false,
    deliver: async () => ({
      outcome: "failed",
      reason: "Foyer was started without a mail server: set SMTP_URL and start it again.",
    }),
    close: () => undefined,
  };
}

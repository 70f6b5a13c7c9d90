import type { Config } from "../config.ts";
import { createDemoMailbox } from "./demo-mailbox.ts";
import { createNoMailServer } from "./no-mail-server.ts";
import type { MailTransport } from "./port.ts";

/** The way to a mail server is loaded where there is one. */
export async function openTransport({
  smtpUrl,
  publicUrl,
  isDemo,
}: Pick<Config, "smtpUrl" | "publicUrl" | "isDemo">): Promise<MailTransport> {
  if (smtpUrl === null) return isDemo ? createDemoMailbox() : createNoMailServer();
  const { createSmtp } = await import("./smtp.ts");
  return createSmtp({ smtpUrl, publicUrl });
}

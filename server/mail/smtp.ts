import { createTransport } from "nodemailer";
import { isEmail } from "../../shared/protocol/fields.ts";
import { oneLine } from "./one-line.ts";
import type { Delivery, MailTransport } from "./port.ts";

type SmtpDeps = {
  /** `smtps://user:password@host:465?from=address`; see `senderAddress`. */
  smtpUrl: string;
  publicUrl: string;
};

/** Well below the 25 s after which a job counts as lost. */
const patienceMs = 15_000;

export function createSmtp({ smtpUrl, publicUrl }: SmtpDeps): MailTransport {
  const url = new URL(smtpUrl);
  const from = senderAddress(url, publicUrl);
  const isTls = url.protocol === "smtps:";
  const transport = createTransport({
    host: url.hostname,
    port: url.port === "" ? (isTls ? 465 : 587) : Number(url.port),
    secure: isTls,
    // A password must not cross the network in the clear, unless that network is this machine.
    requireTLS: !isTls && url.password !== "" && !isLoopback(url.hostname),
    ...(url.username === ""
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    pool: true,
    maxConnections: 3,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // A pooled connection that breaks while idle; the next mail opens another.
  transport.on("error", () => undefined);

  return {
    keepsMails: false,
    async deliver(mail, signal) {
      if (!isEmail(mail.to.address))
        return { outcome: "refused", reason: "The address cannot be written to." };
      if (signal.aborted) return { outcome: "failed", reason: "The mail server took too long to answer." };
      try {
        await transport.sendMail({
          messageId: mail.messageId,
          date: new Date(mail.createdAt),
          from: { name: oneLine(mail.fromName), address: from },
          to: { name: oneLine(mail.to.name), address: mail.to.address },
          ...(mail.replyTo !== null && isEmail(mail.replyTo) ? { replyTo: mail.replyTo } : {}),
          subject: oneLine(mail.subject),
          text: mail.text,
          html: mail.html,
          // Answers of machines (out of office) shall not come back to us in loops.
          headers: { "Auto-Submitted": "auto-generated" },
          ...(mail.invitation === null
            ? {}
            : {
                icalEvent: {
                  method: mail.invitation.method,
                  content: mail.invitation.content,
                  filename: "meeting.ics",
                },
              }),
        });
        return { outcome: "delivered" };
      } catch (error) {
        return toDelivery(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Who our mails are from: `from=` of the URL, else its user if that is an address, else foyer@ our own host. */
export function senderAddress(smtpUrl: URL, publicUrl: string): string {
  const wanted = [
    smtpUrl.searchParams.get("from") ?? "",
    decodeURIComponent(smtpUrl.username),
    `foyer@${new URL(publicUrl).hostname}`,
  ];
  return wanted.find(isEmail) ?? "foyer@localhost.localdomain";
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}

function toDelivery(error: unknown): Delivery {
  const { responseCode, response, code } = error as {
    responseCode?: number;
    response?: string;
    code?: string;
  }; // As nodemailer documents its errors.
  if (responseCode === undefined) {
    return { outcome: "failed", reason: `The mail server could not be reached (${code ?? "no answer"}).` };
  }
  const said = oneLine(response ?? String(responseCode)).slice(0, 300);
  // 535 and its like are about our own account: an admin mends it and the mail still goes out.
  const isAboutUs = code === "EAUTH" || responseCode === 530;
  return responseCode >= 500 && !isAboutUs
    ? { outcome: "refused", reason: `The mail server refused it: ${said}` }
    : { outcome: "failed", reason: `The mail server did not take it yet: ${said}` };
}

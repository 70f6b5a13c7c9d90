import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isEmail } from "../../shared/protocol/fields.ts";
import type { MailTransport, OutgoingMail } from "./port.ts";
import { createSmtp, senderAddress } from "./smtp.ts";
import { startSmtpSink } from "./testing-smtp.ts";

let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let smtp: MailTransport;
beforeAll(async () => {
  sink = await startSmtpSink();
});
afterAll(() => sink.close());
beforeEach(() => {
  sink.taken.length = 0;
  sink.answers.refuseWith = null;
  smtp = createSmtp({ smtpUrl: sink.url, publicUrl: "https://foyer.example" });
});
afterEach(() => smtp.close());

const mail: OutgoingMail = {
  messageId: "<0192-mail@foyer.example>",
  createdAt: Date.UTC(2026, 9, 5, 11),
  fromName: 'Fern & Co "Offices" 🌿',
  to: { name: "Zoë, the “Guest”", address: "zoe@example.org" },
  replyTo: "host@team.example",
  subject: "Your meeting – Tuesday 🎉",
  text: "Hello Zoë\n.\nA line with only a dot above.",
  html: "<p>Hello Zoë</p>",
  invitation: null,
};
const never = new AbortController().signal;
const headersOf = (data: string) => data.slice(0, data.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");

describe("mail by SMTP", () => {
  it("arrives with our Message-ID, date and names, as text and as HTML", async () => {
    expect(await smtp.deliver(mail, never)).toEqual({ outcome: "delivered" });
    const [taken] = sink.taken;
    expect(taken?.from).toBe("MAIL FROM:<hello@foyer.example>");
    expect(taken?.to).toEqual(["RCPT TO:<zoe@example.org>"]);
    const headers = headersOf(taken?.data ?? "");
    expect(headers).toContain("Message-ID: <0192-mail@foyer.example>");
    expect(headers).toContain("Date: Mon, 05 Oct 2026 11:00:00 +0000");
    expect(headers).toMatch(/^Content-Type: multipart\/alternative/m);
    expect(headers).toContain("Auto-Submitted: auto-generated");
    // A line of a single dot is stuffed on the wire and must not end the mail.
    expect(taken?.data).toContain("only a dot above");
  });

  it("carries an invitation as a part that calendars act on", async () => {
    const invitation = { method: "REQUEST", content: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" } as const;
    await smtp.deliver({ ...mail, invitation }, never);
    expect(sink.taken[0]?.data).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/);
  });

  it("cannot be talked into another header or recipient by a name or a subject", async () => {
    const evil = "Eve\r\nBcc: victim@example.com\r\n\r\nbody";
    await smtp.deliver(
      {
        ...mail,
        to: { name: evil, address: "eve@example.org" },
        subject: evil,
        fromName: evil,
        replyTo: evil,
      },
      never,
    );
    const [taken] = sink.taken;
    expect(taken?.to).toEqual(["RCPT TO:<eve@example.org>"]);
    expect(headersOf(taken?.data ?? "")).not.toMatch(/^Bcc:/im);
    expect(headersOf(taken?.data ?? "")).not.toMatch(/^Reply-To:/im);
  });

  it("is not even tried for what is no address by our own grammar", async () => {
    const tricks = [
      '"a@example.org> RCPT TO:<victim"@example.com',
      "a@example.org, victim@example.com",
      "a@example.org\r\nBcc: victim@example.com",
      "Eve <eve@example.org>",
      "xclow3n@gmail.com x@internal.domain",
      "a@[127.0.0.1]",
      "a@localhost",
      "a..b@example.org",
      "@example.org",
    ];
    for (const address of tricks) {
      expect(isEmail(address)).toBe(false);
      const delivery = await smtp.deliver({ ...mail, to: { name: "", address } }, never);
      expect(delivery.outcome).toBe("refused");
    }
    expect(sink.taken).toEqual([]);
  });

  it("tells a refusal for good from one that may pass", async () => {
    sink.answers.refuseWith = "550 5.1.1 no such user";
    expect(await smtp.deliver(mail, never)).toMatchObject({ outcome: "refused" });
    sink.answers.refuseWith = "451 4.7.1 greylisted, come back later";
    const later = await smtp.deliver(mail, never);
    expect(later).toMatchObject({ outcome: "failed", reason: expect.stringContaining("greylisted") });
    const nowhere = createSmtp({ smtpUrl: "smtp://127.0.0.1:1", publicUrl: "https://foyer.example" });
    expect(await nowhere.deliver(mail, never)).toMatchObject({ outcome: "failed" });
    nowhere.close();
  });

  it("comes from the address of the URL, else its user, else our own host", () => {
    const sender = (url: string) => senderAddress(new URL(url), "https://chat.example.com");
    expect(sender("smtps://u%40mail.example:p@mail.example?from=hi@example.org")).toBe("hi@example.org");
    expect(sender("smtps://u%40mail.example:p@mail.example")).toBe("u@mail.example");
    expect(sender("smtp://apikey:p@mail.example")).toBe("foyer@chat.example.com");
  });
});

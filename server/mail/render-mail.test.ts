import { expect, it } from "vitest";
import type { MailContent } from "./mail-content.ts";
import { renderMail } from "./render-mail.ts";

const content: MailContent = {
  subject: "Hello\r\nBcc: x@example.com",
  preview: "A preview",
  footer: "Why this mail.",
  blocks: [
    { kind: "heading", text: "You are meeting <Ana>" },
    { kind: "text", text: 'Fish & "chips"\nSecond line' },
    { kind: "person", name: "Ana Ruiz", title: "Advisor 🌿", photoUrl: null },
    { kind: "details", rows: [{ label: "Day", value: "Tuesday", isStruck: true }] },
    { kind: "quote", text: "<script>alert(1)</script>\nBye" },
    { kind: "actions", actions: [{ text: "Move", url: 'https://x.example/?a=1&b="2"', isMain: true }] },
  ],
};
const { subject, text, html } = renderMail(content, { companyName: "Fern & Co", color: "#2f5d4a" });

it("text and HTML say the same, word for word", () => {
  const words = (source: string) => source.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const plain = html
    .replace(/<(title|div style="display:none)[\s\S]*?<\/(title|div)>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(amp|lt|gt|quot|#39);/g, " ");
  const missing = (from: string[], other: Set<string>) => from.filter((word) => !other.has(word));
  const ours = ["longer", "https", "example"]; // "(no longer)" is struck through; links are behind their words.
  expect(missing(words(plain), new Set(words(text)))).toEqual([]);
  expect(missing(words(text), new Set([...words(plain), ...ours]))).toEqual([]);
});

it("a person's words cannot become markup or headers", () => {
  expect(html).not.toContain("<script>");
  expect(html).toContain("&lt;script&gt;");
  expect(html).toContain('href="https://x.example/?a=1&amp;b=&quot;2&quot;"');
  expect(subject).toBe("Hello Bcc: x@example.com");
});

it("a colour that is none is not let into the style", () => {
  const bad = renderMail(content, { companyName: "x", color: 'red;background:url("//evil")' });
  expect(bad.html).not.toContain("evil");
});

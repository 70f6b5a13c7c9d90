import { describe, expect, it } from "vitest";
import { isEmojiOnly, linkParts } from "./MessageText.tsx";

const links = (text: string) =>
  linkParts(text).flatMap(({ text: words, href }) => (href ? [[words, href]] : []));

describe("links in a message", () => {
  it("are web and mail addresses, and nothing else", () => {
    expect(links("see https://example.com/a?b=1#c")).toEqual([
      ["https://example.com/a?b=1#c", "https://example.com/a?b=1#c"],
    ]);
    expect(links("www.example.com")).toEqual([["www.example.com", "https://www.example.com"]]);
    expect(links("to ada@example.com, please")).toEqual([["ada@example.com", "mailto:ada@example.com"]]);
    for (const text of [
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///etc",
      "vbscript:x",
      "ada@",
      "//evil",
    ])
      expect(links(text)).toEqual([]);
  });

  it("do not swallow the punctuation of the sentence", () => {
    expect(links("Look (https://example.com/x).")).toEqual([
      ["https://example.com/x", "https://example.com/x"],
    ]);
    expect(links("https://example.com/a_(b)")).toEqual([
      ["https://example.com/a_(b)", "https://example.com/a_(b)"],
    ]);
    expect(links("https://example.com!?")).toEqual([["https://example.com", "https://example.com"]]);
  });

  it("never change the text", () => {
    for (const text of [
      "",
      "a https://x.y b",
      "<b>no</b> www.a.b.",
      "mailto:x@y.z ok",
      "https://a.b https://c.d",
    ])
      expect(
        linkParts(text)
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
  });

  it("are found in time that grows with the text, not faster", () => {
    const long = `${"a.".repeat(20_000)}@ ${"www.".repeat(10_000)}`;
    const before = performance.now();
    linkParts(long);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe("a message of emoji only", () => {
  it("is told from words and numbers", () => {
    for (const text of ["👍", "👩‍💻", "🇳🇴", "❤️ 🎧", "👍🏽"]) expect(isEmojiOnly(text)).toBe(true);
    for (const text of ["ok 👍", "123", "#", " ", "👍".repeat(20)]) expect(isEmojiOnly(text)).toBe(false);
  });
});

import type { ComponentChildren } from "preact";

// http, https and mail addresses only: no other scheme can ever become a link. Bounded, so that it stays linear.
const linkLike =
  /\bhttps?:\/\/[^\s<>"]{1,2000}|\bwww\.[^\s<>"]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gi;

/** Splits text into plain parts and links; the text itself is never changed. */
export function linkParts(text: string): { text: string; href: string | null }[] {
  const parts: { text: string; href: string | null }[] = [];
  let end = 0;
  for (const match of text.matchAll(linkLike)) {
    let found = match[0].replace(/[.,;:!?'*_]+$/, "");
    // A closing bracket belongs to the sentence unless the address opened one.
    if (/[)\]]$/.test(found) && !/[([]/.test(found)) found = found.replace(/[)\].,;:!?]+$/, "");
    const isMail = !/^(https?:|www\.)/i.test(found);
    const href = isMail
      ? `mailto:${found}`
      : found.startsWith("h") || found.startsWith("H")
        ? found
        : `https://${found}`;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: found, href });
    end = match.index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

const emojiOnly =
  /^(?:\p{Extended_Pictographic}|\p{RI}\p{RI}|[\u200d\ufe0f\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}\s])+$/u;

/** True for one to a few emoji and nothing else: shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 24 && emojiOnly.test(text) && /\S/.test(text);
}

/** A message's words: text nodes and links, nothing else. */
export function MessageText({ text }: { text: string }): ComponentChildren {
  return linkParts(text).map((part) =>
    part.href ? (
      <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
        {part.text}
      </a>
    ) : (
      part.text
    ),
  );
}

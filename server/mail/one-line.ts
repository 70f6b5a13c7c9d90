/** Text for a mail header: no line break or other control character can get in, whatever a person typed. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}

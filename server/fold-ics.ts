/** The text of a calendar in lines of at most 75 bytes (RFC 5545, 3.1), never cut within a character; ical.js folds a byte too late. */
export function foldIcs(text: string): string {
  const lines: string[] = [];
  for (const whole of text.replace(/\r\n /g, "").split("\r\n")) {
    let line = "";
    let bytes = 0;
    for (const character of whole) {
      const size = Buffer.byteLength(character);
      if (bytes + size > 75) {
        lines.push(line);
        line = " ";
        bytes = 1;
      }
      line += character;
      bytes += size;
    }
    lines.push(line);
  }
  return `${lines.join("\r\n")}\r\n`;
}

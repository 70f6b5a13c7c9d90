export type IcsLine = { name: string; params: Record<string, string>; value: string };

/**
 * The content lines of the first event of an iCalendar file and of the calendar around it (RFC 5545, 3.1), unfolded and
 * unescaped; for showing only.
 */
export function readIcs(file: string): IcsLine[] {
  const lines: IcsLine[] = [];
  const inside: string[] = [];
  let events = 0;
  for (const raw of file.replace(/\r?\n[ \t]/g, "").split(/\r?\n/)) {
    const line = parseLine(raw);
    if (!line) continue;
    if (line.name === "BEGIN") {
      inside.push(line.value);
      if (line.value === "VEVENT") events += 1;
    } else if (line.name === "END") inside.pop();
    else if (inside.length === 1 || (inside.at(-1) === "VEVENT" && events === 1)) lines.push(line);
  }
  return lines;
}

function parseLine(raw: string): IcsLine | null {
  const colon = unquotedIndex(raw, ":");
  if (colon < 1) return null;
  const [name = "", ...parts] = splitUnquoted(raw.slice(0, colon), ";");
  const params: Record<string, string> = {};
  for (const part of parts) {
    const equals = part.indexOf("=");
    if (equals > 0) params[part.slice(0, equals).toUpperCase()] = unquote(part.slice(equals + 1));
  }
  const value = raw
    .slice(colon + 1)
    .replace(/\\([nN,;\\])/g, (_, char: string) => (char.toLowerCase() === "n" ? "\n" : char));
  return { name: name.toUpperCase(), params, value };
}

function unquotedIndex(text: string, wanted: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === wanted && !isQuoted) return at;
  }
  return -1;
}

function splitUnquoted(text: string, separator: string): string[] {
  const parts: string[] = [];
  let rest = text;
  for (let at = unquotedIndex(rest, separator); at >= 0; at = unquotedIndex(rest, separator)) {
    parts.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...parts, rest];
}

/** RFC 6868: what a quoted parameter cannot hold is written with a caret. */
function unquote(text: string): string {
  const bare = text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  return bare.replace(/\^([n'^])/g, (_, char: string) => (char === "n" ? "\n" : char === "'" ? '"' : "^"));
}

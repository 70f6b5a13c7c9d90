/** One line of an iCalendar file (RFC 5545), as far as we read it. Names are in capitals. */
export type IcsLine = {
  name: string;
  parameters: ReadonlyMap<string, string>;
  value: string;
};

export type IcsPart = { name: string; lines: IcsLine[]; parts: IcsPart[] };

/**
 * Thrown for what is not understood: it is never read as free. `day` is when it begins, if that could be read, so that its owner can
 * find it; nothing else of it is told.
 */
export class UnreadableEvent extends Error {
  override readonly name = "UnreadableEvent";

  constructor(readonly day: string | null = null) {
    super("unreadable event");
  }
}

/** One event with all its exceptions stays far below. */
const mostIcsCharacters = 5_000_000;
const deepest = 8;

/**
 * The parts of the file on its outermost level. Lines may end in any way and be folded anywhere, even within a character: nothing that is read
 * from them is text. Lines that are none are left out; a file that ends before its parts do is refused.
 */
export function readIcs(text: string): IcsPart[] {
  if (text.length > mostIcsCharacters) throw new UnreadableEvent();
  const root: IcsPart = { name: "", lines: [], parts: [] };
  const open: IcsPart[] = [root];
  for (const raw of unfold(text)) {
    const line = readLine(raw);
    if (line === null) continue;
    const current = open.at(-1) ?? root;
    if (line.name === "BEGIN") {
      if (open.length > deepest) throw new UnreadableEvent();
      const part: IcsPart = { name: line.value.trim().toUpperCase(), lines: [], parts: [] };
      current.parts.push(part);
      open.push(part);
    } else if (line.name === "END") {
      if (open.length === 1 || current.name !== line.value.trim().toUpperCase()) throw new UnreadableEvent();
      open.pop();
    } else current.lines.push(line);
  }
  if (open.length !== 1 || root.parts.length === 0) throw new UnreadableEvent();
  return root.parts;
}

function unfold(text: string): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .replace(/(\r\n|\r|\n)[ \t]/g, "")
    .split(/\r\n|\r|\n/);
}

function readLine(raw: string): IcsLine | null {
  const colon = valueStart(raw);
  if (colon === -1) return null;
  const [name = "", ...rest] = splitOutsideQuotes(raw.slice(0, colon));
  if (!/^[A-Za-z0-9-]+$/.test(name)) return null;
  const parameters = new Map<string, string>();
  for (const each of rest) {
    const equals = each.indexOf("=");
    if (equals > 0)
      parameters.set(each.slice(0, equals).toUpperCase(), each.slice(equals + 1).replaceAll('"', ""));
  }
  return { name: name.toUpperCase(), parameters, value: raw.slice(colon + 1) };
}

/** The first colon outside of quotes; where a quote is never closed, the first of all. */
function valueStart(raw: string): number {
  let isQuoted = false;
  for (let at = 0; at < raw.length; at++) {
    if (raw[at] === '"') isQuoted = !isQuoted;
    else if (raw[at] === ":" && !isQuoted) return at;
  }
  return isQuoted ? raw.indexOf(":") : -1;
}

function splitOutsideQuotes(text: string): string[] {
  const parts: string[] = [];
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === ";" && !isQuoted) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** The first line of that name. */
export function lineOf(part: IcsPart, name: string): IcsLine | undefined {
  return part.lines.find((line) => line.name === name);
}

export function linesOf(part: IcsPart, name: string): IcsLine[] {
  return part.lines.filter((line) => line.name === name);
}

/** A word of a fixed list, such as a status; empty when there is none. */
export function wordOf(part: IcsPart, name: string): string {
  return lineOf(part, name)?.value.trim().toUpperCase() ?? "";
}

import { parse } from "csv-parse/sync";

/** Somebody as the text names them: nothing is checked yet. */
export type NamedPerson = {
  /** From 1. */
  line: number;
  /** What stands where an address should. */
  email: string;
  /** Null: the text says nothing of it. */
  role: string | null;
  team: string | null;
};

type Columns = { email: number; role: number | null; team: number | null };

const plainColumns: Columns = { email: 0, role: 1, team: 2 };
const emailTitles = ["email", "e-mail", "mail", "email address", "e-mail address"];
const roleTitles = ["role", "roles"];
const teamTitles = ["team", "teams"];

/**
 * People in a text that somebody typed, pasted or saved from a spreadsheet: addresses with commas, semicolons, spaces or
 * lines between them, `Name <a@b>`, or a table with the columns e-mail, role and team, with or without titles. A line
 * that makes no sense is named by what it says, so that it can be shown as wrong.
 */
export function parsePeople(text: string): NamedPerson[] {
  const people: NamedPerson[] = [];
  let columns = plainColumns;
  let isFirst = true;
  for (const [index, written] of text
    .replace(/^\uFEFF/, "")
    .split(/\r\n?|\n/)
    .entries()) {
    if (written.trim() === "") continue;
    const titled = isFirst ? titledColumns(cellsOf(written)) : null;
    isFirst = false;
    if (titled !== null) columns = titled;
    else people.push(...personsOf(written, columns).map((person) => ({ line: index + 1, ...person })));
  }
  return people;
}

function personsOf(written: string, columns: Columns): Omit<NamedPerson, "line">[] {
  const cells = cellsOf(withoutNames(written)).filter(
    (cell, index, all) => cell !== "" || index < all.length - 1,
  );
  const filled = cells.filter((cell) => cell !== "");
  // A list has an address in every place, a table in one.
  const listed = filled.flatMap((cell) => cell.split(/\s+/));
  if (listed.length > 1 && listed.every((part) => part.includes("@")))
    return listed.map((email) => ({ email, role: null, team: null }));
  if (filled.length === 0) return [];
  const at = (index: number | null) => (index === null ? null : cells[index]) || null;
  return [{ email: at(columns.email) ?? written.trim(), role: at(columns.role), team: at(columns.team) }];
}

/**
 * `"Martin, Zoë" <zoe@example.com>` becomes the address alone, wherever it stands. Read from left to right once: a pattern
 * that tries again from every place would take hours for a text of the permitted length that somebody made for it.
 */
function withoutNames(written: string): string {
  let kept = "";
  let from = 0;
  for (let close = written.indexOf(">"); close !== -1; close = written.indexOf(">", from)) {
    const part = written.slice(from, close);
    const open = part.lastIndexOf("<");
    const address = open === -1 ? "" : part.slice(open + 1).trim();
    kept += address.includes("@") ? `${beforeName(part.slice(0, open))}${address}` : `${part}>`;
    from = close + 1;
  }
  return kept + written.slice(from);
}

/** What stands before a name is of others: `a@b.example, Zoë <c@d.example>`. Ends with a separator, or is empty. */
function beforeName(text: string): string {
  const trimmed = text.trimEnd();
  if (trimmed.endsWith('"')) {
    const quote = trimmed.lastIndexOf('"', trimmed.length - 2);
    if (quote !== -1) return trimmed.slice(0, quote);
  }
  const cell = Math.max(text.lastIndexOf(";"), text.lastIndexOf("\t")) + 1;
  const parts = text.slice(cell).split(",");
  const others = parts.filter((part) => part.includes("@"));
  const separator = parts.length > 1 && parts[0]?.trim() === "" ? "," : "";
  return `${text.slice(0, cell)}${separator}${others.map((part) => `${part},`).join("")}`;
}

function titledColumns(cells: readonly string[]): Columns | null {
  const titles = cells.map((cell) => cell.toLowerCase());
  const find = (names: readonly string[]) => {
    const index = titles.findIndex((title) => names.includes(title));
    return index === -1 ? null : index;
  };
  const email = find(emailTitles);
  return email === null ? null : { email, role: find(roleTitles), team: find(teamTitles) };
}

/** Spreadsheets separate by a comma, a semicolon or a tab, as the country has it. */
function cellsOf(line: string): string[] {
  try {
    const rows: string[][] = parse(line, {
      delimiter: [",", ";", "\t"],
      trim: true,
      relax_column_count: true,
    });
    return rows[0] ?? [];
  } catch {
    // A quote that opens and never closes spoils its own line only: whatever it says is shown as no address.
    return [line.trim()];
  }
}

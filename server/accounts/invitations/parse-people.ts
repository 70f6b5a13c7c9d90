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
  /** The first cell that stands outside of the columns: a separator too many, so that nobody knows which is which. */
  surplus: string | null;
};

/** What a text says of people. */
export type ReadText = {
  people: NamedPerson[];
  /** Titles of columns of which nothing was taken. */
  unreadTitles: string[];
};

type Columns = {
  email: number;
  role: number | null;
  team: number | null;
  count: number;
  /** Null: the text is no table, and any separator separates. */
  delimiter: string | null;
};

// Spreadsheets separate by one of these, as the country has it. The first that fits: a comma stands in names of teams too.
const delimiters = ["\t", ";", ","];
const emailTitles = ["email", "e-mail", "mail", "email address", "e-mail address"];
const roleTitles = ["role", "roles"];
const teamTitles = ["team", "teams"];

/**
 * People in a text that somebody typed, pasted or saved from a spreadsheet: addresses with commas, semicolons, spaces or
 * lines between them, `Name <a@b>`, or a table with the columns e-mail, role and team, with or without titles. A line
 * that makes no sense is named by what it says, so that it can be shown as wrong.
 */
export function parsePeople(text: string): ReadText {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n?|\n/)
    .map((written, index) => ({ line: index + 1, written }))
    .filter(({ written }) => written.trim() !== "");
  const titled = titledColumns(lines[0]?.written ?? "");
  const rows = (titled === null ? lines : lines.slice(1)).map(({ line, written }) => ({
    line,
    written,
    plain: withoutNames(written),
  }));
  const columns = titled?.columns ?? plainColumns(rows.map(({ plain }) => plain));
  return {
    people: rows.flatMap(({ line, written, plain }) =>
      personsOf(plain, columns, titled !== null).map(({ email, ...person }) => ({
        line,
        email: email ?? written.trim(),
        ...person,
      })),
    ),
    unreadTitles: titled?.unread ?? [],
  };
}

type Person = Omit<NamedPerson, "line" | "email"> & { email: string | null };

function personsOf(plain: string, columns: Columns, isTitled: boolean): Person[] {
  // The second address of a row under titles is somebody else's affair: a manager's, an old one.
  const listed = isTitled && columns.count > 1 ? null : listOf(plain);
  if (listed) return listed.map((email) => ({ email, role: null, team: null, surplus: null }));
  const cells = cellsOf(plain, columns.delimiter);
  if (cells.every((cell) => cell === "")) return [];
  const at = (index: number | null) => (index === null ? null : cells[index]) || null;
  return [
    {
      email: at(columns.email),
      role: at(columns.role),
      team: at(columns.team),
      surplus: cells.slice(columns.count).find((cell) => cell !== "") ?? null,
    },
  ];
}

/** The addresses of a line with one in every place; null for a line with one or none, or with anything else. */
function listOf(plain: string): string[] | null {
  const parts = cellsOf(plain, null)
    .filter((cell) => cell !== "")
    .flatMap((cell) => cell.split(/\s+/));
  return parts.length > 1 && parts.every((part) => part.includes("@")) ? parts : null;
}

/** E-mail, role, team, as rows without titles have them. */
function plainColumns(plain: readonly string[]): Columns {
  const delimiter = delimiters.find((each) =>
    plain.some((row) => {
      const [first = "", ...others] = cellsOf(row, each).filter((cell) => cell !== "");
      return first.includes("@") && !/[\s,;]/.test(first) && others.some((cell) => !cell.includes("@"));
    }),
  );
  return { email: 0, role: 1, team: 2, count: 3, delimiter: delimiter ?? null };
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

function titledColumns(written: string): { columns: Columns; unread: string[] } | null {
  for (const delimiter of delimiters) {
    const cells = cellsOf(written, delimiter);
    const titles = cells.map((cell) => cell.toLowerCase());
    const find = (names: readonly string[]) => {
      const index = titles.findIndex((title) => names.includes(title));
      return index === -1 ? null : index;
    };
    const email = find(emailTitles);
    if (email === null) continue;
    const [role, team] = [find(roleTitles), find(teamTitles)];
    return {
      columns: { email, role, team, count: cells.length, delimiter: cells.length > 1 ? delimiter : null },
      unread: cells.filter((cell, index) => cell !== "" && ![email, role, team].includes(index)),
    };
  }
  return null;
}

/** Of a line, by one separator or by any. */
function cellsOf(line: string, delimiter: string | null): string[] {
  // Most lines are one address.
  if (!/["\t;,]/.test(line)) return [line.trim()];
  try {
    const rows: string[][] = parse(line, {
      delimiter: delimiter ?? delimiters,
      trim: true,
      relax_column_count: true,
    });
    return rows[0] ?? [];
  } catch {
    // A quote that opens and never closes spoils its own line only: whatever it says is shown as no address.
    return [line.trim()];
  }
}

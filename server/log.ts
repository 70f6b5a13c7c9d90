import { basename } from "node:path";
import { type Logger, pino, stdTimeFunctions } from "pino";
import type { LogLevel } from "./config.ts";

export type Log = Logger;

type LogOptions = {
  level: LogLevel;
  /** Which part of the program speaks: `web`, `worker`, `postgres`. Stands on every line. */
  part: string;
  /** Tests collect lines here; else standard output, for people when it is a terminal and as JSON when not. */
  write?: (line: string) => void;
};

// Ids belong in a log; these never do, wherever somebody put them.
const secretNames = [
  "password",
  "token",
  "secret",
  "secretKey",
  "authorization",
  "cookie",
  "email",
  "text",
  "body",
  "query",
  "parameters",
];
const redactedPaths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

export function createLog({ level, part, write }: LogOptions): Log {
  const stream = write ? { write } : process.stdout.isTTY ? { write: writeForPeople } : pino.destination(1);
  return pino(
    {
      level,
      base: { part },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: redactedPaths, censor: "[hidden]" },
      serializers: { err: describeError, error: describeError },
    },
    stream,
  );
}

/** A line for the person at the terminal, outside the log. */
export function say(line: string): void {
  console.log(line);
}

/** A sentence about why we stop, on standard error. */
export function complain(sentence: string): void {
  console.error(sentence);
}

type DescribedError = { type: string; code?: string; message: string; where?: string; constraint?: string };

/**
 * What of an error may be logged: no stack, path, SQL, row values or address. pg puts row values into `detail`,
 * and quotes input in the messages of class 22 ("invalid input syntax ... : \"...\"").
 */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: "something that is not an Error was thrown" };
  const fields = error as Error & { code?: unknown; constraint?: unknown };
  const code =
    typeof fields.code === "string" || typeof fields.code === "number" ? String(fields.code) : undefined;
  const isInputQuoted = code !== undefined && /^22...$/.test(code);
  const where = ownFrames(error.stack);
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: scrub(isInputQuoted ? error.message.replace(/"[\s\S]*"/, '"…"') : error.message),
    ...(where === "" ? {} : { where }),
    ...(typeof fields.constraint === "string" ? { constraint: fields.constraint } : {}),
  };
}

function scrub(message: string): string {
  return message
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, "$1[hidden]@")
    .replace(/[^\s@<>"'(]+@[^\s@<>"')]+\.[^\s@<>"')]+/g, "[address]")
    .slice(0, 500);
}

/** The innermost places in our own files, as `function file:line:column`: enough to find it, without paths. */
function ownFrames(stack: string | undefined): string {
  const frames: string[] = [];
  for (const line of stack?.split("\n").slice(1) ?? []) {
    const found = /^\s*at (?:async )?(?:(.+?) \()?(?:file:\/\/)?(\/[^)]+?):(\d+:\d+)\)?$/.exec(line);
    if (!found || frames.length === 3) continue;
    const [, name, path = "", place] = found;
    if (path.includes("/node_modules/")) continue;
    frames.push(`${name ? `${name} ` : ""}${basename(path)}:${place}`);
  }
  return frames.join(" < ");
}

const colours: Record<string, string> = {
  fatal: "31;1",
  error: "31",
  warn: "33",
  info: "36",
  debug: "90",
  trace: "90",
};

/** One short line for a terminal: time, level, part, message, and what else was given. */
function writeForPeople(line: string): void {
  const { time, level, part, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const colour = colours[String(level)] ?? "0";
  const more = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  if (err && typeof err === "object") more.push(JSON.stringify(err));
  const clock = String(time).slice(11, 19);
  const tail = more.length > 0 ? `\u001b[90m ${more.join(" ")}\u001b[0m` : "";
  process.stdout.write(
    `\u001b[90m${clock}\u001b[0m \u001b[${colour}m${String(level).padEnd(5)}\u001b[0m ${String(part)}: ${String(msg ?? "")}${tail}\n`,
  );
}

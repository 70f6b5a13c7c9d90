import { z } from "zod";
import type { Id } from "../model/ids.ts";
import { limits } from "./limits.ts";

// The building blocks of all schemas. Bytes become types here, which is why this file may say `as`.

/** A UUID of the named kind, in lower case: what PostgreSQL takes for one is one here too. */
export function idField<Kind extends string>() {
  return z.uuid().overwrite((value) => value.toLowerCase()) as unknown as z.ZodType<Id<Kind>, string>;
}

/**
 * Characters that only trick the eye or break a line: C0 and C1 controls but tab and line feed, and bidi overrides. And
 * halves of surrogate pairs: PostgreSQL takes them in no JSON, and one such message would fail all that are stored with it.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\p{Surrogate}]/gu;

/** Text of a person: trimmed, not empty, without control characters. */
export function textField(maxChars: number) {
  return z
    .string()
    .max(maxChars)
    .overwrite((value) => value.replace(/\r\n?/g, "\n").replace(unwanted, "").trim())
    .refine((value) => value.length > 0, "empty");
}

/** One line of text; line breaks become spaces. */
export function lineField(maxChars: number) {
  return textField(maxChars).transform((value) => value.replace(/\s+/g, " "));
}

/** One line that may be empty. */
export function optionalLineField(maxChars: number) {
  return z
    .string()
    .max(maxChars)
    .transform((value) => value.replace(/\r\n?/g, "\n").replace(unwanted, "").replace(/\s+/g, " ").trim());
}

/** Words to look something up by: may be empty, and holds nothing that a database refuses. */
export function wordsField(maxChars: number) {
  return z
    .string()
    .max(maxChars)
    .transform((value) => value.replace(unwanted, ""));
}

/** One line that a program tells, such as a page's title: cut and made fit, since to refuse it would refuse the visitor. */
export function toldLineField(maxChars: number) {
  return z
    .string()
    .transform((value) => value.slice(0, maxChars).replace(unwanted, "").replace(/\s+/g, " ").trim());
}

/**
 * An address to which mail may be sent: an own strict grammar (dot-atom local part, host name with a dot or a literal
 * demo domain), because a looser one let a line break smuggle in a second recipient.
 */
export const emailField = z
  .string()
  .max(limits.emailChars)
  .transform((value) => value.trim())
  .refine((value) => isEmail(value), "not an e-mail address");

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainPart =
  /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/;

export function isEmail(value: string): boolean {
  const at = value.lastIndexOf("@");
  if (at < 1 || at > 64) return false;
  return localPart.test(value.slice(0, at)) && domainPart.test(value.slice(at + 1));
}

/** An address of a page: http or https only, without credentials, cut at the limit. Paths may hold an `@`: `/@ada`. */
export const pageUrlField = z
  .string()
  .transform((value) => value.slice(0, limits.urlChars).replace(unwanted, ""))
  .refine(
    (value) => /^https?:\/\/[^\s/@]+(\/\S*)?$/i.test(value.split(/[?#]/, 1)[0] ?? ""),
    "not a page address",
  );

export const zoneField = z
  .string()
  .max(60)
  .refine((value) => isZone(value), "not a time zone");

function isZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

export const instantField = z.number().int().min(0).max(8_640_000_000_000_000);
export const seqField = z.number().int().min(0).max(2_147_483_647);

/** What a guest answered to the questions of a meeting type; the labels are the server's own. */
export const answersField = z
  .array(
    z.object({ id: z.string().max(36), answer: z.union([z.literal(""), textField(limits.answerChars)]) }),
  )
  .max(10);

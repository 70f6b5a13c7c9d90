import { isAboutPerson, isRepeat, type PasswordProblem } from "../../shared/model/new-password.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { AppError } from "../errors.ts";

/** `sunshine` stays common with so many digits or signs around it. */
const mostAround = 6;

/**
 * The one rule for new passwords, after NIST SP 800-63B: long enough, none of the commonest, not made of what others know
 * of the person; nothing about which characters. `about` holds address, names, company.
 */
export async function checkNewPassword(
  password: string,
  about: readonly string[],
): Promise<PasswordProblem | null> {
  if (password.length < limits.passwordLeastChars) return "too_short";
  if (isAboutPerson(password, about)) return "about_you";
  if (isRepeat(password) || (await isCommon(password))) return "common";
  return null;
}

/** Throws `invalid_input` for the field `password`, with the reason that the page words. */
export async function requireGoodPassword(password: string, about: readonly string[]): Promise<void> {
  const reason = await checkNewPassword(password, about);
  if (reason !== null) throw new AppError("invalid_input", { field: "password", reason });
}

async function isCommon(password: string): Promise<boolean> {
  const known = await commonPasswords();
  const plain = password.toLowerCase();
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return known.has(plain) || (plain.length - core.length <= mostAround && known.has(core));
}

let loading: Promise<ReadonlySet<string>> | null = null;

/** Fifty thousand from leaks, read from its package when the first password is set: most processes never need it. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  );
  return loading;
}

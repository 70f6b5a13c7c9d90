/** Why a new password is refused. */
export type PasswordProblem = "too_short" | "common" | "about_you";

/** Of all that a refusal may give as its reason. */
export function isPasswordProblem(reason: string | undefined): reason is PasswordProblem {
  return reason === "too_short" || reason === "common" || reason === "about_you";
}

/** How a password that is being typed looks so far. */
export type PasswordStrength = "too_short" | "weak" | "good" | "strong";

const keyboardRows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "01234567890"];
/** Words shorter than this are in every password by chance. */
const shortestWord = 3;
/** Digits and signs around a word, and the letters of one: many such are among the commonest, which only the server knows. */
const mostAroundWord = 6;
const longestWord = 12;
/** What must be left of a password once everything is taken away that others know of the person. */
const leastOfOwn = 6;

/**
 * For the meter while somebody types: how much there is that cannot be foretold. Runs (`abcd`, `4321`, `qwer`), repeats
 * and what others know of the person count as next to nothing. The server decides, with the list of the commonest.
 */
export function passwordStrength(
  password: string,
  { leastChars, about }: { leastChars: number; about: readonly string[] },
): PasswordStrength {
  if (password.length < leastChars) return "too_short";
  if (isRepeat(password) || isAboutPerson(password, about) || isOneWord(password)) return "weak";
  const steps = surprises(password.toLowerCase());
  if (steps < 7) return "weak";
  return steps < 13 ? "good" : "strong";
}

/** Whether little is left once names, address and company are taken away. */
export function isAboutPerson(password: string, about: readonly string[]): boolean {
  const whole = lettersOf(password);
  let rest = whole;
  for (const word of wordsOf(about)) rest = rest.replaceAll(word, "");
  return rest.length < whole.length && rest.length < leastOfOwn;
}

/** `password12`, `Sunshine!`: a word, and what everybody puts around it. */
function isOneWord(password: string): boolean {
  const word = password.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return (
    /^\p{L}+$/u.test(word) && word.length <= longestWord && password.length - word.length <= mostAroundWord
  );
}

/** One piece over and over: `aaaaaaaaaa`, `abcabcabcabc`. */
export function isRepeat(password: string): boolean {
  return /^(.{1,4}?)\1{2,}.{0,3}$/isu.test(password);
}

/** Longest first, so that `annabel` is taken away before `anna`. */
function wordsOf(about: readonly string[]): string[] {
  const words = about.flatMap((text) => [lettersOf(text), ...text.split(/[^\p{L}\p{N}]+/u).map(lettersOf)]);
  return [...new Set(words)]
    .filter((word) => word.length >= shortestWord)
    .sort((a, b) => b.length - a.length);
}

/** Without case, accents, spaces and signs: what people vary in a word they think of. */
function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Characters that do not follow from the one before. */
function surprises(password: string): number {
  let count = 0;
  for (let at = 0; at < password.length; at++) {
    const pair = password.slice(at - 1, at + 1);
    if (at > 0 && (pair[0] === pair[1] || isRun(pair))) continue;
    count++;
  }
  return count;
}

function isRun(pair: string): boolean {
  const back = `${pair[1]}${pair[0]}`;
  return keyboardRows.some((row) => row.includes(pair) || row.includes(back));
}

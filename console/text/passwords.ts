import type { PasswordProblem, PasswordStrength } from "../../shared/model/new-password.ts";

/** Passwords: choosing, changing and forgetting them. */
export const passwordText = {
  show: "Show",
  hide: "Hide",
  showLabel: "Show the password",
  rule: (leastChars: number) =>
    `At least ${leastChars} characters, of any kind. A few words in a row are easy to remember and hard to guess.`,
  missing: (chars: number) => (chars === 1 ? "One more character" : `${chars} more characters`),
  strengths: {
    weak: "Easy to guess: add a few more words",
    good: "Good",
    strong: "Strong",
  } satisfies Record<Exclude<PasswordStrength, "too_short">, string>,
  problems: {
    too_short: "This is too short. Add another word or two.",
    common: "This is one of the passwords that are tried first. Choose something only you would think of.",
    about_you: "This is made of your name, address or company, which others know. Choose something else.",
  } satisfies Record<PasswordProblem, string>,
};

import { randomInt } from "node:crypto";

// The code that a person reads off one screen and types into another (RFC 8628, section 6.1): no vowels, so that no word
// comes out, no digits that look like letters. 20^8 codes, for ten minutes each, tried a few times a minute.

const letters = "BCDFGHJKLMNPQRSTVWXZ";
const length = 8;

export function mintUserCode(): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
}

/** As people read it: `WDJB-MJHT`. */
export function showUserCode(code: string): string {
  return `${code.slice(0, length / 2)}-${code.slice(length / 2)}`;
}

/** From what was typed, in any case and with anything between the letters; null for what cannot be one. */
export function readUserCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s\p{P}]/gu, "");
  return code.length === length && [...code].every((letter) => letters.includes(letter)) ? code : null;
}

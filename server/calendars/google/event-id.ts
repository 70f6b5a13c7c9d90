import type { MeetingId } from "../../../shared/model/ids.ts";

// Google lets us name an event, in base32hex without padding: so the meeting's id makes the event's.

const digits = "0123456789abcdefghijklmnopqrstuv";
/** Tells ours from those that Google names itself, which have no such beginning and another length. */
const prefix = "f0";
/** 128 bits, five to a digit. */
const length = 26;

export function eventIdOf(meetingId: MeetingId): string {
  const bits = BigInt(`0x${meetingId.replaceAll("-", "")}`) << 2n; // 130 bits: the last digit is full.
  let text = "";
  for (let place = length - 1; place >= 0; place--) text += digits[Number((bits >> BigInt(5 * place)) & 31n)];
  return prefix + text;
}

/** Null for an event that is not ours; a single time of a series has a longer name, and never is. */
export function meetingIdOf(eventId: string): MeetingId | null {
  if (!eventId.startsWith(prefix) || eventId.length !== prefix.length + length) return null;
  let bits = 0n;
  for (const digit of eventId.slice(prefix.length)) {
    const value = digits.indexOf(digit);
    if (value === -1) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  if (bits % 4n !== 0n) return null;
  const hex = (bits >> 2n).toString(16).padStart(32, "0");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return parts.join("-") as MeetingId; // Made of one, by the function above.
}

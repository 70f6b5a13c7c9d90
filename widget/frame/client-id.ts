import type { ClientId } from "../../shared/model/ids.ts";

/** A version 4 UUID. `crypto.randomUUID` is missing on plain http, `getRandomValues` is not. */
export function clientId(): ClientId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let id = "";
  bytes.forEach((byte, at) => {
    const fixed = at === 6 ? (byte & 15) | 64 : at === 8 ? (byte & 63) | 128 : byte;
    id += (at === 4 || at === 6 || at === 8 || at === 10 ? "-" : "") + fixed.toString(16).padStart(2, "0");
  });
  return id as ClientId;
}

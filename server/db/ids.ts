import { randomBytes } from "node:crypto";
import type { Id } from "../../shared/model/ids.ts";

/** A new id: UUID version 7 (RFC 9562), whose leading milliseconds keep rows that belong together close in the index. */
export function newId<Kind extends string>(): Id<Kind> {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  const text = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  return text as Id<Kind>; // A fresh id is of whatever kind it is made for.
}

import { randomUUID } from "node:crypto";
import type { Instant, MeetingTypeId, WorkspaceId } from "../../shared/model/ids.ts";
import { DAY } from "../../shared/time/local-day.ts";
import { AppError } from "../errors.ts";
import { readToken, signToken } from "../signed-token.ts";
import type { Guest } from "./guest.ts";

type OfPage = { id: MeetingTypeId; workspaceId: WorkspaceId };

/** A new guest of this type's page: a signed word, good for a day and for this page. It opens nothing but the guest's own hold. */
export function signPageGuest(secretKey: string, type: OfPage, now: Instant): string {
  return signToken(secretKey, "page_guest", [type.workspaceId, type.id, randomUUID()], now + DAY);
}

/** Refuses a word that is altered, over, or of another page. */
export function readPageGuest(secretKey: string, token: string, type: OfPage, now: Instant): Guest {
  const read = readToken(secretKey, "page_guest", token, now);
  if (!read.ok) throw new AppError(read.code);
  const [workspaceId, typeId, guestId] = read.fields;
  if (workspaceId !== type.workspaceId || typeId !== type.id || guestId === undefined)
    throw new AppError("bad_signature");
  return { workspaceId: type.workspaceId, guestId };
}

import type { Instant, MeetingTypeId, MemberId } from "../../shared/model/ids.ts";
import { AppError } from "../errors.ts";
import { readToken, signToken } from "../signed-token.ts";

/**
 * What was offered: to whom, what, with which host, when, and how long the meeting is. The times themselves are not in it: they
 * follow from the rest, and are worked out afresh at the commit. An offer keeps its word about the notice, which counts from
 * the instant of the offer.
 */
export type SlotsOffer = {
  /** A guest's id (see `holderOf`), or the id of the meeting that is to be moved. */
  to: string;
  host: "any" | MemberId;
  /** With "any": the times are those of this one host, who comes first. */
  ownerId: MemberId | null;
  /** Null: the hosts' usual meeting. */
  typeId: MeetingTypeId | null;
  offeredAt: Instant;
  durationMinutes: number;
};

const offerMinutes = 30;

export function offerExpiry(offeredAt: Instant): Instant {
  return offeredAt + offerMinutes * 60_000;
}

export function signOffer(secretKey: string, offer: SlotsOffer): string {
  const { to, host, ownerId, typeId, offeredAt, durationMinutes } = offer;
  const fields = [to, host, String(offeredAt), String(durationMinutes), typeId ?? "", ownerId ?? ""];
  return signToken(secretKey, "slots_offer", fields, offerExpiry(offeredAt));
}

/** Refuses an offer that is altered, over, or somebody else's. */
export function readOffer(secretKey: string, token: string, to: string, now: Instant): SlotsOffer {
  const read = readToken(secretKey, "slots_offer", token, now);
  if (!read.ok) throw new AppError(read.code);
  const [offeredTo, host, offeredAt, durationMinutes, typeId, ownerId] = read.fields;
  if (offeredTo !== to) throw new AppError("bad_signature");
  // We signed it: these are ids of ours.
  return {
    to,
    host: host as "any" | MemberId,
    ownerId: (ownerId || null) as MemberId | null,
    typeId: (typeId || null) as MeetingTypeId | null,
    offeredAt: Number(offeredAt),
    durationMinutes: Number(durationMinutes),
  };
}

import type { Instant, MemberId } from "../../shared/model/ids.ts";
import { AppError } from "../errors.ts";
import { readToken, signToken } from "../signed-token.ts";

/**
 * What was offered: to whom, with which host, when, and how long the meeting is. The times themselves are not in it: they
 * follow from the rest, and are worked out afresh at the commit. An offer keeps its word about the notice, which counts from
 * the instant of the offer.
 */
export type SlotsOffer = {
  /** A visitor's id, or the id of the meeting that is to be moved. */
  to: string;
  host: "any" | MemberId;
  offeredAt: Instant;
  durationMinutes: number;
};

const offerMinutes = 30;

export function offerExpiry(offeredAt: Instant): Instant {
  return offeredAt + offerMinutes * 60_000;
}

export function signOffer(secretKey: string, { to, host, offeredAt, durationMinutes }: SlotsOffer): string {
  const fields = [to, host, String(offeredAt), String(durationMinutes)];
  return signToken(secretKey, "slots_offer", fields, offerExpiry(offeredAt));
}

/** Refuses an offer that is altered, over, or somebody else's. */
export function readOffer(secretKey: string, token: string, to: string, now: Instant): SlotsOffer {
  const read = readToken(secretKey, "slots_offer", token, now);
  if (!read.ok) throw new AppError(read.code);
  const [offeredTo, host, offeredAt, durationMinutes] = read.fields;
  if (offeredTo !== to) throw new AppError("bad_signature");
  // We signed it: the host is one of ours.
  return {
    to,
    host: host as "any" | MemberId,
    offeredAt: Number(offeredAt),
    durationMinutes: Number(durationMinutes),
  };
}

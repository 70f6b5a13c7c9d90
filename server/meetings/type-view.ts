import type { GuestMeetingType, MeetingType } from "../../shared/model/meeting-types.ts";
import type { TypeRow } from "./types-store.ts";

/** A type as the team sees it. */
export function toMeetingType({
  workspaceId: _,
  removedAt: __,
  countedFrom: ___,
  ...type
}: TypeRow): MeetingType {
  return type;
}

/** A type as guests see it. */
export function toGuestType(type: MeetingType): GuestMeetingType {
  const { id, slug, name, description, durations, hosting, place, questions } = type;
  return { id, slug, name, description, durations, hosting, place, questions };
}

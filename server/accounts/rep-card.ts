import type { MemberId, PhotoId } from "../../shared/model/ids.ts";
import type { Presence, RepCard } from "../../shared/model/people.ts";

/** The columns of a member that a card is made of. `has_lease`: some process holds a live link of this member. */
export type CardRow = {
  id: MemberId;
  first_name: string;
  last_name: string;
  job_title: string;
  photo_id: PhotoId | null;
  is_active: boolean;
  is_available: boolean;
  has_lease: unknown;
  open_chats: number | null;
  capacity: number;
};

/** What a visitor may know of a member. */
export function toRepCard(row: CardRow): RepCard {
  return {
    id: row.id,
    firstName: row.first_name,
    lastName: row.last_name,
    jobTitle: row.job_title,
    photoUrl: photoUrl(row.photo_id),
    presence: presenceOf(row),
  };
}

export function presenceOf(
  row: Pick<CardRow, "is_active" | "is_available" | "has_lease" | "open_chats" | "capacity">,
): Presence {
  if (!row.is_active || row.has_lease !== true) return "offline";
  if (!row.is_available) return "away";
  return (row.open_chats ?? 0) >= row.capacity ? "busy" : "available";
}

export function photoUrl(id: PhotoId | null, size: "large" | "small" = "small"): string | null {
  return id === null ? null : `/photos/${id}/${size}.webp`;
}

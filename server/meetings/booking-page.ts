import type { BookingPageRouteAnswers } from "../../shared/protocol/booking-page-routes.ts";
import { photoUrl } from "../accounts/rep-card.ts";
import { loadRepCards } from "../accounts/team.ts";
import { databaseNow } from "../db/database-now.ts";
import { AppError } from "../errors.ts";
import { hostsOfType } from "./bookables.ts";
import type { Guest } from "./guest.ts";
import { guestSide } from "./hosts-store.ts";
import type { SlotDeps } from "./list-slots.ts";
import { readPageGuest, signPageGuest } from "./page-guest.ts";
import { toGuestType } from "./type-view.ts";
import { publicTypeBySlug, type TypeRow } from "./types-store.ts";

/** The type of a public page; one that is not public, was removed, or never was is answered alike. */
async function typeOfPage({ db }: Pick<SlotDeps, "db">, slug: string): Promise<TypeRow> {
  const type = await publicTypeBySlug(db, slug);
  if (type === undefined) throw new AppError("not_found");
  return type;
}

/** What anybody may see of a meeting type by its public link: the company's look, the type, the faces of its hosts. */
export async function openBookingPage(
  { db, secretKey }: SlotDeps,
  slug: string,
): Promise<BookingPageRouteAnswers["POST /visitor/booking-pages/:token"]> {
  const type = await typeOfPage({ db }, slug);
  const { workspaceId } = type;
  const { companyName, color, logoId } = await guestSide(db, workspaceId, null);
  return {
    guest: signPageGuest(secretKey, type, await databaseNow(db)),
    company: { companyName, color, logoUrl: photoUrl(logoId, "large") },
    type: toGuestType(type),
    hosts: await loadRepCards(db, workspaceId, await hostsOfType(db, type)),
  };
}

/** The page's type, and the guest whom its first answer named. */
export async function guestOfPage(
  { db, secretKey }: SlotDeps,
  slug: string,
  token: string,
): Promise<{ type: TypeRow; guest: Guest }> {
  const type = await typeOfPage({ db }, slug);
  return { type, guest: readPageGuest(secretKey, token, type, await databaseNow(db)) };
}

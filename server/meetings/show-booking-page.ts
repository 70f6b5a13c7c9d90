import type { BookingPageStart } from "../../shared/protocol/page-data.ts";
import { AppError } from "../errors.ts";
import { guestOfPage, openBookingPage } from "./booking-page.ts";
import { siteOriginsOf } from "./hosts-store.ts";
import { listTypeSlots, type SlotDeps } from "./list-slots.ts";

/**
 * What the public page of a type is sent with: the answers to the first two questions of its program, so that its times are there with
 * the page. Null where there is no such page. `origins`: of the workspace's sites, which may frame it.
 */
export async function showBookingPage(
  deps: SlotDeps,
  slug: string,
): Promise<{ start: BookingPageStart; title: string; origins: string[] } | null> {
  try {
    const page = await openBookingPage(deps, slug);
    const { type, guest } = await guestOfPage(deps, slug, page.guest);
    const [slots, origins] = await Promise.all([
      listTypeSlots(deps, guest, { type, host: "any", duration: undefined }),
      siteOriginsOf(deps.db, type.workspaceId),
    ]);
    return {
      start: { page: { ok: true, ...page }, slots: { ok: true, ...slots } },
      title: `${page.type.name} · ${page.company.companyName}`,
      origins,
    };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

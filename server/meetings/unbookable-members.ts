import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { UnbookableReason } from "../../shared/protocol/connection-routes.ts";
import { calendarReasonsOf } from "../calendars/busy-times.ts";
import type { Database } from "../db/tables.ts";
import { activeHosts } from "./hosts-store.ts";
import { meansOf } from "./means-store.ts";
import { hostReasons, placeReasons } from "./unbookable.ts";
import { hostedPlaces } from "./unbookable-store.ts";

/**
 * Why visitors cannot book these members now, each in the order in which it would be mended; empty: they can. A place is missing where one of the
 * member's meeting types needs one.
 */
export async function unbookableReasons(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
): Promise<Map<MemberId, UnbookableReason[]>> {
  const hosts = await activeHosts(db, workspaceId, { only: memberIds });
  const ids = hosts.map(({ id }) => id);
  const calendars = await calendarReasonsOf(db, workspaceId, ids);
  const places = await hostedPlaces(db, workspaceId, ids);
  const means = await meansOf(db, workspaceId, ids);
  return new Map(
    hosts.map((host) => {
      const wishes = places.get(host.id) ?? [];
      const reasons = [
        ...hostReasons(host, null, null),
        ...wishes.flatMap((wish) => placeReasons(wish, means.get(host.id) ?? null)),
        ...(calendars.get(host.id) ?? []),
      ];
      return [host.id, [...new Set(reasons)]];
    }),
  );
}

import type { PlaceWish } from "../../shared/model/meeting-types.ts";
import type { UnbookableReason } from "../../shared/protocol/connection-routes.ts";
import { readiness } from "../accounts/set-up/readiness.ts";
import type { ActiveHost } from "./hosts-store.ts";
import { type HostMeans, placeOf, works } from "./place-of.ts";
import type { TypeRow } from "./types-store.ts";

/** What a host must bring for a meeting: hours, unless the type has its own, and a place. Null: the host's usual meeting. */
export type Needed = Pick<TypeRow, "hours" | "place"> | null;

/**
 * Why guests cannot be offered this host, whatever is in the calendar: the one rule that pools, the doctor and "why is this time not
 * offered" share. `means`: null where no place is needed.
 */
export function hostReasons(host: ActiveHost, type: Needed, means: HostMeans | null): UnbookableReason[] {
  const reasons: UnbookableReason[] = [];
  if (!readiness(host.readiness).isReady) reasons.push("not_ready");
  if (!hasHours(host, type)) reasons.push("no_hours");
  return [...reasons, ...placeReasons(type?.place ?? "none", means)];
}

/** Without a place, also what is wrong with the account that would make one. */
export function placeReasons(wish: PlaceWish, means: HostMeans | null): UnbookableReason[] {
  if (wish === "none") return [];
  if (means !== null && placeOf(wish, means) !== "no_place") return [];
  const video = means?.details.video;
  const maker = video === "zoom" ? means?.zoom : video === "teams" ? means?.teams : null;
  return maker?.problem && !works(maker) ? ["no_place", maker.problem] : ["no_place"];
}

function hasHours({ hours: { weekly, overrides } }: ActiveHost, type: Needed): boolean {
  const isOpen = ({ spans }: { spans: readonly unknown[] }) => spans.length > 0;
  return type?.hours ? type.hours.weekly.some(isOpen) : weekly.some(isOpen) || overrides.some(isOpen);
}

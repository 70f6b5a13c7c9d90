import type { MemberId } from "../../shared/model/ids.ts";

/**
 * In which order the free members of a pool are asked to host: first the rep the visitor is talking with, then whoever has
 * the fewest meetings ahead. Pure.
 */
export function pickHosts(
  free: readonly MemberId[],
  ahead: ReadonlyMap<MemberId, number>,
  inConversationWith: MemberId | null,
): MemberId[] {
  const rank = (id: MemberId) => (id === inConversationWith ? -1 : (ahead.get(id) ?? 0));
  return free.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

import type { NeedsAction } from "../../../shared/protocol/member-routes.ts";
import { type ReadinessFacts, readiness } from "../set-up/readiness.ts";

/** What the member has still to do, most visible first. All but the photo keep visitors away, by the rule of routing itself. */
export function needsAction({ hasPhoto, ...facts }: ReadinessFacts & { hasPhoto: boolean }): NeedsAction[] {
  const { reasons } = readiness(facts);
  const needs: NeedsAction[] = [];
  if (!hasPhoto) needs.push("photo");
  // The name is a part of the profile.
  if (reasons.includes("name") || reasons.includes("profile")) needs.push("profile");
  if (reasons.includes("zone")) needs.push("zone");
  return needs;
}

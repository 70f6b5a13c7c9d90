import type { NeedsAction } from "../../../shared/protocol/member-routes.ts";

/** What the database knows of a member's set-up. */
export type SetUpFacts = { hasPhoto: boolean; isZoneConfirmed: boolean; isProfileConfirmed: boolean };

/** What the member has still to do, most visible first. */
export function needsAction({ hasPhoto, isZoneConfirmed, isProfileConfirmed }: SetUpFacts): NeedsAction[] {
  const needs: NeedsAction[] = [];
  if (!hasPhoto) needs.push("photo");
  if (!isProfileConfirmed) needs.push("profile");
  if (!isZoneConfirmed) needs.push("zone");
  return needs;
}

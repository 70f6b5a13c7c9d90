import type { ReadinessReason } from "../../../shared/model/set-up.ts";

/** What a visitor would meet: a person with a name, who has looked at how they are shown and at what their clock says. */
export type ReadinessFacts = {
  firstName: string;
  /** The person has saved their profile themselves. */
  isProfileConfirmed: boolean;
  isZoneConfirmed: boolean;
};

export type Readiness = { isReady: boolean; reasons: ReadinessReason[] };

/**
 * Whether visitors may meet this member. The least that protects a visitor: no nameless rep, no invented name or title
 * that its owner never saw, no meeting in a zone that nobody checked. A photo is asked for and not waited for.
 */
export function readiness(facts: ReadinessFacts): Readiness {
  const reasons: ReadinessReason[] = [];
  if (facts.firstName.trim() === "") reasons.push("name");
  if (!facts.isProfileConfirmed) reasons.push("profile");
  if (!facts.isZoneConfirmed) reasons.push("zone");
  return { isReady: reasons.length === 0, reasons };
}

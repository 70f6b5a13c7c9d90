import type { Role } from "../../../shared/model/people.ts";
import {
  type SetUpState,
  type SetUpStep,
  type SetUpStepName,
  setUpSteps,
} from "../../../shared/model/set-up.ts";

/** What the database knows of a member and their workspace. Nothing is ticked by hand. */
export type SetUpFacts = {
  /** Has a password, or signs in through the company's provider. */
  canSignIn: boolean;
  firstName: string;
  jobTitle: string;
  hasPhoto: boolean;
  isProfileConfirmed: boolean;
  isZoneConfirmed: boolean;
  areHoursConfirmed: boolean;
  /** A calendar of a connected account blocks time or receives meetings. */
  hasCalendar: boolean;
  /** Guests can be met by video or by phone. */
  hasPlace: boolean;
  /** The workspace has registered at a provider. */
  hasProviderApp: boolean;
  /** A phone or another app is signed in. */
  hasApp: boolean;
  hasSite: boolean;
  /** The tag was seen on a page of a site's own. */
  isTagSeen: boolean;
  /** Somebody else is here, or invited. */
  hasColleague: boolean;
};

const forAll = [
  "account",
  "profile",
  "zone",
  "hours",
  "calendar",
  "details",
  "phone",
] as const satisfies readonly SetUpStepName[];
const forAdmins = ["integrations", "site", "tag", "colleague"] as const satisfies readonly SetUpStepName[];

/** The checklist of one member: steps by role, each judged by the facts. A step that is done is not "skipped" any more. */
export function stepsFor(role: Role, facts: SetUpFacts, skipped: ReadonlySet<string>): SetUpStep[] {
  const mine: ReadonlySet<SetUpStepName> = new Set(role === "admin" ? [...forAll, ...forAdmins] : forAll);
  return setUpSteps
    .filter((name) => mine.has(name))
    .map((name) => {
      const isRequired = isNeeded(name, facts);
      const state: SetUpState = isDone(name, facts)
        ? "done"
        : skipped.has(name) && !isRequired
          ? "skipped"
          : "open";
      return { name, state, isRequired };
    });
}

/** Without these no visitor meets the member: they can be left for later, not put off. A photo alone can wait. */
function isNeeded(step: SetUpStepName, facts: SetUpFacts): boolean {
  if (step === "profile") return !facts.isProfileConfirmed || facts.firstName === "";
  return step === "account" || step === "zone";
}

function isDone(step: SetUpStepName, facts: SetUpFacts): boolean {
  switch (step) {
    case "account":
      return facts.canSignIn;
    case "profile":
      return facts.isProfileConfirmed && facts.firstName !== "" && facts.jobTitle !== "" && facts.hasPhoto;
    case "zone":
      return facts.isZoneConfirmed;
    case "hours":
      return facts.areHoursConfirmed;
    case "integrations":
      return facts.hasProviderApp;
    case "calendar":
      return facts.hasCalendar;
    case "details":
      return facts.hasPlace;
    case "phone":
      return facts.hasApp;
    case "site":
      return facts.hasSite;
    case "tag":
      return facts.isTagSeen;
    case "colleague":
      return facts.hasColleague;
  }
}

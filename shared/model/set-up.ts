import type { Role } from "./people.ts";

/** The steps of the checklist, in the order in which they are shown. */
export const setUpSteps = [
  "account",
  "profile",
  "zone",
  "hours",
  "integrations",
  "calendar",
  "details",
  "phone",
  "site",
  "tag",
  "colleague",
] as const;
export type SetUpStepName = (typeof setUpSteps)[number];

/** `skipped`: put off by the person, and not done meanwhile. */
export type SetUpState = "done" | "open" | "skipped";

export type SetUpStep = {
  name: SetUpStepName;
  state: SetUpState;
  /** Until it is done no visitor meets this member; it cannot be put off. */
  isRequired: boolean;
};

/** Why a member is neither asked for chats nor booked, in the order in which it is mended. */
export type ReadinessReason = "name" | "profile" | "zone";

/** Where somebody stands between an invitation and "you're all set". */
export type SetUp = {
  role: Role;
  steps: SetUpStep[];
  isReady: boolean;
  reasons: ReadinessReason[];
};

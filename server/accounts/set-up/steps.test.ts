import { describe, expect, it } from "vitest";
import { type SetUpFacts, stepsFor } from "./steps.ts";

const nothing: SetUpFacts = {
  canSignIn: false,
  firstName: "",
  jobTitle: "",
  hasPhoto: false,
  isProfileConfirmed: false,
  isZoneConfirmed: false,
  areHoursConfirmed: false,
  hasCalendar: false,
  hasPlace: false,
  hasProviderApp: false,
  hasApp: false,
  hasSite: false,
  isTagSeen: false,
  hasColleague: false,
};
const all: SetUpFacts = {
  canSignIn: true,
  firstName: "Robin",
  jobTitle: "Advisor",
  hasPhoto: true,
  isProfileConfirmed: true,
  isZoneConfirmed: true,
  areHoursConfirmed: true,
  hasCalendar: true,
  hasPlace: true,
  hasProviderApp: true,
  hasApp: true,
  hasSite: true,
  isTagSeen: true,
  hasColleague: true,
};
const none = new Set<string>();
const states = (steps: ReturnType<typeof stepsFor>) =>
  Object.fromEntries(steps.map(({ name, state }) => [name, state]));

describe("the checklist", () => {
  it("asks reps and meetings-only members for what is theirs, admins for the workspace too", () => {
    const names = (role: "admin" | "rep" | "meetings_only") =>
      stepsFor(role, nothing, none).map(({ name }) => name);
    const own = ["account", "profile", "zone", "hours", "calendar", "details", "phone"];
    expect(names("rep")).toEqual(own);
    expect(names("meetings_only")).toEqual(own);
    // Registering at a provider comes before the calendar that needs it.
    expect(names("admin")).toEqual([
      ...["account", "profile", "zone", "hours", "integrations", "calendar", "details", "phone"],
      ...["site", "tag", "colleague"],
    ]);
  });

  it("is open where nothing is known, and done where everything is", () => {
    expect(new Set(Object.values(states(stepsFor("admin", nothing, none))))).toEqual(new Set(["open"]));
    expect(new Set(Object.values(states(stepsFor("admin", all, none))))).toEqual(new Set(["done"]));
  });

  it("takes a profile for done with a photo, a name and a title that the person has saved", () => {
    for (const missing of [
      { firstName: "" },
      { jobTitle: "" },
      { hasPhoto: false },
      { isProfileConfirmed: false },
    ]) {
      expect(states(stepsFor("rep", { ...all, ...missing }, none)).profile).toBe("open");
    }
  });

  it("lets be put off what no visitor depends on, and nothing else", () => {
    const skipped = new Set([
      ...["profile", "zone", "account", "hours", "integrations", "calendar", "details", "phone", "colleague"],
    ]);
    expect(states(stepsFor("admin", nothing, skipped))).toEqual({
      account: "open",
      profile: "open",
      zone: "open",
      hours: "skipped",
      integrations: "skipped",
      calendar: "skipped",
      details: "skipped",
      phone: "skipped",
      site: "open",
      tag: "open",
      colleague: "skipped",
    });
  });

  it("lets the photo be put off once name and title are saved", () => {
    const steps = stepsFor("rep", { ...all, hasPhoto: false }, new Set(["profile"]));
    expect(steps.find(({ name }) => name === "profile")).toEqual({
      name: "profile",
      state: "skipped",
      isRequired: false,
    });
  });

  it("shows what was put off and then done as done", () => {
    expect(states(stepsFor("rep", all, new Set(["hours"]))).hours).toBe("done");
  });

  it("begins with a signed-in account for who came through the company's provider", () => {
    expect(states(stepsFor("admin", { ...nothing, canSignIn: true }, none)).account).toBe("done");
  });
});

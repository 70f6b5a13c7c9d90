import { describe, expect, it } from "vitest";
import { openGraphJudge } from "./testing-graph-types.ts";

const judge = openGraphJudge();

describe("the judge of what we send to Graph", () => {
  it("finds nothing wrong with what is right", () => {
    const start = { dateTime: "2027-03-15T09:00:00", timeZone: "UTC" };
    const attendees = [{ emailAddress: { address: "ada@engines.example" }, type: "required" }];
    expect(
      judge("Event", { id: "a", start, attendees, showAs: "oof", body: { contentType: "text" } }),
    ).toEqual([]);
    expect(judge("Subscription", { changeType: "updated", clientState: null })).toEqual([]);
  });

  it("finds a type, a field, a word and a value that Graph does not have", () => {
    expect(judge("Evnt", {})).toHaveLength(1);
    expect(judge("Event", { summary: "A title, as Google calls it" })).toHaveLength(1);
    expect(judge("Event", { showAs: "away" })).not.toEqual([]);
    expect(judge("Event", { start: { dateTime: 1 } })).not.toEqual([]);
    expect(judge("Event", { attendees: { type: "required" } })).not.toEqual([]);
  });
});

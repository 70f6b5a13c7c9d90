import { describe, expect, it } from "vitest";
import type { SimulatedRequest } from "../testing-simulator-server.ts";
import { openGoogleJudge } from "./testing-discovery.ts";

const judge = openGoogleJudge();
const events = "/calendar/v3/calendars/mara/events";

function request(method: string, path: string, json: unknown = null): SimulatedRequest {
  return { method, url: new URL(path, "http://127.0.0.1"), headers: {}, json, account: "mara" };
}

describe.skipIf(judge === null)("the judge of what we send to Google", () => {
  it("finds nothing wrong with what is right", () => {
    expect(judge?.request(request("GET", `${events}?singleEvents=true&timeMin=x&maxResults=10`))).toEqual([]);
    expect(judge?.request(request("POST", events, { id: "abcde", start: { date: "2027-03-15" } }))).toEqual(
      [],
    );
  });

  it("finds a method, a parameter, a value, a field and a type that Google does not have", () => {
    expect(judge?.request(request("GET", `${events}/a/b`))).toHaveLength(1);
    expect(judge?.request(request("GET", `${events}?singleEvent=true`))).toHaveLength(1);
    expect(judge?.request(request("POST", `${events}?sendUpdates=everybody`, {}))).toHaveLength(1);
    expect(judge?.request(request("POST", events, { start: { instant: 1 } }))).toHaveLength(1);
    expect(judge?.request(request("POST", events, { attendees: { email: "a@b.example" } }))).toHaveLength(1);
    const answer = { status: 200, json: { items: [{ id: 7 }] } };
    expect(judge?.answer(request("GET", events), answer)).toHaveLength(1);
  });
});

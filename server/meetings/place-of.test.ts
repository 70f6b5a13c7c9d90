import { describe, expect, it } from "vitest";
import type { ConnectionProblem } from "../../shared/model/connections.ts";
import type { ConnectionId } from "../../shared/model/ids.ts";
import type { PlaceWish } from "../../shared/model/meeting-types.ts";
import { type MeetingDetails, noMeetingDetails } from "../../shared/model/meetings.ts";
import { type HostMeans, placeOf, roomMaker } from "./place-of.ts";

const account = (problem: ConnectionProblem | null = null) => ({
  connectionId: "c" as ConnectionId,
  problem,
});
const calendar = (provider: "google" | "microsoft" | "caldav", problem: ConnectionProblem | null = null) => ({
  ...account(problem),
  provider,
  ref: "primary",
  makesTeams: provider === "microsoft",
});

function host(details: Partial<MeetingDetails>, means: Partial<HostMeans> = {}): HostMeans {
  return { details: { ...noMeetingDetails, ...details }, zoom: null, teams: null, calendar: null, ...means };
}

const phone = { phone: "+442079460000", phoneExtension: "12" };
const link = { video: "link", linkUrl: "https://meet.example/ada" } as const;
const kindOf = (wish: PlaceWish | null, means: HostMeans) => {
  const place = placeOf(wish, means);
  return place === null || place === "no_place" ? place : `${place.kind} ${place.state}`;
};

describe("the place of a meeting", () => {
  it("is what the type wishes and the host has, else none", () => {
    const table: [HostMeans, ...(string | null)[]][] = [
      // The host,                                                    usual, any, video, phone, none.
      [host({}), null, "no_place", "no_place", "no_place", null],
      [host(phone), "phone ready", "phone ready", "no_place", "phone ready", null],
      [host(link), "link ready", "link ready", "link ready", "no_place", null],
      [host({ ...link, ...phone }), "link ready", "link ready", "link ready", "phone ready", null],
      [
        host({ video: "zoom" }, { zoom: account() }),
        "zoom pending",
        "zoom pending",
        "zoom pending",
        "no_place",
        null,
      ],
      [host({ video: "zoom" }), null, "no_place", "no_place", "no_place", null],
      [
        host({ video: "zoom", ...phone }, { zoom: account("needs_reauth") }),
        "phone ready",
        "phone ready",
        "no_place",
        "phone ready",
        null,
      ],
      [
        host({ video: "meet" }, { calendar: calendar("google") }),
        "meet pending",
        "meet pending",
        "meet pending",
        "no_place",
        null,
      ],
      [
        host({ video: "meet" }, { calendar: calendar("microsoft") }),
        null,
        "no_place",
        "no_place",
        "no_place",
        null,
      ],
      [
        host({ video: "meet" }, { calendar: calendar("google", "calendar_gone") }),
        null,
        "no_place",
        "no_place",
        "no_place",
        null,
      ],
      [
        host({ video: "teams" }, { calendar: calendar("microsoft") }),
        "teams pending",
        "teams pending",
        "teams pending",
        "no_place",
        null,
      ],
    ];
    for (const [means, ...expected] of table)
      expect(([null, "any", "video", "phone", "none"] as const).map((wish) => kindOf(wish, means))).toEqual(
        expected,
      );
  });

  it("has the number beside a video, unless the type wants video alone", () => {
    const both = host({ ...link, ...phone });
    expect(placeOf("any", both)).toMatchObject({ kind: "link", ...phone });
    expect(placeOf("video", both)).toMatchObject({ kind: "link", phone: null, phoneExtension: null });
  });

  it("stays while an account is only hard to reach", () => {
    expect(kindOf("video", host({ video: "zoom" }, { zoom: account("unreachable") }))).toBe("zoom pending");
  });

  it("in Teams is made by a connection of its own before the calendar", () => {
    const means = host({ video: "teams" }, { teams: account(), calendar: calendar("microsoft") });
    expect(roomMaker(means, "teams")).toBe("account");
    expect(roomMaker({ ...means, teams: account("needs_approval") }, "teams")).toBe("calendar");
    expect(roomMaker({ ...means, teams: null, calendar: calendar("google") }, "teams")).toBe(null);
  });
});

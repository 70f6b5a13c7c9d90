import type { ConnectionProblem, ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId } from "../../shared/model/ids.ts";
import type { PlaceWish } from "../../shared/model/meeting-types.ts";
import type { MeetingDetails, MeetingPlace } from "../../shared/model/meetings.ts";

// Which place a meeting gets. Pure.

type Account = { connectionId: ConnectionId; problem: ConnectionProblem | null };

/** With what a host's meetings can be held and written down outside. */
export type HostMeans = {
  details: MeetingDetails;
  zoom: Account | null;
  teams: Account | null;
  /** The calendar that receives the host's meetings. `makesTeams`: it is one of Microsoft's for work or school. */
  calendar:
    | (Account & {
        provider: Extract<ProviderName, "google" | "microsoft" | "caldav">;
        ref: string;
        makesTeams: boolean;
      })
    | null;
};

const ends: readonly (ConnectionProblem | null)[] = [
  "needs_reauth",
  "missing_scope",
  "needs_approval",
  "calendar_gone",
  "refused",
];

/** Whether an account can be used as things stand. */
export function works(account: { problem: ConnectionProblem | null } | null): boolean {
  return account !== null && !ends.includes(account.problem);
}

/** What makes a host's room: an account of its own, or the calendar that the event is written to. */
export function roomMaker(means: HostMeans, kind: "zoom" | "teams" | "meet"): "account" | "calendar" | null {
  if (kind === "zoom") return works(means.zoom) ? "account" : null;
  if (kind === "teams" && works(means.teams)) return "account";
  const makes = kind === "meet" ? means.calendar?.provider === "google" : means.calendar?.makesTeams === true;
  return makes && works(means.calendar) ? "calendar" : null;
}

/**
 * The place of a meeting with this host. `wish` null: the host's usual meeting, which may have none. `no_place`: the type needs
 * one and the host has none such.
 */
export function placeOf(wish: PlaceWish | null, means: HostMeans): MeetingPlace | null | "no_place" {
  if (wish === "none") return null;
  const { details } = means;
  const phone =
    details.phone === ""
      ? { phone: null, phoneExtension: null }
      : { phone: details.phone, phoneExtension: details.phoneExtension || null };
  const byPhone = { kind: "phone", state: "ready", joinUrl: null, passcode: null, ...phone } as const;
  if (wish === "phone") return phone.phone === null ? "no_place" : byPhone;
  // The number stands beside a video only where the type leaves the way open.
  const beside = wish === "video" ? { phone: null, phoneExtension: null } : phone;
  const { video } = details;
  if (video === "link" && details.linkUrl !== "")
    return { kind: "link", state: "ready", joinUrl: details.linkUrl, passcode: null, ...beside };
  if (video !== null && video !== "link" && roomMaker(means, video) !== null)
    return { kind: video, state: "pending", joinUrl: null, passcode: null, ...beside };
  if (wish !== "video" && phone.phone !== null) return byPhone;
  return wish === null ? null : "no_place";
}

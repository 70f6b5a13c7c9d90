import type { CalendarId, ConnectionId, Instant, MemberId, ZoneName } from "./ids.ts";

/** Where an outside account is. `teams`: rooms in Microsoft Teams for a member whose calendar is elsewhere. */
export type ProviderName = "google" | "microsoft" | "caldav" | "zoom" | "teams";
/** Those at which the workspace registers as an app of its own; `teams` uses the one of `microsoft`. */
export type OAuthProvider = "google" | "microsoft" | "zoom";
/** Those at which a person consents on the provider's own page. */
export type ConnectedProvider = Exclude<ProviderName, "caldav">;

/**
 * What is wrong with a link to an outside account, as one word. All but the last two end the account's use until somebody mends it
 * (see `endsUse`): with the last two, what was read a short while ago still counts.
 *   - `needs_reauth`: the account took our access back, or its password changed
 *   - `missing_scope`: a permission was not ticked
 *   - `needs_approval`: the account's own admin must allow Foyer
 *   - `calendar_gone`: a chosen calendar is not there any more
 *   - `refused`: the provider refuses for good
 *   - `zone_mismatch`: the mailbox shows another time zone than the profile
 *   - `watch_expired`: changes are not told at once, only found by asking
 *   - `unreachable`: no answer, too many requests, or an error of the provider's own
 */
export type ConnectionProblem =
  | "needs_reauth"
  | "missing_scope"
  | "needs_approval"
  | "calendar_gone"
  | "refused"
  | "zone_mismatch"
  | "watch_expired"
  | "unreachable";

/** Whether an account with this problem says nothing any more that may be relied on. */
export function endsUse(problem: ConnectionProblem | null): problem is ConnectionProblem {
  return problem !== null && problem !== "watch_expired" && problem !== "unreachable";
}

/** A calendar of a connected account, as its member sees it. */
export type CalendarView = {
  id: CalendarId;
  name: string;
  /** `#rrggbb` as it is at the provider. */
  color: string | null;
  isPrimary: boolean;
  isWritable: boolean;
  blocksTime: boolean;
  receivesMeetings: boolean;
  isGone: boolean;
  /** The last reading that came to its end; null: not read yet. */
  readAt: Instant | null;
};

/** A link to an outside account and how it is. */
export type ConnectionView = {
  id: ConnectionId;
  memberId: MemberId;
  provider: ProviderName;
  accountName: string;
  problem: ConnectionProblem | null;
  problemAt: Instant | null;
  triedAt: Instant | null;
  goodAt: Instant | null;
  /** Permissions that were asked for and not given, as the provider calls them. */
  missingScopes: string[];
  /** With `needs_approval`: where the account's admin allows Foyer. */
  approvalUrl: string | null;
  /** With `zone_mismatch`: what the mailbox shows. */
  mailboxZone: ZoneName | null;
  calendars: CalendarView[];
};

import type { PasswordProblem } from "../model/new-password.ts";
import type { CalDavProblem } from "./caldav-routes.ts";
import type { DetailsProblem } from "./meeting-details-routes.ts";
import type { PhotoProblem } from "./profile-routes.ts";

/** Every refusal that may leave the server. The code decides the HTTP status; texts are the screens' own. */
export const errorStatus = {
  invalid_input: 400,
  unauthenticated: 401,
  /** Also for what belongs to somebody else: refusals look alike. */
  not_found: 404,
  forbidden: 403,
  /** The person must prove again who they are (`POST /api/session/prove`), then the same request is taken. */
  proof_needed: 403,
  /** The write carried an ownership epoch that is over; ask for the conversation again. */
  stale_owner: 409,
  /** The conversation is closed; a new message starts a new one. */
  conversation_closed: 409,
  /** Somebody else was first (an offer, a conversation). */
  taken: 409,
  /** Nobody would be left who steers the workspace. */
  last_admin: 409,
  /** A site or single sign-on still names this team. */
  team_in_use: 409,
  /** The slot can no longer be booked. */
  slot_taken: 409,
  /** The offer, hold or link is past its time. */
  expired: 410,
  /** The signed part does not match: altered, or from elsewhere. */
  bad_signature: 400,
  /** The file does not become a photo; `photo` says why. */
  photo_refused: 422,
  too_many: 429,
  /** The visitor already has the largest number of open bookings. */
  too_many_meetings: 429,
  too_large: 413,
  /** This screen is older than the server understands: reload. */
  outdated: 426,
  unavailable: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/**
 * A refusal on the wire. `retryAfterMs` with `too_many`; `takenBy` (a member's id) with `taken`; `requestId` with
 * `internal` and `unavailable`.
 */
export type Refusal = {
  ok: false;
  code: ErrorCode;
  retryAfterMs?: number;
  takenBy?: string | null;
  requestId?: string;
  /** With `invalid_input`: the path of the first field refused. */
  field?: string;
  /** With `invalid_input`: which rule a new password, meeting details or a CalDAV account broke. */
  reason?: PasswordProblem | DetailsProblem | CalDavProblem;
  photo?: PhotoProblem;
};

export type Answer<T> = ({ ok: true } & T) | Refusal;

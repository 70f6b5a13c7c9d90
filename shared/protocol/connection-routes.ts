import { z } from "zod";
import type {
  ConnectedProvider,
  ConnectionProblem,
  ConnectionView,
  OAuthProvider,
  ProviderName,
} from "../model/connections.ts";
import type { ConnectionId, Instant, MemberId } from "../model/ids.ts";
import { idField, lineField } from "./fields.ts";

// Links to outside accounts: a member's own, and the workspace's registrations at providers.

/** Where a provider sends the browser back to. The query tells the console how it went: see `ConnectOutcome`. */
export const connectCallbackPath = "/connect/callback";

/**
 * How a connection ended, as `?connect=` of the page that it began on. `denied`: the person said no; `missing_scope`: connected, but not everything was
 * ticked; `expired`: begun too long ago, in another browser, or by somebody else; `other_account`: another one than the one to connect again;
 * `misconfigured`: the provider does not accept the client id, its secret or our address.
 */
export const connectOutcomes = [
  "connected",
  "missing_scope",
  "denied",
  "needs_approval",
  "expired",
  "other_account",
  "misconfigured",
  "unreachable",
] as const;
export type ConnectOutcome = (typeof connectOutcomes)[number];

/** Pages of the console to which a connection may lead back. */
const returnTo = z.enum([
  "/console/me/calendars",
  "/console/me/meeting-details",
  "/console/setup",
  "/console/settings/integrations",
]);

export const connectionRouteSchemas = {
  /** Answers the address to send the browser to. `again`: the same account, with new permissions. */
  "POST /api/connections/begin": z.object({
    provider: z.enum(["google", "microsoft", "zoom", "teams"]),
    again: idField<"connection">().nullable(),
    returnTo,
  }),
  /**
   * That the account's own admin must allow Foyer before it can be connected at all: told by the provider on its own page, and kept here
   * until the account is connected, or nobody waits any more. Most providers tell it to us, too.
   */
  "POST /api/connections/wait": z.object({
    provider: z.enum(["google", "microsoft", "zoom", "teams"]),
    isWaiting: z.boolean(),
  }),
  /** Gives the access back at the provider and forgets it here. */
  "POST /api/connections/:id/disconnect": z.object({}),
  /** The workspace's registrations. */
  "GET /api/provider-apps": z.object({}),
  "PUT /api/provider-apps/:provider": z.object({
    clientId: lineField(300),
    /** Null keeps the one that is there. */
    clientSecret: z.string().trim().min(1).max(1_000).nullable(),
  }),
  "POST /api/provider-apps/:provider/remove": z.object({}),
  /** Whether the provider knows the client id and our address, asked without a person: see `AppCheck`. */
  "POST /api/provider-apps/:provider/check": z.object({}),
  /** Gives back and forgets every outside access of the workspace. */
  "POST /api/connections/revoke-all": z.object({}),
} as const;

/** The `:provider` of a registration. */
export const oauthProviderField = z.enum(["google", "microsoft", "zoom"]);

/** What asking without a person showed. `unknown`: this provider cannot be asked; the first connection will show it. */
export type AppCheck =
  | "works"
  | "wrong_client"
  | "wrong_secret"
  | "wrong_redirect"
  | "unreachable"
  | "unknown";

export type ProviderAppView = {
  provider: OAuthProvider;
  clientId: string | null;
  /** Exactly what to enter at the provider. */
  redirectUrl: string;
  /** Where the provider registers apps. */
  registerUrl: string;
  scopes: string[];
  /** Somebody has connected with it. */
  isVerified: boolean;
  updatedAt: Instant | null;
};

/** One member's health, for admins. `reasons`: why visitors cannot book them now; empty: they can. */
export type DoctorLine = {
  memberId: MemberId;
  connections: {
    id: ConnectionId;
    provider: ProviderName;
    accountName: string;
    problem: ConnectionProblem | null;
    problemAt: Instant | null;
    triedAt: Instant | null;
    goodAt: Instant | null;
  }[];
  reasons: UnbookableReason[];
};

/** Why a member is not in any pool. `calendar_unread`: connected, and not read yet or too long ago. */
export type UnbookableReason = "not_ready" | "no_hours" | "no_place" | "calendar_unread" | ConnectionProblem;

/** An account that cannot be connected before its own admin allows Foyer. */
export type ConnectWait = {
  provider: ConnectedProvider;
  since: Instant;
  /** Where that admin allows it; null: this provider has no such page, the admin finds it in their settings. */
  approvalUrl: string | null;
};

/** My own connections and what to offer me. `apps`: the providers the workspace has registered at. */
export type MyConnections = {
  connections: ConnectionView[];
  waiting: ConnectWait[];
  apps: OAuthProvider[];
  reasons: UnbookableReason[];
};

export type ConnectionRouteAnswers = {
  "POST /api/connections/begin": { url: string };
  "POST /api/connections/wait": object;
  "POST /api/connections/:id/disconnect": object;
  "GET /api/provider-apps": { apps: ProviderAppView[] };
  "PUT /api/provider-apps/:provider": { apps: ProviderAppView[] };
  "POST /api/provider-apps/:provider/remove": { apps: ProviderAppView[] };
  "POST /api/provider-apps/:provider/check": { check: AppCheck };
  /**
   * How many were given back; how many providers did not answer (they are asked again); and how many are only forgotten here, because
   * their provider takes nothing back (Microsoft, CalDAV): people remove Foyer, or change the password, there.
   */
  "POST /api/connections/revoke-all": { revoked: number; unanswered: number; forgotten: number };
};

import type { ConnectedProvider, OAuthProvider, ProviderName } from "../../shared/model/connections.ts";
import type { ProviderAddresses } from "../config.ts";

// What is particular to each provider at which a person consents: where it is, what we ask for, and how it says who they are.

type Plan = {
  /** Whose registration is used. */
  app: OAuthProvider;
  /** What is asked for. */
  scopes: readonly string[];
  /** Without one of these the connection does not do its work. */
  needed: readonly string[];
  /** More of the address at which the person consents. */
  consent: Readonly<Record<string, string>>;
};

const google = "https://www.googleapis.com/auth";

export const plans: Readonly<Record<ConnectedProvider, Plan>> = {
  google: {
    app: "google",
    scopes: [
      "openid",
      "email",
      `${google}/calendar.events`,
      `${google}/calendar.freebusy`,
      `${google}/calendar.calendarlist.readonly`,
    ],
    // `calendar.events` does not include the question who is busy.
    needed: [
      `${google}/calendar.events`,
      `${google}/calendar.freebusy`,
      `${google}/calendar.calendarlist.readonly`,
    ],
    // Only a consent that is asked for anew brings a token to renew the access with.
    consent: { access_type: "offline", prompt: "consent", include_granted_scopes: "true" },
  },
  microsoft: {
    app: "microsoft",
    scopes: ["offline_access", "User.Read", "Calendars.ReadWrite", "MailboxSettings.Read"],
    // Without the mailbox's settings we only do not know its time zone.
    needed: ["User.Read", "Calendars.ReadWrite"],
    consent: { prompt: "select_account" },
  },
  teams: {
    app: "microsoft",
    scopes: ["offline_access", "User.Read", "OnlineMeetings.ReadWrite"],
    needed: ["User.Read", "OnlineMeetings.ReadWrite"],
    consent: { prompt: "select_account" },
  },
  zoom: {
    app: "zoom",
    // They stand in the registration; what is asked in the address counts for nothing.
    // The list finds a room whose making had no answer; without it there may be two.
    scopes: [
      "meeting:write:meeting",
      "meeting:update:meeting",
      "meeting:delete:meeting",
      "meeting:read:list_meetings",
      "user:read:user",
    ],
    needed: ["meeting:write:meeting", "meeting:update:meeting", "meeting:delete:meeting", "user:read:user"],
    consent: {},
  },
};

/** What a registration is entered for: all that is asked with it. */
export function scopesOfApp(app: OAuthProvider): string[] {
  const all = Object.values(plans).filter((plan) => plan.app === app);
  return [...new Set(all.flatMap(({ scopes }) => scopes))];
}

/** Where a person registers an app. */
export const registerUrls: Readonly<Record<OAuthProvider, string>> = {
  google: "https://console.cloud.google.com/apis/credentials",
  microsoft: "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade",
  zoom: "https://marketplace.zoom.us/develop/create",
};

export type Places = {
  issuer: string;
  consent: string;
  token: string;
  /** Null: access can only be taken back by the account's owner. */
  revoke: string | null;
  /** As `fetchFor` knows it. */
  base: string;
};

export function placesOf(providers: ProviderAddresses, app: OAuthProvider): Places {
  if (app === "google") {
    const { accounts, tokens } = providers.google;
    return {
      issuer: accounts,
      consent: `${accounts}/o/oauth2/v2/auth`,
      token: `${tokens}/token`,
      revoke: `${tokens}/revoke`,
      base: tokens,
    };
  }
  if (app === "microsoft") {
    const base = providers.microsoft.login;
    const common = `${base}/common/oauth2/v2.0`;
    return { issuer: base, consent: `${common}/authorize`, token: `${common}/token`, revoke: null, base };
  }
  const base = providers.zoom.oauth;
  return {
    issuer: base,
    consent: `${base}/oauth/authorize`,
    token: `${base}/oauth/token`,
    revoke: `${base}/oauth/revoke`,
    base,
  };
}

/** Where an account's API is; a CalDAV account has its own. */
export function apiOf(providers: ProviderAddresses, provider: ConnectedProvider): string {
  if (provider === "google") return providers.google.api;
  return provider === "zoom" ? providers.zoom.api : providers.microsoft.graph;
}

/** What says who the account is, at its API. */
export const whoIsIt: Readonly<Record<ConnectedProvider, string>> = {
  google: "/oauth2/v2/userinfo",
  microsoft: "/v1.0/me?$select=id,mail,userPrincipalName",
  teams: "/v1.0/me?$select=id,mail,userPrincipalName",
  zoom: "/v2/users/me",
};

/** Which of the permissions that the work needs were not given, as the provider calls them. */
export function missingScopes(provider: ProviderName, given: readonly string[]): string[] {
  if (provider === "caldav") return [];
  const known = new Set(given.map(shortScope));
  return plans[provider].needed.filter(
    (scope) => !known.has(shortScope(scope)) && !olderNames(scope).some((name) => known.has(name)),
  );
}

/** Microsoft names a permission with or without its service in front, and in any case. */
function shortScope(scope: string): string {
  return scope.replace(/^https:\/\/graph\.microsoft\.com\//i, "").toLowerCase();
}

/** Zoom's registrations of before know one permission for several of now; Google's whole calendar holds its parts. */
function olderNames(scope: string): string[] {
  if (scope.startsWith("meeting:")) return ["meeting:write"];
  if (scope.startsWith("user:")) return ["user:read"];
  return scope.startsWith(`${google}/calendar.`) ? [`${google}/calendar`] : [];
}

// What an export leaves out, and why. A test fails for a table that is neither exported nor named here, and for a column
// that looks like a secret and is not named here.

/** Tables of which no row is exported. */
export const leftOutTables: Readonly<Record<string, string>> = {
  sessions: "who is signed in on which browser: of no use elsewhere, and keyed by hashes of secrets",
  one_use_secrets: "hashes of links that are still open",
  sso_flows: "sign-ins that are under way",
  connect_flows: "connections to outside accounts that are under way",
  ended_connections: "access that is being given back at its provider",
  used_assertions: "only keeps a provider's answer from being used twice",
  device_codes: "apps that are about to sign in",
  phone_codes: "phones that are about to sign in",
  rep_leases: "which process holds whose console, for some seconds",
};

/** Columns that are left out of their rows. */
export const leftOutColumns: Readonly<Record<string, readonly string[]>> = {
  members: ["password_hash"],
  visitors: ["secret_hash", "resume_secret_hash"],
  invitations: ["token_hash"],
  identity_providers: ["sealed_secret"],
  provider_apps: ["sealed_secret"],
  connections: ["sealed_secret"],
  calendars: ["watch_hash"],
  outside_copies: ["passcode"],
  // The proof of a domain is asked for anew wherever the workspace goes.
  domains: ["token"],
  // Links that give access stand in what was mailed.
  mails: ["body_text", "body_html", "invitation"],
};

/** Looks like one and is none: what it is stands behind it. */
export const harmlessColumns: Readonly<Record<string, readonly string[]>> = {
  // Pictures that every visitor sees; written as base64.
  photos: ["large", "small"],
};

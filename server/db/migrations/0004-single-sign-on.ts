/** Identity providers of a workspace, the domains it has proven, and who signed in through which. */
export const singleSignOn = {
  id: 4,
  name: "single sign-on",
  up: `
alter table workspaces add column is_sso_only boolean not null default false;
-- May still sign in by password where the workspace is "SSO only".
alter table members add column is_break_glass boolean not null default false;

create table identity_providers (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  kind text not null check (kind in ('oidc', 'saml')),
  name text not null,
  -- OIDC: issuer, clientId. SAML: entityId, signInUrl, certificates.
  settings jsonb not null,
  -- The client secret, sealed with a key that is not in the database.
  sealed_secret bytea,
  is_on boolean not null default false,
  -- Counts the changes of settings: what began under others is over.
  revision int not null default 1,
  -- Of these settings: a change of them takes it back.
  verified_at timestamptz,
  -- What the last "verify" run brought back, problems included.
  last_run jsonb,
  last_run_at timestamptz,
  -- Never admin: admins are made by admins.
  default_role text not null default 'rep' check (default_role in ('rep', 'meetings_only')),
  default_team_id uuid,
  allows_idp_initiated boolean not null default false,
  created_at timestamptz not null default foyer_now(),
  unique (workspace_id, id),
  foreign key (workspace_id, default_team_id) references teams (workspace_id, id)
    on delete set null (default_team_id)
);

create table domains (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  domain text not null,
  token text not null,
  proven_at timestamptz,
  proven_by text check (proven_by in ('dns', 'file')),
  created_at timestamptz not null default foyer_now(),
  unique (workspace_id, domain)
);
create unique index domains_proven on domains (domain) where proven_at is not null;

-- Somebody at a provider is (issuer, subject) there, whatever address it tells.
create table identities (
  provider_id uuid not null,
  issuer text not null,
  subject text not null,
  workspace_id uuid not null,
  member_id uuid not null,
  created_at timestamptz not null default foyer_now(),
  used_at timestamptz not null default foyer_now(),
  primary key (provider_id, issuer, subject),
  foreign key (workspace_id, provider_id) references identity_providers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index identities_member on identities (member_id);

-- A way to a provider and back, bound to one browser and gone once used.
create table sso_flows (
  state_hash bytea primary key,
  workspace_id uuid not null,
  provider_id uuid not null,
  purpose text not null check (purpose in ('sign_in', 'verify', 'prove')),
  -- Who verifies or proves; null for a sign-in.
  member_id uuid,
  browser_hash bytea not null,
  -- Of the provider, when it began.
  revision int not null,
  nonce text,
  code_verifier text,
  request_id text unique,
  -- SAML: who was told, by a POST without our cookies, until the same browser asks for it with them.
  told jsonb,
  return_to text not null,
  created_at timestamptz not null default foyer_now(),
  expires_at timestamptz not null,
  foreign key (workspace_id, provider_id) references identity_providers (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);

create table used_assertions (
  provider_id uuid not null,
  assertion_id text not null,
  workspace_id uuid not null,
  expires_at timestamptz not null,
  primary key (provider_id, assertion_id),
  foreign key (workspace_id, provider_id) references identity_providers (workspace_id, id) on delete cascade
);
`,
};

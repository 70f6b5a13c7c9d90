/** Apps that sign in through the browser (RFC 8628), and phones that sign in by a code on the console's screen. */
export const apps = {
  id: 6,
  name: "apps",
  up: `
create table device_codes (
  device_code_hash bytea primary key,
  user_code_hash bytea not null unique,
  -- Its client_id: what the app calls itself, which nobody has proven.
  app_name text not null,
  -- The system the app says it runs on; may be empty.
  device text not null,
  -- Of the network that asked, hashed with this row's code: tells "the same as yours" and nothing else.
  network_hash bytea not null,
  -- Of the one who said yes or no.
  workspace_id uuid,
  member_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'authorized', 'denied', 'used')),
  interval_seconds int not null default 5,
  polled_at timestamptz,
  created_at timestamptz not null default foyer_now(),
  expires_at timestamptz not null,
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index device_codes_expiry on device_codes (expires_at);

-- A code on the screen of a signed-in console. The phone that reads it claims it; the console says whether it is theirs.
create table phone_codes (
  id uuid primary key,
  -- Of the secret in the code, and of the one that the phone got for its claim.
  secret_hash bytea not null unique,
  claim_hash bytea unique,
  workspace_id uuid not null,
  member_id uuid not null,
  -- The console's session: a code ends with it.
  session_id uuid not null references sessions (id) on delete cascade,
  state text not null default 'open' check (state in ('open', 'claimed', 'confirmed', 'refused', 'used')),
  phone_label text,
  -- Shown on both screens, so that a stranger's phone of the same make is told apart.
  number int,
  created_at timestamptz not null default foyer_now(),
  expires_at timestamptz not null,
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index phone_codes_session on phone_codes (session_id);
create index phone_codes_expiry on phone_codes (expires_at);
`,
};

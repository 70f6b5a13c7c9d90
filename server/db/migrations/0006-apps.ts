/** Apps that sign in through the browser (RFC 8628). */
export const apps = {
  id: 6,
  name: "apps",
  up: `
create table device_codes (
  device_code_hash bytea primary key,
  user_code_hash bytea not null unique,
  app_name text not null,
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
`,
};

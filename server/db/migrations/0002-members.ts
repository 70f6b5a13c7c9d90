/** Who comes in, as what: teams, invitations, sessions that can be listed, one-use secrets, counted attempts, the audit log. */
export const members = {
  id: 2,
  name: "members",
  up: `
alter table members
  add column deactivated_at timestamptz,
  -- When a session of this member was last used; written at most once a minute.
  add column seen_at timestamptz;

create table teams (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  name text not null,
  created_at timestamptz not null default foyer_now(),
  unique (workspace_id, id)
);
create unique index teams_name on teams (workspace_id, lower(name));

create table team_members (
  workspace_id uuid not null,
  team_id uuid not null,
  member_id uuid not null,
  primary key (team_id, member_id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index team_members_member on team_members (member_id);

-- The secret in the mail is kept as SHA-256 only; a new one replaces it when the mail is sent again.
create table invitations (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  email text not null,
  role text not null check (role in ('admin', 'rep', 'meetings_only')),
  team_ids uuid[] not null default '{}',
  token_hash bytea not null unique,
  invited_by uuid not null,
  created_at timestamptz not null default foyer_now(),
  sent_at timestamptz not null default foyer_now(),
  expires_at timestamptz not null,
  sends int not null default 1,
  accepted_at timestamptz,
  revoked_at timestamptz,
  member_id uuid,
  unique (workspace_id, id),
  foreign key (workspace_id, invited_by) references members (workspace_id, id),
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create unique index invitations_open on invitations (workspace_id, lower(email))
  where accepted_at is null and revoked_at is null;

alter table sessions
  add column id uuid not null default gen_random_uuid() unique,
  -- How it began.
  add column kind text not null default 'password'
    check (kind in ('password', 'invitation', 'sso', 'phone', 'app')),
  -- The browser and system, or the app's own name; no address.
  add column label text not null default '',
  add column seen_at timestamptz not null default foyer_now(),
  -- When the person last proved who they are; asked for before what is hard to take back.
  add column proved_at timestamptz not null default foyer_now();

-- One-use secrets by purpose, as SHA-256: a mailed reset, the first-run link.
create table one_use_secrets (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('password_reset', 'first_run')),
  workspace_id uuid,
  member_id uuid,
  created_at timestamptz not null default foyer_now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  -- A newer one was made, or it is not needed any more.
  replaced_at timestamptz,
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index one_use_secrets_member on one_use_secrets (member_id);

-- Counted by rate-limiter-flexible, for all processes; keys are hashes. No workspace: an attempt belongs to nobody yet.
create table attempts (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

-- Who did what to whom. Written once; nothing changes or removes a line but the end of its whole workspace.
create table audit (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references workspaces,
  at timestamptz not null default foyer_now(),
  -- Null: the program itself, or nobody who is known.
  actor_id uuid,
  action text not null,
  -- What it was done to: a member, a team, a site, ...; its name at that time, since the thing may go.
  subject_kind text,
  subject_id uuid,
  subject_name text,
  details jsonb not null default '{}',
  foreign key (workspace_id, actor_id) references members (workspace_id, id)
);
create index audit_workspace on audit (workspace_id, id);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('foyer.deleted_workspace', true) = old.workspace_id::text then
    return old;
  end if;
  raise exception 'the audit log is append-only';
end $$;
create trigger audit_append_only before update or delete on audit
  for each row execute function refuse_audit_change();
create trigger audit_no_truncate before truncate on audit
  for each statement execute function refuse_audit_change();
`,
};

/**
 * Links to outside accounts, their calendars and what is taken in them, meeting types, and what a meeting has outside of us:
 * a room, events, tasks.
 */
export const calendars = {
  id: 7,
  name: "calendars",
  up: `
-- The workspace's own registration at a provider.
create table provider_apps (
  workspace_id uuid not null references workspaces (id),
  provider text not null check (provider in ('google', 'microsoft', 'zoom')),
  client_id text not null,
  -- Sealed for (workspace, provider, 'provider_app').
  sealed_secret bytea not null,
  -- A person has come back from the provider with a code that was exchanged.
  verified_at timestamptz,
  updated_at timestamptz not null default foyer_now(),
  primary key (workspace_id, provider)
);

create table connections (
  id uuid primary key,
  workspace_id uuid not null,
  member_id uuid not null,
  provider text not null check (provider in ('google', 'microsoft', 'caldav', 'zoom', 'teams')),
  -- The account at the provider: its own unchanging id, and the address or name a person knows it by.
  account_id text not null,
  account_name text not null,
  -- CalDAV: where the server is; null for providers with one address.
  server_url text,
  scopes text[] not null default '{}',
  -- JSON, sealed for (workspace, member, provider, row).
  sealed_secret bytea not null,
  access_expires_at timestamptz,
  -- What is wrong, as one word; null: nothing that is known.
  problem text,
  problem_at timestamptz,
  -- When member and admins were mailed about this problem.
  told_at timestamptz,
  -- The zone that the mailbox itself shows, where it differs from the member's.
  mailbox_zone text,
  tried_at timestamptz,
  good_at timestamptz,
  -- When its list of calendars is read again; moved ahead by whoever does it.
  list_due_at timestamptz not null default foyer_now(),
  created_at timestamptz not null default foyer_now(),
  unique (workspace_id, id),
  unique (workspace_id, member_id, provider, account_id),
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index connections_member on connections (workspace_id, member_id);
create index connections_list_due on connections (list_due_at) where provider in ('google', 'microsoft', 'caldav');

create table connect_flows (
  state_hash bytea primary key,
  workspace_id uuid not null,
  member_id uuid not null,
  provider text not null,
  browser_hash bytea not null,
  code_verifier text not null,
  -- The registration that was asked with: another one cannot exchange the code.
  client_id text not null,
  -- What is connected again; null for a new account.
  again_id uuid,
  return_to text not null,
  created_at timestamptz not null default foyer_now(),
  expires_at timestamptz not null,
  foreign key (workspace_id, member_id) references members (workspace_id, id),
  foreign key (workspace_id, again_id) references connections (workspace_id, id) on delete cascade
);

-- Members whose account's own admin must allow Foyer before they can connect at all.
create table connect_waits (
  workspace_id uuid not null,
  member_id uuid not null,
  provider text not null check (provider in ('google', 'microsoft', 'zoom', 'teams')),
  since timestamptz not null default foyer_now(),
  primary key (workspace_id, member_id, provider),
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);

-- Access of connections that are gone here and must be given back at the provider yet.
create table ended_connections (
  id uuid primary key,
  workspace_id uuid not null,
  member_id uuid not null,
  provider text not null,
  -- As they were sealed: for the connection, and for the registration of then.
  sealed_secret bytea not null,
  client_id text not null,
  sealed_app_secret bytea not null,
  ended_at timestamptz not null default foyer_now(),
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index ended_connections_workspace on ended_connections (workspace_id);

create table calendars (
  id uuid primary key,
  workspace_id uuid not null,
  connection_id uuid not null,
  member_id uuid not null,
  -- What the provider calls it: an id, or a path.
  ref text not null,
  name text not null,
  color text,
  -- Of its all-day events; null: the member's.
  zone text,
  is_primary boolean not null default false,
  is_writable boolean not null default true,
  blocks_time boolean not null default false,
  receives_meetings boolean not null default false,
  vanished_at timestamptz,
  -- Continues reading where the last one ended; null: from the start.
  cursor text,
  -- The last reading that came to its end, and what it covered.
  read_at timestamptz,
  covered_from timestamptz,
  covered_until timestamptz,
  -- When it is read again, and who does it until when.
  due_at timestamptz not null default foyer_now(),
  leased_until timestamptz,
  failures int not null default 0,
  -- The push channel.
  watch_id uuid,
  watch_ref text,
  watch_hash bytea,
  watch_until timestamptz,
  -- When a channel is made, or the next one in its place.
  watch_due_at timestamptz not null default foyer_now(),
  created_at timestamptz not null default foyer_now(),
  unique (workspace_id, id),
  unique (connection_id, ref),
  foreign key (workspace_id, connection_id) references connections (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index calendars_member on calendars (workspace_id, member_id);
create index calendars_due on calendars (due_at) where blocks_time;
create unique index calendars_watch on calendars (watch_id) where watch_id is not null;
create index calendars_watch_ref on calendars (watch_ref) where watch_ref is not null;
-- Meetings of a member are written into one calendar.
create unique index calendars_receives on calendars (workspace_id, member_id) where receives_meetings;

create table busy_times (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  calendar_id uuid not null,
  member_id uuid not null,
  -- What holds the time, as the provider calls it: replaced as a whole.
  source text not null,
  start_at timestamptz not null,
  end_at timestamptz not null,
  -- One of our own meetings, which counts by itself.
  own_meeting_id uuid,
  check (end_at >= start_at),
  foreign key (workspace_id, calendar_id) references calendars (workspace_id, id) on delete cascade
);
create index busy_times_source on busy_times (calendar_id, source);
create index busy_times_member on busy_times (workspace_id, member_id, end_at);

create table meeting_types (
  id uuid primary key,
  workspace_id uuid not null references workspaces (id),
  slug text not null,
  name text not null,
  description text not null default '',
  durations int[] not null check (cardinality(durations) <= 6),
  hosting text not null check (hosting in ('one', 'round_robin', 'collective')),
  -- Round robin over a team; null: the hosts that are named.
  team_id uuid,
  place text not null default 'any' check (place in ('any', 'video', 'phone', 'none')),
  questions json not null default '[]',
  -- Null: as each host has it.
  notice_minutes int,
  buffer_minutes int,
  horizon_days int,
  hours json,
  -- Minutes before the start.
  reminders int[] not null default '{1440,60}',
  -- Has a page of its own.
  is_public boolean not null default true,
  -- What the chat books when nobody says otherwise; at most one.
  is_for_chat boolean not null default false,
  -- Turns are counted from here: weights or priorities were changed then.
  counted_from timestamptz not null default foyer_now(),
  removed_at timestamptz,
  created_at timestamptz not null default foyer_now(),
  unique (workspace_id, id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id)
);
-- A slug that nobody outside can see is nobody's to know of either.
create unique index meeting_types_slug on meeting_types (slug) where removed_at is null and is_public;
create unique index meeting_types_chat on meeting_types (workspace_id) where is_for_chat and removed_at is null;

create table meeting_type_hosts (
  workspace_id uuid not null,
  type_id uuid not null,
  member_id uuid not null,
  -- A host of weight 2 gets twice as many; only those of the highest priority that are free are asked.
  weight int not null default 1 check (weight between 1 and 10),
  priority int not null default 2 check (priority between 1 and 3),
  joined_at timestamptz not null default foyer_now(),
  primary key (type_id, member_id),
  foreign key (workspace_id, type_id) references meeting_types (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);

alter table members
  -- How guests meet this member: see MeetingDetails.
  add column meeting_details json not null
    default '{"video":null,"linkUrl":"","phone":"","phoneExtension":""}',
  add column meetings_per_day int check (meetings_per_day between 1 and 50),
  -- The mailbox's zone that the member has seen and keeps apart from their own.
  add column accepted_mailbox_zone text;

-- "Owner first": the pool is asked when the owner's first slot is farther than this.
alter table workspaces add column owner_first_days int not null default 14 check (owner_first_days between 0 and 365);

alter table meetings
  add column type_id uuid,
  -- Who keeps the slot while the form is filled: the visitor, or a guest of a public page.
  add column holder_id uuid,
  -- The other hosts of a meeting of several have rows of their own, so that one constraint guards everybody's time.
  add column part_of uuid,
  -- The hosts whose turn it might have been when it was held: who is missing here was away, and has nothing to catch up.
  add column turn_of uuid[],
  add column place json,
  add column answers json not null default '[]',
  add column host_notes text not null default '',
  add column no_show_at timestamptz,
  -- The last change that guest and host were mailed about, the link that stood in it, and whose invitation the guest has.
  add column told_sequence int,
  add column told_join_url text,
  add column invited_by text check (invited_by in ('us', 'calendar')),
  -- Changes that they are still to be mailed about, once what is outside is made.
  add column untold json not null default '[]',
  -- Somebody is at work outside until then.
  add column followed_until timestamptz,
  -- The change for which the host's calendar was asked again, and the one for which it proved busy after all.
  add column checked_sequence int,
  add column conflict_sequence int,
  add constraint meetings_type foreign key (workspace_id, type_id) references meeting_types (workspace_id, id),
  add constraint meetings_part_of foreign key (workspace_id, part_of) references meetings (workspace_id, id) on delete cascade;
update meetings set holder_id = visitor_id;
create index meetings_holder on meetings (holder_id) where state = 'held';
create index meetings_of_type on meetings (type_id, created_at) where type_id is not null;
create index meetings_part_of on meetings (part_of) where part_of is not null;

-- What a meeting has at providers: its event in a host's calendar, its room.
create table outside_copies (
  workspace_id uuid not null,
  meeting_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('event', 'room')),
  provider text not null,
  connection_id uuid,
  -- The calendar of an event, as the provider calls it.
  calendar_ref text,
  -- Null until the provider has answered.
  external_id text,
  etag text,
  join_url text,
  passcode text,
  -- The meeting's sequence that is shown there.
  sequence int,
  -- The guest has the invitation of this event's calendar.
  invites boolean not null default false,
  state text not null default 'wanted' check (state in ('wanted', 'there', 'refused', 'gone')),
  -- One word for what is wrong; shown as a task to the host.
  problem text,
  attempts int not null default 0,
  tried_at timestamptz,
  -- Not before this is it tried again.
  retry_at timestamptz,
  updated_at timestamptz not null default foyer_now(),
  primary key (meeting_id, member_id, kind),
  foreign key (workspace_id, meeting_id) references meetings (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references members (workspace_id, id),
  foreign key (workspace_id, connection_id) references connections (workspace_id, id) on delete set null (connection_id)
);
create index outside_copies_refused on outside_copies (workspace_id, member_id) where state = 'refused';
`,
};

/** Workspaces, people, visitors, conversations, routing, meetings, mails. Every row carries its workspace; links between
 * rows go through (workspace_id, id), so a row of one workspace cannot even point at another's. */
export const foundation = {
  id: 1,
  name: "foundation",
  up: `
create extension if not exists btree_gist;

-- The one clock of routing, holds and leases. Tests replace this function to move time.
create function foyer_now() returns timestamptz language sql volatile as 'select clock_timestamp()';

create table workspaces (
  id uuid primary key,
  name text not null,
  routing jsonb not null,
  created_at timestamptz not null default foyer_now()
);

create table sites (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  public_key text not null unique,
  name text not null,
  origins text[] not null,
  look jsonb not null,
  greeting jsonb,
  created_at timestamptz not null default foyer_now(),
  unique (workspace_id, id)
);

create table photos (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  large bytea not null,
  small bytea not null,
  created_at timestamptz not null default foyer_now(),
  unique (workspace_id, id)
);

create table members (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  email text not null,
  role text not null check (role in ('admin', 'rep', 'meetings_only')),
  first_name text not null,
  last_name text not null,
  job_title text not null default '',
  photo_id uuid,
  zone text not null,
  hours jsonb not null,
  password_hash text,
  is_active boolean not null default true,
  is_available boolean not null default true,
  away_reason text,
  capacity int not null default 4 check (capacity between 1 and 50),
  last_offered_at timestamptz,
  created_at timestamptz not null default foyer_now(),
  unique (workspace_id, id),
  foreign key (workspace_id, photo_id) references photos (workspace_id, id)
);
create unique index members_email on members (lower(email));

create table sessions (
  token_hash bytea primary key,
  workspace_id uuid not null,
  member_id uuid not null,
  created_at timestamptz not null default foyer_now(),
  expires_at timestamptz not null,
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index sessions_member on sessions (member_id);

-- Which process holds links of which member; a process renews its rows, and what is not renewed is over.
create table rep_leases (
  member_id uuid not null,
  node_id uuid not null,
  workspace_id uuid not null,
  lease_until timestamptz not null,
  primary key (member_id, node_id),
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);

create table nodes (
  id uuid primary key,
  lease_until timestamptz not null
);

create table visitors (
  id uuid primary key,
  workspace_id uuid not null,
  site_id uuid not null,
  secret_hash bytea not null,
  -- Of the browser that came back through a mailed link, beside the first one's.
  resume_secret_hash bytea,
  name text,
  email text,
  zone text,
  language text,
  device jsonb not null,
  visits int not null default 1,
  created_at timestamptz not null default foyer_now(),
  seen_at timestamptz not null default foyer_now(),
  unique (workspace_id, id),
  foreign key (workspace_id, site_id) references sites (workspace_id, id)
);
create index visitors_seen on visitors (workspace_id, seen_at);

create table visits (
  id uuid primary key,
  workspace_id uuid not null,
  visitor_id uuid not null,
  source text not null,
  pages jsonb not null,
  page_count int not null default 1,
  started_at timestamptz not null default foyer_now(),
  seen_at timestamptz not null default foyer_now(),
  left_at timestamptz,
  foreign key (workspace_id, visitor_id) references visitors (workspace_id, id)
);
create index visits_visitor on visits (visitor_id, started_at);
create index visits_board on visits (workspace_id, seen_at);

-- Somebody on a page of the site, as far as its beacons tell.
create function visitor_is_here(visitor uuid) returns boolean language sql stable as
  'select exists (select 1 from visits where visitor_id = visitor and left_at is null
    and seen_at > foyer_now() - interval ''60 seconds'')';

create table conversations (
  id uuid primary key,
  workspace_id uuid not null,
  visitor_id uuid not null,
  is_open boolean not null default true,
  owner_id uuid,
  epoch int not null default 0,
  last_seq int not null default 0,
  visitor_delivered int not null default 0,
  visitor_seen int not null default 0,
  rep_delivered int not null default 0,
  rep_seen int not null default 0,
  -- The latest message of the visitor, and of a rep: what is unanswered, and what is unseen.
  visitor_spoke_seq int not null default 0,
  visitor_spoke_at timestamptz,
  rep_spoke_seq int not null default 0,
  rep_spoke_at timestamptz,
  mailed_seq int not null default 0,
  created_at timestamptz not null default foyer_now(),
  active_at timestamptz not null default foyer_now(),
  closed_at timestamptz,
  unique (workspace_id, id),
  foreign key (workspace_id, visitor_id) references visitors (workspace_id, id),
  foreign key (workspace_id, owner_id) references members (workspace_id, id)
) with (fillfactor = 60);
create unique index conversations_one_open on conversations (visitor_id) where is_open;
create index conversations_visitor on conversations (visitor_id);
create index conversations_open on conversations (workspace_id, owner_id) where is_open;
create index conversations_closed on conversations (workspace_id, closed_at) where not is_open;

-- Written by one statement only (conversations/append-facts.ts), which finds the conversation by its workspace too: no
-- foreign key needed.
create table facts (
  conversation_id uuid not null,
  seq int not null,
  workspace_id uuid not null,
  author_kind text not null check (author_kind in ('visitor', 'rep', 'system')),
  author_id uuid,
  client_id uuid,
  kind text not null,
  body jsonb not null,
  at timestamptz not null,
  primary key (conversation_id, seq)
);
create unique index facts_client on facts (conversation_id, client_id) where client_id is not null;

create table requests (
  id uuid primary key,
  workspace_id uuid not null,
  conversation_id uuid not null,
  state text not null check (state in ('queued', 'offered', 'claimed', 'fallback', 'left')),
  fallback_to text check (fallback_to in ('meeting', 'message')),
  -- The settings this request was made under; it keeps them.
  routing jsonb not null,
  created_at timestamptz not null default foyer_now(),
  deadline_at timestamptz not null,
  -- When somebody must look again; null once it has ended.
  due_at timestamptz,
  ended_at timestamptz,
  unique (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
);
create unique index requests_one_live on requests (conversation_id) where due_at is not null;
create index requests_due on requests (due_at) where due_at is not null;
create index requests_conversation on requests (conversation_id, created_at);

create table offers (
  id uuid primary key,
  workspace_id uuid not null,
  request_id uuid not null,
  member_id uuid not null,
  state text not null check (state in ('alerting', 'claimed', 'declined', 'expired', 'withdrawn')),
  offered_at timestamptz not null default foyer_now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  foreign key (workspace_id, request_id) references requests (workspace_id, id),
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
create index offers_request on offers (request_id);
create index offers_alerting on offers (member_id) where state = 'alerting';

create table decisions (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  conversation_id uuid not null,
  request_id uuid,
  member_id uuid,
  step text not null,
  reason text,
  at timestamptz not null default foyer_now(),
  foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
);
create index decisions_conversation on decisions (conversation_id, id);

create table canned_replies (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  title text not null,
  body text not null,
  created_at timestamptz not null default foyer_now()
);
create index canned_replies_workspace on canned_replies (workspace_id);

-- Holds and meetings in one table: one constraint keeps a host's time from being given twice, the buffer included.
create table meetings (
  id uuid primary key,
  workspace_id uuid not null,
  host_id uuid not null,
  visitor_id uuid,
  conversation_id uuid,
  state text not null check (state in ('held', 'booked', 'cancelled')),
  start_at timestamptz not null,
  end_at timestamptz not null,
  -- [start, end + buffer): two of these apart means a gap of the buffer.
  during tstzrange not null,
  hold_until timestamptz,
  booking_key uuid,
  guest_name text not null default '',
  guest_email text not null default '',
  note text not null default '',
  guest_zone text not null default 'UTC',
  sequence int not null default 0,
  created_at timestamptz not null default foyer_now(),
  cancelled_at timestamptz,
  unique (workspace_id, id),
  foreign key (workspace_id, host_id) references members (workspace_id, id),
  foreign key (workspace_id, visitor_id) references visitors (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversations (workspace_id, id),
  check ((state = 'held') = (hold_until is not null)),
  exclude using gist (host_id with =, during with &&) where (state in ('held', 'booked'))
);
create unique index meetings_key on meetings (workspace_id, booking_key) where booking_key is not null;
create index meetings_host on meetings (workspace_id, host_id, start_at);
create index meetings_visitor on meetings (visitor_id) where visitor_id is not null;
create index meetings_start on meetings (workspace_id, start_at);

create table mails (
  id uuid primary key,
  workspace_id uuid not null references workspaces,
  meeting_id uuid,
  conversation_id uuid,
  -- Derived from what the mail is about, so that the same mail is never made twice.
  dedupe text not null,
  to_address text not null,
  to_name text not null default '',
  reply_to text,
  subject text not null,
  body_text text not null,
  body_html text not null,
  invitation text,
  invitation_method text check (invitation_method in ('REQUEST', 'CANCEL')),
  message_id text not null,
  created_at timestamptz not null default foyer_now(),
  sent_at timestamptz,
  attempts int not null default 0,
  problem text,
  unique (workspace_id, dedupe),
  foreign key (workspace_id, meeting_id) references meetings (workspace_id, id),
  foreign key (workspace_id, conversation_id) references conversations (workspace_id, id)
);
create index mails_workspace on mails (workspace_id, created_at);
create index mails_meeting on mails (meeting_id) where meeting_id is not null;
`,
};

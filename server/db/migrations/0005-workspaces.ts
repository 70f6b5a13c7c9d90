/** The look and the care of a workspace, and where its tag was seen. */
export const workspaces = {
  id: 5,
  name: "workspaces",
  up: `
alter table workspaces
  add column color text not null default '#3b5bdb',
  add column logo_id uuid,
  -- Closed conversations older than this are removed; null keeps them.
  add column retention_days int check (retention_days between 1 and 3650),
  add column delete_at timestamptz,
  -- Who asked for it; no foreign key, since members point at their workspace already.
  add column delete_asked_by uuid,
  add constraint workspaces_logo foreign key (id, logo_id) references photos (workspace_id, id);

alter table sites
  -- The tag was last seen on a page of an allowed origin.
  add column seen_at timestamptz,
  add column seen_origin text,
  add column seen_path text,
  -- The tag asked from an origin that is not allowed: a page that shows nothing until somebody adds it.
  add column refused_at timestamptz,
  add column refused_origin text,
  -- Who answers and is booked here; null: everybody.
  add column team_id uuid,
  add constraint sites_team foreign key (workspace_id, team_id) references teams (workspace_id, id),
  -- Its tag shows nothing from then on; its visitors and their conversations stay.
  add column removed_at timestamptz;

-- What is removed with its conversation is found by it.
create index mails_conversation on mails (conversation_id) where conversation_id is not null;
create index meetings_conversation on meetings (conversation_id) where conversation_id is not null;
create index workspaces_delete on workspaces (delete_at) where delete_at is not null;
`,
};

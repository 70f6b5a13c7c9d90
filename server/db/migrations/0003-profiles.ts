/** What a member tells of themselves, and the steps of the set-up checklist they put off. */
export const profiles = {
  id: 3,
  name: "profiles",
  up: `
alter table members
  -- E.164, such as +442079460000, and what to dial after it.
  add column phone text,
  add column phone_extension text,
  -- BCP 47, such as en-GB: how dates and times are written for this member.
  add column language text not null default 'en',
  -- When the person said that zone and profile are right; the checklist asks until then.
  add column zone_confirmed_at timestamptz,
  add column profile_confirmed_at timestamptz,
  -- When the person last saved their meeting hours.
  add column hours_confirmed_at timestamptz;

-- Who worked here before there was a checklist is not asked to prove it.
update members set zone_confirmed_at = created_at, profile_confirmed_at = created_at, hours_confirmed_at = created_at;

-- Nobody has shown it since then. It stays for a while: mails that were sent before point at it.
alter table photos add column replaced_at timestamptz;

create table skipped_steps (
  workspace_id uuid not null,
  member_id uuid not null,
  step text not null,
  skipped_at timestamptz not null default foyer_now(),
  primary key (member_id, step),
  foreign key (workspace_id, member_id) references members (workspace_id, id)
);
`,
};

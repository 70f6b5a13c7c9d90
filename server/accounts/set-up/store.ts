import { type Kysely, sql } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Role } from "../../../shared/model/people.ts";
import type { SetUpStepName } from "../../../shared/model/set-up.ts";
import type { Database } from "../../db/tables.ts";
import type { SetUpFacts } from "./steps.ts";

type Db = Kysely<Database>;

/** What the checklist is judged by; undefined for nobody who is active here. */
export async function setUpFacts(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  const { rows } = await sql<
    SetUpFacts & { role: Role }
  >`select m.role, m.first_name as "firstName", m.job_title as "jobTitle",
      m.photo_id is not null as "hasPhoto",
      m.profile_confirmed_at is not null as "isProfileConfirmed",
      m.zone_confirmed_at is not null as "isZoneConfirmed",
      m.hours_confirmed_at is not null as "areHoursConfirmed",
      (m.password_hash is not null or exists (select 1 from identities i
        where i.workspace_id = m.workspace_id and i.member_id = m.id)) as "canSignIn",
      exists (select 1 from calendars c where c.workspace_id = m.workspace_id and c.member_id = m.id
        and c.vanished_at is null and (c.blocks_time or c.receives_meetings)) as "hasCalendar",
      (m.meeting_details->>'video' is not null or m.meeting_details->>'phone' <> '') as "hasPlace",
      exists (select 1 from provider_apps p where p.workspace_id = m.workspace_id) as "hasProviderApp",
      exists (select 1 from sessions s where s.workspace_id = m.workspace_id and s.member_id = m.id
        and s.kind in ('phone', 'app') and s.expires_at > foyer_now()) as "hasApp",
      exists (select 1 from sites s where s.workspace_id = m.workspace_id and s.removed_at is null) as "hasSite",
      exists (select 1 from sites s where s.workspace_id = m.workspace_id and s.removed_at is null
        and s.seen_at is not null) as "isTagSeen",
      (exists (select 1 from members o where o.workspace_id = m.workspace_id and o.id <> m.id and o.is_active)
        or exists (select 1 from invitations i where i.workspace_id = m.workspace_id and i.accepted_at is null
          and i.revoked_at is null and i.expires_at > foyer_now())) as "hasColleague"
    from members m
    where m.workspace_id = ${workspaceId} and m.id = ${memberId} and m.is_active`.execute(db);
  return rows[0];
}

export async function skippedSteps(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("skipped_steps")
    .select("step")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .execute();
  return new Set(rows.map(({ step }) => step));
}

export async function saveSkipped(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  step: SetUpStepName,
  isSkipped: boolean,
): Promise<void> {
  if (isSkipped) {
    await db
      .insertInto("skipped_steps")
      .values({ workspace_id: workspaceId, member_id: memberId, step })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return;
  }
  await db
    .deleteFrom("skipped_steps")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("step", "=", step)
    .execute();
}

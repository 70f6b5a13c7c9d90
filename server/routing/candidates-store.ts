import { type Kysely, sql } from "kysely";
import type { ConversationId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Role } from "../../shared/model/people.ts";
import { readiness } from "../accounts/set-up/readiness.ts";
import type { Database } from "../db/tables.ts";
import type { Candidate } from "./decide.ts";

type Db = Kysely<Database>;

/** Everyone active, with presence and load now, as seen by a request of this conversation. */
export async function candidates(
  db: Db,
  workspaceId: WorkspaceId,
  conversationId: ConversationId,
): Promise<Candidate[]> {
  const { rows } = await sql<{
    id: MemberId;
    role: Role;
    first_name: string;
    is_profile_confirmed: boolean;
    is_zone_confirmed: boolean;
    has_declined: boolean;
    has_missed: boolean;
    is_online: boolean;
    is_available: boolean;
    is_full: boolean;
    is_outside: boolean;
    last_offered_at: Date | null;
  }>`
    select m.id, m.role, m.first_name, m.profile_confirmed_at is not null as is_profile_confirmed,
      m.zone_confirmed_at is not null as is_zone_confirmed, m.is_available, m.last_offered_at,
      exists (select 1 from rep_leases l where l.member_id = m.id and l.lease_until > foyer_now()) as is_online,
      (select count(*) from conversations c where c.workspace_id = m.workspace_id and c.owner_id = m.id and c.is_open
        and (c.active_at > foyer_now() - interval '10 minutes' or visitor_is_here(c.visitor_id)))
        >= m.capacity as is_full,
      exists (select 1 from requests r join offers o on o.request_id = r.id
        where r.conversation_id = ${conversationId} and o.member_id = m.id and o.state = 'declined'
          and o.ended_at > foyer_now() - interval '5 minutes') as has_declined,
      exists (select 1 from requests r join offers o on o.request_id = r.id
        where r.conversation_id = ${conversationId} and o.member_id = m.id and o.state = 'expired'
          and o.ended_at > (select max(f.at) from facts f where f.conversation_id = r.conversation_id
            and f.author_kind = 'visitor' and f.kind = 'message')) as has_missed,
      exists (select 1 from conversations c join visitors v on v.id = c.visitor_id join sites s on s.id = v.site_id
        where c.id = ${conversationId} and c.workspace_id = m.workspace_id and s.team_id is not null and not exists
          (select 1 from team_members t where t.workspace_id = m.workspace_id and t.team_id = s.team_id
            and t.member_id = m.id)) as is_outside
    from members m where m.workspace_id = ${workspaceId} and m.is_active`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    role: row.role,
    isReady: readiness({
      firstName: row.first_name,
      isProfileConfirmed: row.is_profile_confirmed,
      isZoneConfirmed: row.is_zone_confirmed,
    }).isReady,
    isInTeam: !row.is_outside,
    hasDeclined: row.has_declined,
    hasMissed: row.has_missed,
    presence: !row.is_online ? "offline" : !row.is_available ? "away" : row.is_full ? "busy" : "available",
    lastOfferedAt: row.last_offered_at?.getTime() ?? null,
  }));
}

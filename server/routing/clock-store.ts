import { type Kysely, sql } from "kysely";
import type { ConversationId, MemberId, RequestId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";

type Db = Kysely<Database>;

export type DueRequest = { id: RequestId };

export async function dueRequests(db: Db): Promise<RequestId[]> {
  const { rows } = await sql<DueRequest>`
    select id from requests where due_at <= foyer_now() order by due_at limit 200`.execute(db);
  return rows.map((row) => row.id);
}

type Place = { id: ConversationId; workspaceId: WorkspaceId };

/** Live requests whose visitor has been gone for 60 seconds. */
export async function requestsOfTheGone(db: Db): Promise<Place[]> {
  const { rows } = await sql<{ id: ConversationId; workspace_id: WorkspaceId }>`
    select c.id, c.workspace_id from requests r join conversations c on c.id = r.conversation_id
    where r.due_at is not null and r.created_at < foyer_now() - interval '60 seconds' and not exists (
      select 1 from visits vi where vi.visitor_id = c.visitor_id and vi.seen_at > foyer_now() - interval '60 seconds'
        and (vi.left_at is null or vi.left_at > foyer_now() - interval '60 seconds'))
    limit 100`.execute(db);
  return rows.map((row) => ({ id: row.id, workspaceId: row.workspace_id }));
}

/** Open conversations whose owner has had no link for 90 seconds while the visitor is there. */
export async function conversationsOfTheVanished(db: Db): Promise<(Place & { ownerId: MemberId })[]> {
  const { rows } = await sql<{ id: ConversationId; workspace_id: WorkspaceId; owner_id: MemberId }>`
    select c.id, c.workspace_id, c.owner_id from conversations c
    where c.is_open and c.owner_id is not null
      and not exists (select 1 from rep_leases l where l.member_id = c.owner_id
        and l.lease_until > foyer_now() - interval '90 seconds')
      and c.active_at > foyer_now() - interval '1 day'
      and exists (select 1 from visits vi where vi.visitor_id = c.visitor_id and vi.left_at is null
        and vi.seen_at > foyer_now() - interval '60 seconds')
    limit 100`.execute(db);
  return rows.map((row) => ({ id: row.id, workspaceId: row.workspace_id, ownerId: row.owner_id }));
}

/**
 * Open conversations whose owner was deactivated, or may no longer chat: what a stop in the middle of it left. Not those of a
 * workspace that is being deleted: all of its members have stopped, and a new row would stand in the way of its end.
 */
export async function conversationsOfThoseWhoStopped(db: Db): Promise<(Place & { ownerId: MemberId })[]> {
  const { rows } = await sql<{ id: ConversationId; workspace_id: WorkspaceId; owner_id: MemberId }>`
    select c.id, c.workspace_id, c.owner_id from members m
    join conversations c on c.workspace_id = m.workspace_id and c.owner_id = m.id and c.is_open
    join workspaces w on w.id = m.workspace_id and (w.delete_at is null or w.delete_at > foyer_now())
    where not m.is_active or m.role = 'meetings_only'
    order by c.active_at desc limit 100`.execute(db);
  return rows.map((row) => ({ id: row.id, workspaceId: row.workspace_id, ownerId: row.owner_id }));
}

export async function isVisitorHere(db: Db, id: VisitorId): Promise<boolean> {
  const { rows } = await sql<{ is_here: boolean }>`select visitor_is_here(${id}) as is_here`.execute(db);
  return rows[0]?.is_here === true;
}

/**
 * Open conversations that nobody owns and nobody is asked for, with words of the visitor unanswered, the visitor there,
 * and no meeting booked since (or booked and cancelled): somebody may have come back who could help.
 */
export async function unanswered(db: Db): Promise<Place[]> {
  const { rows } = await sql<{ id: ConversationId; workspace_id: WorkspaceId }>`
    select c.id, c.workspace_id from conversations c
    where c.is_open and c.owner_id is null and c.visitor_spoke_seq > c.rep_spoke_seq
      and not exists (select 1 from requests r where r.conversation_id = c.id
        and (r.due_at is not null or r.ended_at > foyer_now() - interval '15 seconds'))
      and not exists (select 1 from meetings m where m.conversation_id = c.id and m.state <> 'held'
        and m.created_at > c.visitor_spoke_at)
      and exists (select 1 from visits vi where vi.visitor_id = c.visitor_id and vi.left_at is null
        and vi.seen_at > foyer_now() - interval '45 seconds')
    limit 50`.execute(db);
  return rows.map((row) => ({ id: row.id, workspaceId: row.workspace_id }));
}

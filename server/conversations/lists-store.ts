import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Author } from "../../shared/model/facts.ts";
import type { ConversationId, MemberId, PhotoId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { RawConversation } from "./store.ts";

type Db = Kysely<Database>;

export type SummaryRow = RawConversation & {
  visitor_name: string | null;
  visitor_email: string | null;
  is_online: boolean;
  preview: string | null;
  preview_kind: Author["kind"] | null;
  preview_rep: MemberId | null;
  unread: number;
  is_waiting: boolean;
  created_at: Date;
  active_at: Date;
  closed_at: Date | null;
};

/** Lines of the list, most recently active first. */
export async function summaries(db: Db, where: RawBuilder<unknown>, most: number): Promise<SummaryRow[]> {
  const { rows } = await sql<SummaryRow>`
    select c.*, v.name as visitor_name, v.email as visitor_email, p.preview, p.preview_kind, p.preview_rep,
      (c.is_open and c.owner_id is null and c.visitor_spoke_seq > c.rep_spoke_seq
        and visitor_is_here(c.visitor_id)
        and not exists (select 1 from meetings me where me.conversation_id = c.id and me.state <> 'held'
          and me.created_at > c.visitor_spoke_at)) as is_waiting,
      exists (select 1 from visits vi where vi.visitor_id = c.visitor_id and vi.left_at is null
        and vi.seen_at > foyer_now() - interval '45 seconds') as is_online,
      (select count(*)::int from facts f where f.conversation_id = c.id and f.seq > c.rep_seen
        and f.author_kind = 'visitor' and f.kind = 'message') as unread
    from conversations c
    join lateral (select name, email from visitors where id = c.visitor_id limit 1) v on true
    left join lateral (
      select left(f.body ->> 'text', 140) as preview, f.author_kind as preview_kind, f.author_id as preview_rep
      from facts f where f.conversation_id = c.id and f.kind = 'message' order by f.seq desc limit 1
    ) p on true
    where ${where}
    order by c.active_at desc limit ${most}`.execute(db);
  return rows;
}

export type HitRow = {
  conversation_id: ConversationId | null;
  visitor_id: VisitorId;
  name: string | null;
  text: string | null;
  at: Date;
};

/** Messages and notes of the latest 2,000 conversations, and visitors, that contain the words. */
export async function searchRows(db: Db, workspaceId: WorkspaceId, words: string): Promise<HitRow[]> {
  const pattern = `%${words.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  const { rows } = await sql<HitRow>`
    (select null::uuid as conversation_id, v.id as visitor_id, coalesce(v.name, v.email) as name, null as text, v.seen_at as at
      from visitors v where v.workspace_id = ${workspaceId} and (v.name ilike ${pattern} or v.email ilike ${pattern})
      order by v.seen_at desc limit 20)
    union all
    (select f.conversation_id, c.visitor_id, coalesce(v.name, v.email), f.body ->> 'text', f.at
      from (select id, visitor_id from conversations where workspace_id = ${workspaceId}
        order by active_at desc limit 2000) c
      join visitors v on v.id = c.visitor_id
      join facts f on f.conversation_id = c.id
      where f.kind in ('message', 'note') and f.body ->> 'text' ilike ${pattern}
      order by f.at desc limit 40)`.execute(db);
  return rows;
}

export type MissedReply = {
  id: ConversationId;
  workspaceId: WorkspaceId;
  visitorName: string | null;
  visitorEmail: string;
  companyName: string;
  color: string;
  logoId: PhotoId | null;
  /** Reps' messages after this one were neither seen nor mailed. */
  after: number;
};

/** A rep's last words are a minute old, the visitor has left, has not seen them, and left an address. */
export async function missedReplies(db: Db): Promise<MissedReply[]> {
  const { rows } = await sql<{
    id: ConversationId;
    workspace_id: WorkspaceId;
    name: string | null;
    email: string;
    company_name: string;
    color: string;
    logo_id: PhotoId | null;
    after: number;
  }>`
    select c.id, c.workspace_id, v.name, v.email, s.look ->> 'companyName' as company_name, s.look ->> 'color' as color, w.logo_id,
      greatest(c.visitor_seen, c.mailed_seq) as after
    from conversations c
    join visitors v on v.id = c.visitor_id
    join sites s on s.id = v.site_id
    join workspaces w on w.id = c.workspace_id
    where c.rep_spoke_seq > greatest(c.visitor_seen, c.mailed_seq) and v.email is not null
      and (c.is_open or c.closed_at > foyer_now() - interval '1 hour')
      and c.rep_spoke_at < foyer_now() - interval '60 seconds' and c.rep_spoke_at > foyer_now() - interval '1 day'
      and not exists (select 1 from visits vi where vi.visitor_id = c.visitor_id and vi.left_at is null
        and vi.seen_at > foyer_now() - interval '45 seconds')
    limit 50`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    workspaceId: row.workspace_id,
    visitorName: row.name,
    visitorEmail: row.email,
    companyName: row.company_name,
    color: row.color,
    logoId: row.logo_id,
    after: row.after,
  }));
}

export async function saveMailed(db: Db, id: ConversationId, seq: number) {
  await db.updateTable("conversations").set({ mailed_seq: seq }).where("id", "=", id).execute();
}

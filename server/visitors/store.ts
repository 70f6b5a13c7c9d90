import { type Kysely, sql } from "kysely";
import type {
  ConversationId,
  MemberId,
  SiteId,
  VisitId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import type { Device, PageView } from "../../shared/model/people.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import { newId } from "../db/ids.ts";
import type { Database, Greeting } from "../db/tables.ts";

type Db = Kysely<Database>;

export type Site = {
  id: SiteId;
  workspaceId: WorkspaceId;
  publicKey: string;
  origins: string[];
  look: SiteLook;
  greeting: Greeting | null;
};

export async function siteByKey(db: Db, key: string): Promise<Site | null> {
  const row = await db
    .selectFrom("sites")
    .selectAll()
    .where("public_key", "=", key)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    publicKey: row.public_key,
    origins: row.origins,
    look: row.look,
    greeting: row.greeting,
  };
}

/** At most once a minute for each site, however many processes see it. */
export async function saveSeen(db: Db, siteId: SiteId, { origin, path }: { origin: string; path: string }) {
  await sql`update sites set seen_at = foyer_now(), seen_origin = ${origin}, seen_path = ${path}
    where id = ${siteId} and (seen_at is null or seen_at < foyer_now() - interval '55 seconds')`.execute(db);
}

/** The same for where it is not allowed; what is allowed by now is left alone. */
export async function saveRefused(db: Db, siteId: SiteId, origin: string) {
  await sql`update sites set refused_at = foyer_now(), refused_origin = ${origin}
    where id = ${siteId} and ${origin} <> all(origins)
      and (refused_at is null or refused_at < foyer_now() - interval '55 seconds')`.execute(db);
}

export async function visitorById(db: Db, id: VisitorId) {
  return db
    .selectFrom("visitors")
    .innerJoin("sites", "sites.id", "visitors.site_id")
    .select([
      "visitors.id",
      "visitors.workspace_id",
      "visitors.site_id",
      "visitors.secret_hash",
      "visitors.resume_secret_hash",
      "visitors.name",
      "visitors.email",
      "sites.removed_at",
    ])
    .where("visitors.id", "=", id)
    .executeTakeFirst();
}

export async function insertVisitor(
  db: Db,
  visitor: {
    id: VisitorId;
    workspaceId: WorkspaceId;
    siteId: SiteId;
    secretHash: Buffer;
    zone: string | null;
    language: string | null;
    device: Device;
  },
) {
  await db
    .insertInto("visitors")
    .values({
      id: visitor.id,
      workspace_id: visitor.workspaceId,
      site_id: visitor.siteId,
      secret_hash: visitor.secretHash,
      zone: visitor.zone,
      language: visitor.language,
      device: JSON.stringify(visitor.device),
    })
    .execute();
}

/** Goes on with the latest visit, unless it ended: after 60 minutes idle, or 5 minutes away. Null: start a new one. */
export async function currentVisit(db: Db, visitorId: VisitorId): Promise<VisitId | null> {
  const { rows } = await sql<{ id: VisitId; is_over: boolean }>`
    select id, (seen_at < foyer_now() - interval '60 minutes'
      or coalesce(left_at < foyer_now() - interval '5 minutes', false)) as is_over
    from visits where visitor_id = ${visitorId} order by started_at desc limit 1`.execute(db);
  const latest = rows[0];
  return latest === undefined || latest.is_over ? null : latest.id;
}

export async function startVisit(
  db: Db,
  visit: {
    workspaceId: WorkspaceId;
    visitorId: VisitorId;
    source: string;
    page: PageView;
    isReturn: boolean;
  },
): Promise<VisitId> {
  const id = newId<"visit">();
  await db
    .insertInto("visits")
    .values({
      id,
      workspace_id: visit.workspaceId,
      visitor_id: visit.visitorId,
      source: visit.source,
      pages: JSON.stringify([visit.page]),
    })
    .execute();
  if (visit.isReturn) {
    await sql`update visitors set visits = visits + 1, seen_at = foyer_now() where id = ${visit.visitorId}`.execute(
      db,
    );
  }
  return id;
}

/** Adds a page to the trail; the same page again (a reload) only counts as being there. */
export async function addPage(db: Db, visitId: VisitId, page: PageView) {
  await sql`
    update visits set seen_at = foyer_now(), left_at = null,
      pages = case when pages -> -1 ->> 'url' = ${page.url} then pages
        else (case when jsonb_array_length(pages) >= ${limits.trailPages} then pages - 0 else pages end)
          || ${JSON.stringify([page])}::jsonb end,
      page_count = page_count + case when pages -> -1 ->> 'url' = ${page.url} then 0 else 1 end
    where id = ${visitId}`.execute(db);
}

/** Many visits at once: still here, or gone. */
export async function saveBeats(db: Db, here: readonly VisitId[], gone: readonly VisitId[]) {
  if (here.length > 0) {
    await sql`update visits set seen_at = foyer_now(), left_at = null where id = any(${here}::uuid[])`.execute(
      db,
    );
  }
  if (gone.length > 0)
    await sql`update visits set left_at = foyer_now() where id = any(${gone}::uuid[])`.execute(db);
}

export type Pending = { visitorId: VisitorId; unread: number };

/** Of these visitors, those with a conversation that calls for a link: something unread, or a rep who is there. */
export async function pendingFor(db: Db, visitorIds: readonly VisitorId[]): Promise<Pending[]> {
  const { rows } = await sql<{ visitor_id: VisitorId; unread: number }>`
    select c.visitor_id, (
      select count(*)::int from facts f
      where f.conversation_id = c.id and f.seq > c.visitor_seen and f.author_kind = 'rep' and f.kind = 'message'
    ) as unread
    from conversations c
    where c.visitor_id = any(${visitorIds}::uuid[]) and c.is_open
      and (c.owner_id is not null or c.rep_spoke_seq > c.visitor_seen)`.execute(db);
  return rows.map((row) => ({ visitorId: row.visitor_id, unread: row.unread }));
}

export async function hasConversation(db: Db, visitorId: VisitorId): Promise<boolean> {
  const row = await db
    .selectFrom("conversations")
    .select("id")
    .where("visitor_id", "=", visitorId)
    .executeTakeFirst();
  return row !== undefined;
}

export type BoardRow = {
  id: VisitorId;
  name: string | null;
  email: string | null;
  zone: string | null;
  language: string | null;
  device: Device;
  visits: number;
  created_at: Date;
  source: string;
  trail: PageView[];
  page_count: number;
  started_at: Date;
  seen_at: Date;
  is_here: boolean;
  conversation_id: ConversationId | null;
  owner_id: MemberId | null;
  is_waiting: boolean;
};

const boardColumns = sql`
  v.id, v.name, v.email, v.zone, v.language, v.device, v.visits, v.created_at,
  vi.source, vi.page_count, vi.started_at, vi.seen_at,
  (vi.left_at is null and vi.seen_at > foyer_now() - interval '45 seconds') as is_here,
  c.id as conversation_id, c.owner_id,
  (c.id is not null and c.owner_id is null and c.visitor_spoke_seq > 0
    and not exists (select 1 from meetings me where me.conversation_id = c.id and me.state <> 'held'
      and me.created_at > c.visitor_spoke_at)) as is_waiting`;

/** Everyone on the sites now, and who left within five minutes; one row a visitor, the newest visitors (as ids tell) if too many. */
export async function boardRows(db: Db, workspaceId: WorkspaceId): Promise<BoardRow[]> {
  const { rows } = await sql<BoardRow>`
    select distinct on (v.id) ${boardColumns},
      jsonb_path_query_array(vi.pages, '$[last - 4 to last]') as trail
    from visits vi
    join visitors v on v.id = vi.visitor_id and v.workspace_id = vi.workspace_id
    left join conversations c on c.visitor_id = v.id and c.is_open
    where vi.workspace_id = ${workspaceId} and vi.seen_at > foyer_now() - interval '345 seconds'
    order by v.id desc, vi.started_at desc
    limit 5000`.execute(db);
  return rows;
}

/** One visitor of the workspace with its latest visit, however long ago. */
export async function profileRow(
  db: Db,
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
): Promise<BoardRow | undefined> {
  const { rows } = await sql<BoardRow>`
    select ${boardColumns}, vi.pages as trail
    from visitors v
    join visits vi on vi.visitor_id = v.id and vi.workspace_id = v.workspace_id
    left join conversations c on c.visitor_id = v.id and c.is_open
    where v.workspace_id = ${workspaceId} and v.id = ${visitorId}
    order by vi.started_at desc limit 1`.execute(db);
  return rows[0];
}

export async function earlierConversations(db: Db, workspaceId: WorkspaceId, visitorId: VisitorId) {
  const { rows } = await sql<{
    id: ConversationId;
    created_at: Date;
    closed_at: Date | null;
    preview: string | null;
  }>`
    select c.id, c.created_at, c.closed_at, (
      select left(f.body ->> 'text', 140) from facts f
      where f.conversation_id = c.id and f.kind = 'message' order by f.seq desc limit 1
    ) as preview
    from conversations c
    where c.workspace_id = ${workspaceId} and c.visitor_id = ${visitorId} and not c.is_open
    order by c.created_at desc limit 20`.execute(db);
  return rows;
}

/** Sets what is known of a visitor; null leaves a field as it was. */
export async function saveIdentity(db: Db, visitorId: VisitorId, name: string | null, email: string | null) {
  await sql`update visitors set name = coalesce(${name}, name), email = coalesce(${email}, email)
    where id = ${visitorId}`.execute(db);
}

export async function siteById(db: Db, siteId: SiteId) {
  return db.selectFrom("sites").select(["public_key", "look"]).where("id", "=", siteId).executeTakeFirst();
}

export async function saveResumeSecret(db: Db, visitorId: VisitorId, hash: Buffer) {
  await db.updateTable("visitors").set({ resume_secret_hash: hash }).where("id", "=", visitorId).execute();
}

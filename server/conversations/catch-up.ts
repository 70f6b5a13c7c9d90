import { type Kysely, sql } from "kysely";
import type { ConversationId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";

// `facts` is what counts. A conversation's own row repeats the latest of it (its last number, who spoke when, what a writer
// has seen by writing) for lists and the clock. Messages do not wait for that: their rows catch up a moment later.

/**
 * Brings the rows of conversations up to their facts, and answers those it did not: whoever holds a row now is not waited for.
 * May be repeated; a conversation without facts stays as it is.
 */
export async function catchUp(
  db: Kysely<Database>,
  ids: readonly ConversationId[],
): Promise<ConversationId[]> {
  const left = new Set(ids);
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const some = ids.slice(from, from + mostAtOnce);
    const { rows } = await sql<{ id: ConversationId }>`
      with behind as (
        select c.id, c.last_seq from conversations c
        where c.id = any(${some}::uuid[]) order by c.id for no key update skip locked
      ), moved as (
        update conversations c set
          last_seq = news.seq,
          active_at = greatest(c.active_at, news.at),
          visitor_spoke_seq = coalesce(news.visitor_seq, c.visitor_spoke_seq),
          visitor_spoke_at = coalesce(news.visitor_at, c.visitor_spoke_at),
          visitor_seen = greatest(c.visitor_seen, news.visitor_seq),
          rep_spoke_seq = coalesce(news.rep_seq, c.rep_spoke_seq),
          rep_spoke_at = coalesce(news.rep_at, c.rep_spoke_at),
          rep_seen = greatest(c.rep_seen, news.rep_seq)
        from behind cross join lateral (
          select max(f.seq) as seq, max(f.at) as at,
            max(f.seq) filter (where f.author_kind = 'visitor' and f.kind = 'message') as visitor_seq,
            max(f.at) filter (where f.author_kind = 'visitor' and f.kind = 'message') as visitor_at,
            max(f.seq) filter (where f.author_kind = 'rep' and f.kind <> 'note') as rep_seq,
            max(f.at) filter (where f.author_kind = 'rep' and f.kind <> 'note') as rep_at
          from facts f where f.conversation_id = behind.id and f.seq > behind.last_seq
        ) news
        where c.id = behind.id and news.seq is not null
      )
      select id from behind`.execute(db);
    for (const { id } of rows) left.delete(id);
  }
  return [...left];
}

const mostAtOnce = 500;

type Place = { id: ConversationId; workspaceId: WorkspaceId; visitorId: VisitorId };

/**
 * Those that a message was stored in and whose rows do not say so yet, of one workspace or of all: a second's worth, or what a
 * killed process left behind. A conversation that is over gets notes at most.
 */
export async function placesBehind(db: Kysely<Database>, workspaceId: WorkspaceId | null): Promise<Place[]> {
  const { rows } = await sql<{ id: ConversationId; workspace_id: WorkspaceId; visitor_id: VisitorId }>`
    select c.id, c.workspace_id, c.visitor_id from conversations c
    where (c.is_open or c.closed_at > foyer_now() - interval '1 day')
      and (${workspaceId}::uuid is null or c.workspace_id = ${workspaceId}::uuid)
      and exists (select 1 from facts f where f.conversation_id = c.id and f.seq > c.last_seq)
    order by c.id limit 1000`.execute(db);
  return rows.map((row) => ({ id: row.id, workspaceId: row.workspace_id, visitorId: row.visitor_id }));
}

/** Before a list of the workspace is read. */
export async function catchUpWorkspace(db: Kysely<Database>, workspaceId: WorkspaceId): Promise<void> {
  const places = await placesBehind(db, workspaceId);
  await catchUp(
    db,
    places.map(({ id }) => id),
  );
}

/** Catches up soon, many at once; and now and then with what a killed process has left behind, which is then told. */
export interface Follower {
  follow(id: ConversationId): void;
  /** Waits for what is under way, and catches up once more. */
  close(): Promise<void>;
}

/** Lists bring up to date what they show; the clock may look at what was true a second ago. */
const gatherMs = 1_000;
const leftBehindEveryMs = 30_000;

type FollowerDeps = { db: Kysely<Database>; bus: Pick<Bus, "publish">; log: Log };

export function createFollower({ db, bus, log }: FollowerDeps): Follower {
  let waiting = new Set<ConversationId>();
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  function attempt(work: () => Promise<void>) {
    underWay = underWay.then(work).catch((error: unknown) => {
      log.warn({ err: error }, "conversations could not catch up with their facts");
    });
  }

  function follow(id: ConversationId) {
    waiting.add(id);
    if (!isClosed) timer ??= setTimeout(flush, gatherMs);
  }

  function flush() {
    timer = null;
    const ids = [...waiting];
    waiting = new Set();
    attempt(async () => {
      let left = ids;
      try {
        left = await catchUp(db, ids);
      } finally {
        for (const id of left) follow(id);
      }
    });
  }

  async function lookForLeftBehind() {
    const places = await placesBehind(db, null);
    const left = new Set(
      await catchUp(
        db,
        places.map(({ id }) => id),
      ),
    );
    for (const { id, workspaceId, visitorId } of places)
      if (!left.has(id)) bus.publish({ kind: "conversation", workspaceId, conversationId: id, visitorId });
  }

  const leftBehind = setInterval(() => attempt(lookForLeftBehind), leftBehindEveryMs);
  attempt(lookForLeftBehind);

  return {
    follow,
    async close() {
      isClosed = true;
      clearInterval(leftBehind);
      if (timer !== null) clearTimeout(timer);
      flush();
      await underWay;
    },
  };
}

import { type Kysely, sql } from "kysely";
import type { ConversationId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";

// `facts` is what counts. A conversation's own row repeats the latest of it (its last number, who spoke when, what a writer
// has seen by writing) for lists and the clock. Messages do not wait for that: their rows catch up a moment later.

/** Brings the rows of conversations up to their facts. May be repeated; a conversation without facts stays as it is. */
export async function catchUp(db: Kysely<Database>, ids: readonly ConversationId[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    with behind as (
      select c.id, c.last_seq from conversations c
      where c.id = any(${ids}::uuid[]) order by c.id for no key update
    )
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
    where c.id = behind.id and news.seq is not null`.execute(db);
}

/** Those that a process left behind when it was killed. Looks at the open ones: nothing is added to the others but notes. */
export async function catchUpLeftBehind(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ id: ConversationId }>`
    select c.id from conversations c
    where c.is_open and exists (select 1 from facts f where f.conversation_id = c.id and f.seq > c.last_seq)
    order by c.id limit 1000`.execute(db);
  await catchUp(
    db,
    rows.map((row) => row.id),
  );
}

/** Catches up soon, many at once; and now and then with what a killed process has left behind. */
export interface Follower {
  follow(id: ConversationId): void;
  /** Waits until all rows are up to date, or could not be brought there. */
  close(): Promise<void>;
}

/** Lists bring up to date what they show; the clock may look at what was true a second ago. */
const gatherMs = 1_000;
const leftBehindEveryMs = 30_000;

export function createFollower({ db, log }: { db: Kysely<Database>; log: Log }): Follower {
  let waiting = new Set<ConversationId>();
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();

  function attempt(work: Promise<void>) {
    // What failed is left behind, and looked for again.
    underWay = work.catch((error: unknown) =>
      log.warn({ err: error }, "conversations could not catch up with their facts"),
    );
  }

  function flush() {
    timer = null;
    const ids = [...waiting];
    waiting = new Set();
    attempt(catchUp(db, ids));
  }

  const leftBehind = setInterval(() => attempt(catchUpLeftBehind(db)), leftBehindEveryMs);
  attempt(catchUpLeftBehind(db));

  return {
    follow(id) {
      waiting.add(id);
      timer ??= setTimeout(flush, gatherMs);
    },
    async close() {
      clearInterval(leftBehind);
      if (timer !== null) clearTimeout(timer);
      await underWay;
      flush();
      await underWay;
    },
  };
}

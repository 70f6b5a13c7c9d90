import type { BoardVisitor, VisitorState } from "../../shared/model/people.ts";
import type { BoardRow } from "./store.ts";

/** A row as the board shows it. */
export function toBoardVisitor(row: BoardRow): BoardVisitor {
  const page = row.trail[row.trail.length - 1];
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    page: { url: page?.url ?? "", title: page?.title ?? "" },
    trail: row.trail.slice(-5),
    pages: row.page_count,
    source: row.source,
    startedAt: row.started_at.getTime(),
    seenAt: row.seen_at.getTime(),
    zone: row.zone,
    language: row.language,
    device: row.device,
    visits: row.visits,
    state: stateOf(row),
    conversationId: row.conversation_id,
    ownerId: row.owner_id,
  };
}

function stateOf(row: BoardRow): VisitorState {
  if (!row.is_here) return "left";
  if (row.owner_id !== null) return "chatting";
  return row.is_waiting ? "waiting" : "browsing";
}

/** What a console has to be told: who changed (being seen again is no change), and who is no longer on the board. */
export function boardDifference(
  before: ReadonlyMap<string, BoardVisitor>,
  after: ReadonlyMap<string, BoardVisitor>,
) {
  const changed: BoardVisitor[] = [];
  for (const [id, visitor] of after) {
    const old = before.get(id);
    if (old === undefined || !looksSame(old, visitor)) changed.push(visitor);
  }
  const gone = [...before.values()].filter((visitor) => !after.has(visitor.id)).map((visitor) => visitor.id);
  return { changed, gone };
}

function looksSame(a: BoardVisitor, b: BoardVisitor): boolean {
  return (
    a.state === b.state &&
    a.pages === b.pages &&
    a.ownerId === b.ownerId &&
    a.conversationId === b.conversationId &&
    a.name === b.name &&
    a.email === b.email &&
    a.startedAt === b.startedAt &&
    a.page.url === b.page.url &&
    a.page.title === b.page.title
  );
}

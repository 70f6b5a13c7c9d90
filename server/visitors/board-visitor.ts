import type { BoardVisitor, PageView, VisitorState } from "../../shared/model/people.ts";
import type { BoardRow } from "./store.ts";

/** Of an address and a title the board shows the beginning only; the visitor's own pane has them whole. */
const urlChars = 200;
const titleChars = 80;
const trailPages = 5;

/** A row as the board shows it. */
export function toBoardVisitor(row: BoardRow): BoardVisitor {
  const trail = row.trail.slice(-trailPages).map(shortened);
  const page = trail[trail.length - 1];
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    page: { url: page?.url ?? "", title: page?.title ?? "" },
    trail,
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

function shortened({ url, title, at }: PageView): PageView {
  return { url: url.slice(0, urlChars), title: title.slice(0, titleChars), at };
}

/** All that one answer may hold: more would wait for a slow reader until its link is cut, again and again. */
const mostChars = 600_000;
/** What a visitor takes besides its pages: ids, instants, names of fields. */
const bareChars = 500;

/** Visitors who wait or talk, then the latest to come, as long as they fit into one answer. */
export function thoseThatFit(visitors: readonly BoardVisitor[]): BoardVisitor[] {
  let chars = 0;
  const rank = ({ state }: BoardVisitor) => (state === "waiting" || state === "chatting" ? 0 : 1);
  const inOrder = visitors.toSorted((a, b) => rank(a) - rank(b) || b.startedAt - a.startedAt);
  const end = inOrder.findIndex((visitor) => {
    chars += charsOf(visitor);
    return chars > mostChars;
  });
  return end < 0 ? inOrder : inOrder.slice(0, end);
}

function charsOf({ trail, page, name, email, source }: BoardVisitor): number {
  let chars = bareChars + (name?.length ?? 0) + (email?.length ?? 0) + source.length;
  for (const { url, title } of [page, ...trail]) chars += url.length + title.length + 50;
  return chars;
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

import { type Kysely, sql } from "kysely";
import type { ConversationSummary } from "../../shared/model/conversations.ts";
import type { ConversationId, Instant, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { ConversationView } from "../../shared/protocol/rep-events.ts";
import type { Database } from "../db/tables.ts";
import { catchUpWorkspace } from "./catch-up.ts";
import { type SummaryRow, summaries } from "./lists-store.ts";
import { authorOf } from "./store.ts";

const pageSize = 40;

/** A page of a rep's list, most recently active first; `before` is the last line's `activeAt`. */
export async function listConversations(
  db: Kysely<Database>,
  rep: { memberId: MemberId; workspaceId: WorkspaceId },
  view: ConversationView,
  before: Instant | null,
): Promise<{ conversations: ConversationSummary[]; hasMore: boolean }> {
  const which =
    view === "mine"
      ? sql`c.is_open and c.owner_id = ${rep.memberId}`
      : view === "team"
        ? sql`c.is_open`
        : sql`not c.is_open`;
  await catchUpWorkspace(db, rep.workspaceId);
  const older = before === null ? sql`true` : sql`c.active_at < ${new Date(before)}`;
  const rows = await summaries(
    db,
    sql`c.workspace_id = ${rep.workspaceId} and ${which} and ${older}`,
    pageSize + 1,
  );
  return { conversations: rows.slice(0, pageSize).map(toSummary), hasMore: rows.length > pageSize };
}

/** Lines of given conversations, whoever asks: the caller sends them to their workspace only. */
export async function summariesOf(db: Kysely<Database>, ids: readonly ConversationId[]) {
  const rows = await summaries(db, sql`c.id = any(${ids}::uuid[])`, ids.length);
  return rows.map((row) => ({ workspaceId: row.workspace_id, summary: toSummary(row) }));
}

function toSummary(row: SummaryRow): ConversationSummary {
  return {
    id: row.id,
    isOpen: row.is_open,
    ownerId: row.owner_id,
    epoch: row.epoch,
    lastSeq: row.last_seq,
    visitor: {
      id: row.visitor_id,
      name: row.visitor_name,
      email: row.visitor_email,
      isOnline: row.is_online,
    },
    preview:
      row.preview === null ? null : { text: row.preview, by: authorOf(row.preview_kind, row.preview_rep) },
    unread: row.unread,
    createdAt: row.created_at.getTime(),
    activeAt: row.active_at.getTime(),
    closedAt: row.closed_at?.getTime() ?? null,
    isWaiting: row.is_waiting,
  };
}

import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import type { SearchHit } from "../../shared/protocol/console-routes.ts";
import type { Database } from "../db/tables.ts";
import { searchRows } from "./lists-store.ts";

const shortest = 2;
const around = 60;

/** Visitors by name or address, and messages of the latest 2,000 conversations, that contain the words. */
export async function searchConversations(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  words: string,
): Promise<SearchHit[]> {
  const wanted = words.trim();
  if (wanted.length < shortest) return [];
  const rows = await searchRows(db, workspaceId, wanted);
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    visitorId: row.visitor_id,
    visitorName: row.name,
    excerpt: row.text === null ? null : excerptOf(row.text, wanted),
    at: row.at.getTime(),
  }));
}

/** The match with a little on either side. */
export function excerptOf(text: string, words: string): string {
  const found = text.toLowerCase().indexOf(words.toLowerCase());
  const start = Math.max(0, found - around);
  const end = Math.min(text.length, Math.max(found, 0) + words.length + around);
  return `${start > 0 ? "…" : ""}${text.slice(start, end).replace(/\s+/g, " ")}${end < text.length ? "…" : ""}`;
}

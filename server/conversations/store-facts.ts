import type { Kysely } from "kysely";
import type { Fact } from "../../shared/model/facts.ts";
import type { ClientId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { appendFacts } from "./append-facts.ts";
import { toFact, type Writer } from "./fact-item.ts";
import type { ConversationRow } from "./store.ts";

export type NewFact = { writer: Writer; clientId?: ClientId; body: Fact["body"] };

/**
 * Stores facts of one conversation in the caller's transaction, all or none, and answers them numbered. The caller
 * announces them after its commit. A refusal leaves as `AppError`.
 */
export async function storeFacts(
  db: Kysely<Database>,
  conversation: Pick<ConversationRow, "id" | "workspaceId">,
  news: readonly NewFact[],
): Promise<Fact[]> {
  const items = news.map(({ writer, clientId, body }) => ({
    workspaceId: conversation.workspaceId,
    conversationId: conversation.id,
    writer,
    clientId: clientId ?? null,
    body,
  }));
  const answers = await appendFacts(db, items);
  return items.map((item, index) => {
    const answer = answers[index];
    if (answer === undefined) throw new AppError("not_found");
    if ("seq" in answer) return toFact(item, answer.seq, answer.at);
    throw new AppError(refusalCodes[answer.outcome]);
  });
}

/** What a refused fact is called on the wire. */
export const refusalCodes = {
  not_found: "not_found",
  closed: "conversation_closed",
  stale_owner: "stale_owner",
} as const;

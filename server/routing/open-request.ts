import type { Kysely } from "kysely";
import type { Fact } from "../../shared/model/facts.ts";
import type { RequestId } from "../../shared/model/ids.ts";
import type { ConversationRow } from "../conversations/lock-conversation.ts";
import { storeFacts } from "../conversations/store-facts.ts";
import type { Database } from "../db/tables.ts";
import { insertDecisions, insertRequest, routingSettings } from "./store.ts";

/** Opens a request for a locked conversation, in the caller's transaction. Null: one is live already. */
export async function openRequest(
  db: Kysely<Database>,
  conversation: ConversationRow,
): Promise<{ requestId: RequestId; fact: Fact } | null> {
  const { id: conversationId, workspaceId } = conversation;
  const routing = await routingSettings(db, workspaceId);
  const requestId = await insertRequest(db, { workspaceId, conversationId, routing });
  if (requestId === null) return null;
  const at = { workspaceId, conversationId, requestId };
  await insertDecisions(db, at, [{ step: "requested", memberId: null, reason: null }]);
  const [fact] = await storeFacts(db, conversation, [
    { writer: { kind: "system" }, body: { kind: "rep_requested", requestId } },
  ]);
  if (fact === undefined) throw new Error("one fact was stored and none came back");
  return { requestId, fact };
}

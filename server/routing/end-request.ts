import type { Kysely } from "kysely";
import type { ConversationId, MemberId, RequestId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { conversationOfRequest, endOffers, insertDecisions, lockLiveRequestOf, saveEnd } from "./store.ts";

/** Ends the live request of a locked conversation, if there is one, in the caller's transaction. */
export async function endRequest(
  db: Kysely<Database>,
  conversationId: ConversationId,
  outcome: { state: "claimed"; by: MemberId } | { state: "left" },
): Promise<RequestId | null> {
  const requestId = await lockLiveRequestOf(db, conversationId);
  if (requestId === null) return null;
  const place = await conversationOfRequest(db, requestId);
  await saveEnd(db, requestId, { state: outcome.state });
  const withdrawn = await endOffers(db, requestId, "withdrawn", "all");
  if (place !== undefined) {
    const at = { workspaceId: place.workspace_id, conversationId, requestId };
    const by = outcome.state === "claimed" ? outcome.by : null;
    await insertDecisions(db, at, [
      { step: outcome.state, memberId: by, reason: null },
      ...withdrawn
        .filter((id) => id !== by)
        .map((memberId) => ({ step: "withdrawn" as const, memberId, reason: null })),
    ]);
  }
  return requestId;
}

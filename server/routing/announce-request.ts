import type { RequestId } from "../../shared/model/ids.ts";
import type { ConversationRow } from "../conversations/lock-conversation.ts";
import type { Bus } from "../realtime/hints.ts";

/** After the commit: the request, or offers of it, changed. */
export function announceRequest(
  bus: Bus,
  conversation: Pick<ConversationRow, "id" | "workspaceId" | "visitorId">,
  requestId: RequestId,
): void {
  const { id: conversationId, workspaceId, visitorId } = conversation;
  bus.publish({ kind: "request", workspaceId, conversationId, visitorId });
  bus.publish({ kind: "offers", workspaceId, requestId });
  bus.publish({ kind: "board", workspaceId });
}

import type { Fact } from "../../shared/model/facts.ts";
import type { Bus } from "../realtime/hints.ts";
import type { ConversationRow } from "./store.ts";

/** After the commit: tells every process about new facts, which must follow each other. */
export function announceFacts(
  bus: Bus,
  conversation: Pick<ConversationRow, "id" | "workspaceId" | "visitorId">,
  facts: readonly Fact[],
): void {
  const first = facts[0];
  const last = facts[facts.length - 1];
  if (first === undefined || last === undefined) return;
  bus.publish(
    {
      kind: "facts",
      workspaceId: conversation.workspaceId,
      conversationId: conversation.id,
      visitorId: conversation.visitorId,
      from: first.seq,
      to: last.seq,
    },
    facts,
  );
}

/** After the commit: a conversation exists that this visitor's screens do not know yet. */
export function announceOpened(
  bus: Bus,
  conversation: Pick<ConversationRow, "id" | "workspaceId" | "visitorId">,
): void {
  const { id: conversationId, workspaceId, visitorId } = conversation;
  bus.publish({ kind: "opened", workspaceId, conversationId, visitorId });
}

import type { Fact } from "../../shared/model/facts.ts";
import type { ClientId, ConversationId, Instant, WorkspaceId } from "../../shared/model/ids.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { announceFacts } from "./announce.ts";
import { type Appended, toFact, type Writer } from "./fact-item.ts";
import type { MessageWriter } from "./message-writer.ts";
import type { Routing } from "./routing-port.ts";
import { refusalCodes } from "./store-facts.ts";

type SendDeps = { writer: MessageWriter; bus: Bus; routing: Pick<Routing, "reconsider"> };

export type Send = {
  workspaceId: WorkspaceId;
  conversationId: ConversationId;
  writer: Writer;
  clientId: ClientId;
  body: Extract<Fact["body"], { kind: "message" | "note" | "meeting_offered" }>;
};

/**
 * Stores one message, note or offered meeting, then tells everyone. Resolves after the commit; a repeat answers what the
 * first try answered. Throws `not_found`, `conversation_closed` or `stale_owner`.
 */
export async function sendMessage(
  { writer, bus, routing }: SendDeps,
  send: Send,
): Promise<{ seq: number; at: Instant }> {
  const answer: Appended = await writer.write(send);
  if (!("seq" in answer)) throw new AppError(refusalCodes[answer.outcome]);
  const conversation = {
    id: send.conversationId,
    workspaceId: send.workspaceId,
    visitorId: answer.visitorId,
  };
  if (answer.outcome === "stored") {
    announceFacts(bus, conversation, [toFact(send, answer.seq, answer.at)]);
    if (answer.ownerId === null && send.writer.kind === "visitor") await routing.reconsider(conversation);
  }
  return { seq: answer.seq, at: answer.at };
}

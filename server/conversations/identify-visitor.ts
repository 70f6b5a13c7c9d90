import type { Kysely } from "kysely";
import type { ConversationId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Bus } from "../realtime/hints.ts";
import type { VisitorAccess } from "../visitors/access.ts";
import { rememberIdentity } from "../visitors/identity.ts";
import { announceFacts } from "./announce.ts";
import { lockById } from "./store.ts";
import { storeFacts } from "./store-facts.ts";

/** Keeps the name or address a visitor gave; in an open conversation it is a fact, so that the rep sees it at once. */
export async function identifyVisitor(
  { db, bus }: { db: Kysely<Database>; bus: Bus },
  visitor: VisitorAccess,
  input: { conversationId: ConversationId | null; name: string | null; email: string | null },
): Promise<void> {
  if (input.name === null && input.email === null) return;
  const done = await db.transaction().execute(async (trx) => {
    await rememberIdentity(trx, visitor.visitorId, input.name, input.email);
    if (input.conversationId === null) return null;
    const conversation = await lockById(trx, visitor.workspaceId, input.conversationId);
    if (conversation === null || conversation.visitorId !== visitor.visitorId || !conversation.isOpen)
      return null;
    const facts = await storeFacts(trx, conversation, [
      {
        writer: { kind: "visitor", id: visitor.visitorId },
        body: { kind: "visitor_identified", name: input.name, email: input.email },
      },
    ]);
    return { conversation, facts };
  });
  bus.publish({ kind: "board", workspaceId: visitor.workspaceId });
  if (done !== null) announceFacts(bus, done.conversation, done.facts);
}

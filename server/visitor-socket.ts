import type { Kysely } from "kysely";
import type { Socket } from "socket.io";
import type { ConversationId } from "../shared/model/ids.ts";
import type { VisitorAsks, VisitorTells } from "../shared/protocol/visitor-events.ts";
import { visitorAskSchemas, visitorTellSchemas } from "../shared/protocol/visitor-schemas.ts";
import type { LiveTeam } from "./accounts/live-team.ts";
import { closeConversation } from "./conversations/close-conversation.ts";
import { toVisitorFact } from "./conversations/fact-item.ts";
import { conversationForVisitor, currentConversation, requestOf } from "./conversations/find-conversation.ts";
import { identifyVisitor } from "./conversations/identify-visitor.ts";
import type { MarksWriter } from "./conversations/marks-writer.ts";
import type { MessageWriter } from "./conversations/message-writer.ts";
import type { Routing } from "./conversations/routing-port.ts";
import { sendMessage } from "./conversations/send-message.ts";
import { earlierFacts, visitorSnapshot } from "./conversations/snapshots.ts";
import { startConversation } from "./conversations/start-conversation.ts";
import type { Database } from "./db/tables.ts";
import { AppError } from "./errors.ts";
import type { Log } from "./log.ts";
import { createAllowance } from "./realtime/allowance.ts";
import { handleEvents } from "./realtime/handle-events.ts";
import type { Bus } from "./realtime/hints.ts";
import { siteRoom, visitorRoom, visitorsRoom } from "./realtime/rooms.ts";
import { requestAgain } from "./routing/request-again.ts";
import type { VisitorAccess } from "./visitors/access.ts";

export type VisitorSocketDeps = {
  db: Kysely<Database>;
  bus: Bus;
  routing: Routing;
  writer: MessageWriter;
  marks: MarksWriter;
  team: LiveTeam;
  log: Log;
  /** Measured: messages stored. */
  onMessage(author: "visitor" | "rep"): void;
};

/** A person types a few messages a second at most; tail checks, marks and typing come on top. */
const rate = { burst: 60, perSecond: 20 };
/** Conversations opened, closed and people asked for by one visitor, in all tabs: each makes consoles ring. */
const calls = { points: 40, seconds: 600 };

/** What one link keeps: whose it is, and in which own conversation it was found to type. */
type Context = VisitorAccess & { typingIn: ConversationId | null };

/** Serves one tab of a visitor. Everything derives from its credential; a conversation of another answers `not_found`. */
export function serveVisitor(deps: VisitorSocketDeps): (socket: Socket, visitor: VisitorAccess) => void {
  const { db, bus, routing, team } = deps;
  const cardsOf = team.cards;
  const called = createAllowance(calls, Date.now);

  const asks: {
    [E in keyof VisitorAsks]: (
      visitor: Context,
      input: VisitorAsks[E]["input"],
    ) => Promise<VisitorAsks[E]["answer"]>;
  } = {
    async "conversation:sync"(visitor, { conversationId, since }) {
      const [latest, faces] = await Promise.all([
        currentConversation(db, visitor),
        team.faces(visitor.workspaceId, visitor.siteId),
      ]);
      if (latest === null) return { conversation: null, team: faces };
      // Another conversation than the one asked about has become the current one: from its beginning.
      const from = latest.id === conversationId ? since : 0;
      return { conversation: await visitorSnapshot(db, latest, from, cardsOf), team: faces };
    },
    async "conversation:history"(visitor, { conversationId, before }) {
      const { facts, hasEarlier } = await earlierFacts(
        db,
        await conversationForVisitor(db, visitor, conversationId),
        before,
      );
      return { facts: facts.map(toVisitorFact), hasEarlier };
    },
    async "conversation:start"(visitor, input) {
      called.take(visitor.visitorId);
      const conversation = await startConversation({ db, bus, routing }, visitor, input);
      deps.onMessage("visitor");
      return { conversation: await visitorSnapshot(db, conversation, 0, cardsOf) };
    },
    async "message:send"(visitor, { conversationId, clientId, text }) {
      const stored = await sendMessage(deps, {
        workspaceId: visitor.workspaceId,
        conversationId,
        writer: { kind: "visitor", id: visitor.visitorId },
        clientId,
        body: { kind: "message", text },
      });
      deps.onMessage("visitor");
      return stored;
    },
    async "request:again"(visitor, { conversationId }) {
      called.take(visitor.visitorId);
      const conversation = await conversationForVisitor(db, visitor, conversationId);
      await requestAgain({ db, bus }, conversation);
      const request = await requestOf(db, conversation);
      if (request === null) throw new AppError("not_found");
      return { request };
    },
    async "visitor:identify"(visitor, input) {
      called.take(visitor.visitorId);
      await identifyVisitor({ db, bus }, visitor, input);
      return {};
    },
    async "conversation:close"(visitor, { conversationId }) {
      called.take(visitor.visitorId);
      await closeConversation({ db, bus, routing }, { kind: "visitor", access: visitor }, conversationId);
      return {};
    },
    async "marks:set"(visitor, { conversationId, delivered, seen }) {
      const conversation = await conversationForVisitor(db, visitor, conversationId);
      const { workspaceId, visitorId } = visitor;
      deps.marks.set({ id: conversation.id, side: "visitor", delivered, seen, workspaceId, visitorId });
      return {};
    },
  };

  const tells: { [E in keyof VisitorTells]: (visitor: Context, input: VisitorTells[E]) => void } = {
    "typing:set"(visitor, { conversationId, isTyping }) {
      const tell = () =>
        bus.publish({
          kind: "typing",
          conversationId,
          visitorId: visitor.visitorId,
          by: "visitor",
          isTyping,
        });
      if (visitor.typingIn === conversationId) return tell();
      conversationForVisitor(db, visitor, conversationId).then(
        () => {
          visitor.typingIn = conversationId;
          tell();
        },
        (error: unknown) => deps.log.debug({ err: error }, "typing could not be told"),
      );
    },
  };

  const table = { askSchemas: visitorAskSchemas, tellSchemas: visitorTellSchemas, asks, tells };
  return (socket, visitor) => {
    void socket.join([
      visitorRoom(visitor.visitorId),
      visitorsRoom(visitor.workspaceId),
      siteRoom(visitor.siteId),
    ]);
    const context: Context = { ...visitor, typingIn: null };
    handleEvents<VisitorAsks, VisitorTells, Context>(socket, context, table, rate, deps.log);
  };
}

import type { Kysely } from "kysely";
import type { Socket } from "socket.io";
import type { FactKind } from "../shared/model/facts.ts";
import type { ConversationId, MemberId, VisitorId } from "../shared/model/ids.ts";
import { mayAskEvent } from "../shared/protocol/permissions.ts";
import type { RepAsks, RepTells } from "../shared/protocol/rep-events.ts";
import { repAskSchemas, repTellSchemas } from "../shared/protocol/rep-schemas.ts";
import type { LiveTeam } from "./accounts/live-team.ts";
import type { MemberAccess } from "./accounts/session.ts";
import { setAvailability } from "./accounts/set-availability.ts";
import { closeConversation } from "./conversations/close-conversation.ts";
import { conversationForRep } from "./conversations/find-conversation.ts";
import { handOver } from "./conversations/hand-over.ts";
import { listConversations } from "./conversations/list-conversations.ts";
import type { MarksWriter } from "./conversations/marks-writer.ts";
import type { MessageWriter } from "./conversations/message-writer.ts";
import { pounce } from "./conversations/pounce.ts";
import type { Routing } from "./conversations/routing-port.ts";
import { sendMessage } from "./conversations/send-message.ts";
import { earlierFacts, repSnapshot } from "./conversations/snapshots.ts";
import { takeConversation } from "./conversations/take-conversation.ts";
import type { Database } from "./db/tables.ts";
import { AppError } from "./errors.ts";
import type { Log } from "./log.ts";
import { handleEvents } from "./realtime/handle-events.ts";
import type { Bus } from "./realtime/hints.ts";
import { boardRoom, memberRoom, teamRoom, watchRoom } from "./realtime/rooms.ts";
import { acceptOffer } from "./routing/accept-offer.ts";
import { declineOffer } from "./routing/decline-offer.ts";
import { ringingOffers } from "./routing/deliver-offers.ts";
import { whyThere } from "./routing/why.ts";
import type { LiveBoard } from "./visitors/live-board.ts";
import { showVisitor } from "./visitors/show-visitor.ts";

export type RepSocketDeps = {
  db: Kysely<Database>;
  bus: Bus;
  routing: Routing;
  writer: MessageWriter;
  marks: MarksWriter;
  team: LiveTeam;
  board: LiveBoard;
  log: Log;
  /** Measured: a message was stored. */
  onMessage(author: "visitor" | "rep"): void;
};

/** Facts after which somebody else may own a conversation. */
const ownerKinds: ReadonlySet<FactKind> = new Set(["rep_joined", "rep_left", "closed"]);

const rate = { burst: 120, perSecond: 40 };

type Context = { member: MemberAccess; socket: Socket };

/** Serves one console. Reps read all conversations of their workspace; only the owner writes in one. */
export function serveRep(deps: RepSocketDeps): (socket: Socket, member: MemberAccess) => void {
  const { db, bus, routing, team } = deps;

  const asks: {
    [E in keyof RepAsks]: (context: Context, input: RepAsks[E]["input"]) => Promise<RepAsks[E]["answer"]>;
  } = {
    async "console:sync"({ member }) {
      const [everyone, offers, mine] = await Promise.all([
        team.ofMember(member.workspaceId, member.memberId),
        ringingOffers(db, member.memberId),
        listConversations(db, member, "mine", null),
      ]);
      const known = everyone.find((one) => one.id === member.memberId);
      if (known === undefined) throw new AppError("unauthenticated");
      // The team is up to half a second old; what this link may do is not.
      const me = { ...known, role: member.role };
      const isAvailable = me.presence === "available" || me.presence === "busy";
      return { me, isAvailable, team: everyone, offers, mine: mine.conversations, serverAt: Date.now() };
    },
    async "availability:set"({ member }, { isAvailable }) {
      const announceTeam = () => bus.publish({ kind: "team", workspaceId: member.workspaceId });
      await setAvailability({ db, announceTeam }, member, isAvailable);
      return {};
    },
    async "board:watch"({ member, socket }) {
      await socket.join(boardRoom(member.workspaceId));
      return { visitors: await deps.board.load(member.workspaceId) };
    },
    async "board:unwatch"({ member, socket }) {
      await socket.leave(boardRoom(member.workspaceId));
      return {};
    },
    async "visitor:show"({ member }, { visitorId }) {
      return { profile: await showVisitor({ db, bus }, member.workspaceId, visitorId) };
    },
    async "visitor:pounce"({ member }, { visitorId, clientId, text }) {
      const visitor = await requireVisitor(member, visitorId);
      const done = await pounce({ db, bus, routing }, member, { visitor, clientId, text });
      if ("takenBy" in done) throw new AppError("taken", { takenBy: done.takenBy });
      deps.onMessage("rep");
      return { conversationId: done.conversation.id };
    },
    async "offer:accept"({ member }, { offerId }) {
      const done = await acceptOffer({ db, bus }, member, offerId);
      if ("takenBy" in done) throw new AppError("taken", { takenBy: done.takenBy });
      if ("expired" in done) throw new AppError("expired");
      return { conversationId: done.conversationId };
    },
    async "offer:decline"({ member }, { offerId }) {
      await declineOffer({ db, bus }, member, offerId);
      return {};
    },
    "conversation:list": ({ member }, { view, before }) => listConversations(db, member, view, before),
    async "conversation:watch"({ member, socket }, { conversationId, since }) {
      await conversationForRep(db, member, conversationId);
      // Joined first: what is stored while we read arrives as news, and the reducer drops what it has.
      await socket.join(watchRoom(conversationId));
      return {
        conversation: await repSnapshot(db, await conversationForRep(db, member, conversationId), since),
      };
    },
    async "conversation:unwatch"({ socket }, { conversationId }) {
      await socket.leave(watchRoom(conversationId));
      return {};
    },
    async "conversation:history"({ member }, { conversationId, before }) {
      return earlierFacts(db, await conversationForRep(db, member, conversationId), before);
    },
    async "conversation:take"({ member }, { conversationId }) {
      const done = await takeConversation({ db, bus, routing }, member, conversationId);
      if ("takenBy" in done) throw new AppError("taken", { takenBy: done.takenBy });
      return { epoch: done.epoch };
    },
    async "conversation:hand_over"({ member }, input) {
      await handOver({ db, bus, routing, presenceOf: team.presenceOf }, member, input);
      return {};
    },
    async "conversation:close"({ member }, { conversationId, epoch }) {
      await closeConversation({ db, bus, routing }, { kind: "rep", ...member, epoch }, conversationId);
      return {};
    },
    async "message:send"({ member }, { conversationId, epoch, clientId, text }) {
      const stored = await sendMessage(deps, {
        workspaceId: member.workspaceId,
        conversationId,
        writer: { kind: "rep", id: member.memberId, epoch },
        clientId,
        body: { kind: "message", text },
      });
      deps.onMessage("rep");
      return stored;
    },
    "note:add": ({ member }, { conversationId, clientId, text }) =>
      sendMessage(deps, {
        workspaceId: member.workspaceId,
        conversationId,
        writer: { kind: "rep", id: member.memberId, epoch: null },
        clientId,
        body: { kind: "note", text },
      }),
    async "meeting:offer"({ member }, { conversationId, epoch, clientId, hostId }) {
      if (hostId !== null && !(await team.of(member.workspaceId)).some((one) => one.id === hostId)) {
        throw new AppError("not_found");
      }
      return sendMessage(deps, {
        workspaceId: member.workspaceId,
        conversationId,
        writer: { kind: "rep", id: member.memberId, epoch },
        clientId,
        body: { kind: "meeting_offered", hostId },
      });
    },
    async "marks:set"({ member }, { conversationId, delivered, seen }) {
      const conversation = await conversationForRep(db, member, conversationId);
      // What a colleague reads along is not the visitor's "seen".
      if (conversation.ownerId !== null && conversation.ownerId !== member.memberId) return {};
      const { workspaceId, visitorId } = conversation;
      deps.marks.set({ id: conversationId, side: "rep", delivered, seen, workspaceId, visitorId });
      return {};
    },
    async "conversation:why"({ member }, { conversationId }) {
      const conversation = await conversationForRep(db, member, conversationId);
      return { lines: await whyThere(db, member.workspaceId, conversation.id) };
    },
  };

  /** The one way to obtain a visitor by id: of the member's workspace, or refused. */
  async function requireVisitor(member: MemberAccess, visitorId: VisitorId) {
    await showVisitor({ db, bus }, member.workspaceId, visitorId);
    return { id: visitorId, workspaceId: member.workspaceId };
  }

  /** Owners who type, by conversation: looked up once, and again after anything that may have changed the owner. */
  const typists = new Map<ConversationId, { memberId: MemberId; visitorId: VisitorId }>();
  bus.subscribe((hint, facts) => {
    if (hint.kind !== "facts" || !typists.has(hint.conversationId)) return;
    if (facts === null || facts.some(({ body }) => ownerKinds.has(body.kind)))
      typists.delete(hint.conversationId);
  });

  return (socket, member) => {
    void socket.join([memberRoom(member.memberId), teamRoom(member.workspaceId)]);
    const tells: { [E in keyof RepTells]: (context: Context, input: RepTells[E]) => void } = {
      "typing:set"(_context, { conversationId, isTyping }) {
        const tell = (visitorId: VisitorId) =>
          bus.publish({ kind: "typing", conversationId, visitorId, by: member.memberId, isTyping });
        const known = typists.get(conversationId);
        if (known !== undefined)
          return known.memberId === member.memberId ? tell(known.visitorId) : undefined;
        conversationForRep(db, member, conversationId).then(
          (found) => {
            if (found.ownerId !== member.memberId) return;
            typists.set(conversationId, { memberId: member.memberId, visitorId: found.visitorId });
            tell(found.visitorId);
          },
          (error: unknown) => deps.log.debug({ err: error }, "typing could not be told"),
        );
      },
    };
    handleEvents<RepAsks, RepTells, Context>(
      socket,
      { member, socket },
      {
        askSchemas: repAskSchemas,
        tellSchemas: repTellSchemas,
        asks,
        tells,
        mayAsk: ({ member: { role } }, event) => mayAskEvent(role, event),
      },
      rate,
      deps.log,
    );
  };
}

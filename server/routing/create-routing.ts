import type { Kysely } from "kysely";
import type { Routing } from "../conversations/routing-port.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import { advanceRequest } from "./advance-request.ts";
import { announceRequest } from "./announce-request.ts";
import { endRequest } from "./end-request.ts";
import { openRequest } from "./open-request.ts";
import { reconsider, replaceOwner } from "./request-again.ts";
import { insertDecisions } from "./store.ts";
import { withdrawOffers } from "./withdraw-offers.ts";

/** Routing as conversations need it. What fails after a commit is logged: the clock tries again. */
export function createRouting({ db, bus, log }: { db: Kysely<Database>; bus: Bus; log: Log }): Routing {
  return {
    async open(trx, conversation) {
      const opened = await openRequest(trx, conversation);
      if (opened === null) throw new Error("a new conversation cannot have a live request");
      return opened;
    },
    end: endRequest,
    async advance(requestId) {
      try {
        await advanceRequest({ db, bus }, requestId);
      } catch (error) {
        log.warn({ err: error, requestId }, "a request could not be advanced; the clock will");
      }
    },
    announce(conversation, requestId) {
      announceRequest(bus, conversation, requestId);
    },
    async reconsider(conversation) {
      try {
        await reconsider({ db, bus }, conversation);
      } catch (error) {
        log.warn(
          { err: error, conversationId: conversation.id },
          "a conversation could not be reconsidered; the clock will",
        );
      }
    },
    async replace({ id, workspaceId, memberId }) {
      try {
        await replaceOwner({ db, bus }, { id, workspaceId, ownerId: memberId }, "stepped_out");
      } catch (error) {
        log.warn({ err: error, conversationId: id }, "an owner could not be replaced; the clock will");
      }
    },
    async withdraw(member) {
      try {
        await withdrawOffers({ db, bus }, member);
      } catch (error) {
        log.warn({ err: error, memberId: member.memberId }, "offers could not be withdrawn; they run out");
      }
    },
    async log(trx, conversation, step, memberId) {
      const at = { workspaceId: conversation.workspaceId, conversationId: conversation.id, requestId: null };
      await insertDecisions(trx, at, [{ step, memberId, reason: null }]);
    },
  };
}

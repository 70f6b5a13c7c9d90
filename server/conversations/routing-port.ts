import type { Kysely } from "kysely";
import type { Fact } from "../../shared/model/facts.ts";
import type { ConversationId, MemberId, RequestId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { ConversationRow } from "./store.ts";

/** What conversations need of routing; the folder `routing` implements it. */
export interface Routing {
  /** In the caller's transaction, with the conversation locked: opens a request and stores its fact. */
  open(db: Kysely<Database>, conversation: ConversationRow): Promise<{ requestId: RequestId; fact: Fact }>;
  /** In the caller's transaction, with the conversation locked: ends a live request, if there is one, and its offers. */
  end(
    db: Kysely<Database>,
    conversationId: ConversationId,
    outcome: { state: "claimed"; by: MemberId } | { state: "left" },
  ): Promise<RequestId | null>;
  /** After the commit: decides whom to ask now. Never throws; the clock tries again. */
  advance(requestId: RequestId): Promise<void>;
  /** After the commit: the request or its offers changed. */
  announce(conversation: ConversationRow, requestId: RequestId): void;
  /** A visitor wrote where nobody owns and nobody is being asked: asks again if somebody could come. */
  reconsider(conversation: Pick<ConversationRow, "id" | "workspaceId">): Promise<void>;
  /** One line of the decision log, in the caller's transaction. */
  log(
    db: Kysely<Database>,
    conversation: Pick<ConversationRow, "id" | "workspaceId">,
    step: "handed_over" | "pounced" | "took",
    memberId: MemberId,
  ): Promise<void>;
}

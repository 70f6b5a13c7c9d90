import type { Kysely } from "kysely";
import type { Fact } from "../../shared/model/facts.ts";
import type { ConversationId, MemberId, RequestId, WorkspaceId } from "../../shared/model/ids.ts";
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
  /**
   * Its owner has stopped chatting: the conversation is taken from them, and somebody else is asked while the visitor is
   * there. Never throws; the clock tries again.
   */
  replace(place: { id: ConversationId; workspaceId: WorkspaceId; memberId: MemberId }): Promise<void>;
  /** Nothing rings any longer for a member who has stopped chatting; the next are asked. Never throws. */
  withdraw(member: { memberId: MemberId; workspaceId: WorkspaceId }): Promise<void>;
  /** One line of the decision log, in the caller's transaction. */
  log(
    db: Kysely<Database>,
    conversation: Pick<ConversationRow, "id" | "workspaceId">,
    step: "handed_over" | "pounced" | "took",
    memberId: MemberId,
  ): Promise<void>;
}

import type { Author, Fact, VisitorFact } from "../../shared/model/facts.ts";
import type {
  ClientId,
  ConversationId,
  Instant,
  MemberId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";

/** Who writes a fact. A visitor must be the conversation's; a rep's epoch is compared, null leaves it unchecked (notes). */
export type Writer =
  | { kind: "visitor"; id: VisitorId }
  | { kind: "rep"; id: MemberId; epoch: number | null }
  | { kind: "system" };

/** A fact to be stored. */
export type FactItem = {
  workspaceId: WorkspaceId;
  conversationId: ConversationId;
  writer: Writer;
  clientId: ClientId | null;
  body: Fact["body"];
};

/** What became of a fact that was to be stored. `repeated` is a success: the same client id is the same fact. */
export type Appended =
  | {
      outcome: "stored" | "repeated";
      seq: number;
      at: Instant;
      ownerId: MemberId | null;
      visitorId: VisitorId;
    }
  | { outcome: "not_found" | "closed" | "stale_owner" };

/** The fact as its readers get it. */
export function toFact(item: FactItem, seq: number, at: Instant): Fact {
  const by: Author =
    item.writer.kind === "rep" ? { kind: "rep", id: item.writer.id } : { kind: item.writer.kind };
  const fact: Fact = { seq, at, by, body: item.body };
  if (item.clientId !== null) fact.clientId = item.clientId;
  return fact;
}

/** True for a fact that a visitor sees as reps do: all but notes. */
export function isShared(fact: Fact): fact is Fact & VisitorFact {
  return fact.body.kind !== "note";
}

/** What a visitor may see of a fact: notes keep their number and nothing else. */
export function toVisitorFact(fact: Fact): VisitorFact {
  if (isShared(fact)) return fact;
  return { seq: fact.seq, at: fact.at, by: { kind: "system" }, body: { kind: "hidden" } };
}

import { expect, it } from "vitest";
import type { ClientId, ConversationId, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { FactItem, Writer } from "./fact-item.ts";
import { type Head, refusalOf } from "./head.ts";

const head: Head = {
  workspaceId: "w" as WorkspaceId,
  visitorId: "v" as VisitorId,
  ownerId: "rep" as MemberId,
  epoch: 3,
  isOpen: true,
  lastSeq: 9,
};
const visitor: Writer = { kind: "visitor", id: "v" as VisitorId };
const rep = (id: string, epoch: number | null): Writer => ({ kind: "rep", id: id as MemberId, epoch });

function item(writer: Writer, kind: "message" | "note" = "message"): FactItem {
  return {
    workspaceId: "w" as WorkspaceId,
    conversationId: "c" as ConversationId,
    clientId: "1" as ClientId,
    writer,
    body: { kind, text: "Hello" },
  };
}

it.each([
  ["its visitor", head, item(visitor), null],
  ["its owner, of this epoch", head, item(rep("rep", 3)), null],
  ["its owner, of no epoch", head, item(rep("rep", null)), null],
  ["the system", head, item({ kind: "system" }), null],
  ["a colleague's note", head, item(rep("colleague", null), "note"), null],
  ["a note after the end", { ...head, isOpen: false }, item(rep("colleague", null), "note"), null],
  ["another visitor", head, item({ kind: "visitor", id: "x" as VisitorId }), "not_found"],
  ["another workspace", { ...head, workspaceId: "x" as WorkspaceId }, item(visitor), "not_found"],
  ["nobody's conversation", null, item(visitor), "not_found"],
  ["words after the end", { ...head, isOpen: false }, item(visitor), "closed"],
  ["a former owner", head, item(rep("colleague", 3)), "stale_owner"],
  ["its owner, of an epoch that is over", head, item(rep("rep", 2)), "stale_owner"],
  ["a rep where nobody owns", { ...head, ownerId: null }, item(rep("rep", 3)), "stale_owner"],
] as const)("%s", (_who, of, fact, refusal) => {
  expect(refusalOf(of, fact)).toBe(refusal);
});

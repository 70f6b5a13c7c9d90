import type { MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { FactItem } from "./fact-item.ts";

/** A conversation as of its fact `lastSeq`: what decides whether the next one may be stored. */
export type Head = {
  workspaceId: WorkspaceId;
  visitorId: VisitorId;
  ownerId: MemberId | null;
  epoch: number;
  isOpen: boolean;
  lastSeq: number;
};

export type AppendRefusal = "not_found" | "closed" | "stale_owner";

/**
 * Why a fact may not follow, or null:
 *   not_found   no such conversation for this author
 *   closed      the conversation is over
 *   stale_owner the rep does not own it, or carries an epoch that is over (null is not checked)
 */
export function refusalOf(head: Head | null, { workspaceId, writer, body }: FactItem): AppendRefusal | null {
  if (head === null || head.workspaceId !== workspaceId) return "not_found";
  if (writer.kind === "visitor" && writer.id !== head.visitorId) return "not_found";
  if (body.kind === "note") return null;
  if (!head.isOpen) return "closed";
  if (writer.kind !== "rep") return null;
  const isOwner = writer.id === head.ownerId && (writer.epoch === null || writer.epoch === head.epoch);
  return isOwner ? null : "stale_owner";
}

import type { Kysely } from "kysely";
import type { VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { VisitorProfile } from "../../shared/protocol/rep-events.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { toBoardVisitor } from "./board-visitor.ts";
import { earlierConversations, profileRow } from "./store.ts";

/** All that a rep may know of a visitor; and since a rep looks, the visitor's frame opens its link at its next beat. */
export async function showVisitor(
  { db, bus }: { db: Kysely<Database>; bus: Bus },
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
): Promise<VisitorProfile> {
  const row = await profileRow(db, workspaceId, visitorId);
  if (row === undefined) throw new AppError("not_found");
  const earlier = await earlierConversations(db, workspaceId, visitorId);
  bus.publish({ kind: "watched", visitorId });
  return {
    ...toBoardVisitor(row),
    firstSeenAt: row.created_at.getTime(),
    visitPages: row.trail,
    earlier: earlier.map((one) => ({
      id: one.id,
      createdAt: one.created_at.getTime(),
      closedAt: one.closed_at?.getTime() ?? null,
      preview: one.preview,
    })),
  };
}

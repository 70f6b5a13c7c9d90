import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { MemberAccess } from "./session.ts";
import { updateAvailability } from "./store.ts";

export type SetAvailabilityDeps = {
  db: Kysely<Database>;
  /** Told after the commit, so that every console shows it. */
  announceTeam: (workspaceId: WorkspaceId) => void;
};

/** The one switch of a rep: asked for chats, or not. It also ends an "away" that was set for missed offers. */
export async function setAvailability(
  { db, announceTeam }: SetAvailabilityDeps,
  member: Omit<MemberAccess, "sessionId" | "sessionKind">,
  isAvailable: boolean,
): Promise<void> {
  if (member.role === "meetings_only") throw new AppError("forbidden");
  await updateAvailability(db, member.workspaceId, member.memberId, isAvailable);
  announceTeam(member.workspaceId);
}

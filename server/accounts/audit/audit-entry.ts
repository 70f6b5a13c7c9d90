import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { AuditAction } from "../../../shared/protocol/audit.ts";

export type AuditEntry = {
  workspaceId: WorkspaceId;
  /** Null: the program itself, or nobody who is known. */
  actorId: MemberId | null;
  action: AuditAction;
  /** What it was done to. `name` is kept as it is now: the thing may go. */
  subject?: { kind: string; id: string | null; name: string };
  /** What else an admin would ask; never a secret or the text of a message. */
  details?: Record<string, string | number | boolean | null>;
};

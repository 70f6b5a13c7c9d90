import type { MemberId } from "../../../shared/model/ids.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import type { SsoDeps } from "./deps.ts";
import { adminsWithPassword, endPasswordSessions, lockWorkspace, setSsoOnly } from "./people-store.ts";
import { domainRows, providerRows } from "./store.ts";

type OnlyDeps = Pick<SsoDeps, "db" | "announceEnd">;

/**
 * Passwords of a workspace off or on. Off needs a provider that is on, a proven domain, and an admin with a password who
 * may still use it when the provider is away ("break glass"); it ends the sessions that passwords opened, but the one that
 * asks. Throws `proof_needed`, `invalid_input` with what is missing.
 */
export async function setWorkspaceSsoOnly(
  { db, announceEnd }: OnlyDeps,
  member: MemberAccess,
  { isSsoOnly, breakGlassIds }: { isSsoOnly: boolean; breakGlassIds: MemberId[] },
): Promise<void> {
  await requireProof(db, member);
  const { workspaceId, memberId } = member;
  const ended = await db.transaction().execute(async (trx) => {
    await lockWorkspace(trx, workspaceId);
    const admins = await adminsWithPassword(trx, workspaceId);
    if (!breakGlassIds.every((id) => admins.some((admin) => admin.id === id)))
      throw new AppError("invalid_input", { field: "breakGlassIds" });
    if (isSsoOnly) {
      if (breakGlassIds.length === 0) throw new AppError("invalid_input", { field: "breakGlassIds" });
      const [providers, domains] = [await providerRows(trx, workspaceId), await domainRows(trx, workspaceId)];
      if (!providers.some(({ is_on }) => is_on)) throw new AppError("invalid_input", { field: "providers" });
      if (!domains.some(({ proven_at }) => proven_at !== null))
        throw new AppError("invalid_input", { field: "domains" });
    }
    await setSsoOnly(trx, workspaceId, { isOn: isSsoOnly, breakGlassIds });
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "sso_only_changed",
      details: { isOn: isSsoOnly, breakGlass: namesOf(admins, breakGlassIds) },
    });
    return isSsoOnly ? endPasswordSessions(trx, workspaceId, member.sessionId) : [];
  });
  for (const each of ended) announceEnd(each);
}

/** The admins who keep a password, by name, as an admin reads it in the log years later. */
function namesOf(admins: Awaited<ReturnType<typeof adminsWithPassword>>, ids: readonly MemberId[]): string {
  return admins
    .filter(({ id }) => ids.includes(id))
    .map((admin) => `${admin.first_name} ${admin.last_name}`.trim() || admin.email)
    .join(", ");
}

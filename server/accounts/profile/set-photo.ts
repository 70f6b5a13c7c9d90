import type { PhotoCrop, PhotoProblem } from "../../../shared/protocol/profile-routes.ts";
import { newId } from "../../db/ids.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { PhotoSizes } from "../photo-sizes.ts";
import type { MemberAccess } from "../session.ts";
import type { PhotoStudio } from "./photo-studio.ts";
import type { ProfileDeps } from "./save-profile.ts";
import { showProfile } from "./show-profile.ts";
import { replacePhoto } from "./store.ts";

type Member = Pick<MemberAccess, "workspaceId" | "memberId">;

/** The member's new photo, under an address that is new too. A file that will not do is a return value. */
export async function setPhoto(
  deps: ProfileDeps & { studio: PhotoStudio },
  member: Member,
  { bytes, crop }: { bytes: Buffer; crop: PhotoCrop | null },
): Promise<{ outcome: "saved" } | { outcome: "refused"; problem: PhotoProblem }> {
  const drawn = await deps.studio.draw(bytes, crop);
  if ("problem" in drawn) return { outcome: "refused", problem: drawn.problem };
  await save(deps, member, drawn.sizes);
  return { outcome: "saved" };
}

/** Back to initials. */
export function removePhoto(deps: ProfileDeps, member: Member): Promise<void> {
  return save(deps, member, null);
}

async function save(
  { db, announceTeam }: ProfileDeps,
  member: Member,
  sizes: PhotoSizes | null,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { firstName, lastName } = await showProfile(transaction, member);
    await replacePhoto(transaction, member, sizes === null ? null : { id: newId<"photo">(), ...sizes });
    await recordAudit(transaction, {
      workspaceId: member.workspaceId,
      actorId: member.memberId,
      action: "member_changed",
      subject: { kind: "member", id: member.memberId, name: `${firstName} ${lastName}`.trim() },
      details: { photo: sizes === null ? "removed" : "changed" },
    });
  });
  announceTeam(member.workspaceId);
}

import type { Kysely } from "kysely";
import type { MyProfile } from "../../../shared/protocol/profile-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { photoUrl } from "../rep-card.ts";
import type { MemberAccess } from "../session.ts";
import { formatPhone } from "./phone.ts";
import { profileRow } from "./store.ts";

/** A member as they see themselves. */
export async function showProfile(
  db: Kysely<Database>,
  member: Pick<MemberAccess, "workspaceId" | "memberId">,
): Promise<MyProfile> {
  const row = await profileRow(db, member);
  if (row === undefined) throw new AppError("not_found");
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    firstName: row.first_name,
    lastName: row.last_name,
    jobTitle: row.job_title,
    photoUrl: photoUrl(row.photo_id, "large"),
    phone: row.phone === null ? null : await formatPhone(row.phone),
    phoneExtension: row.phone_extension,
    zone: row.zone,
    zoneConfirmedAt: row.zone_confirmed_at?.getTime() ?? null,
    language: row.language,
    profileConfirmedAt: row.profile_confirmed_at?.getTime() ?? null,
    hoursZone: row.hours.zone,
  };
}

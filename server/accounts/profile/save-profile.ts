import type { Kysely } from "kysely";
import type { z } from "zod";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import type { MyProfile, profileRouteSchemas } from "../../../shared/protocol/profile-routes.ts";
import { zoneName } from "../../../shared/time/zone.ts";
import { zoneChanged } from "../../calendars/change-zone.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { moveHours } from "../../meetings/set-hours.ts";
import { recordAudit } from "../audit/record-audit.ts";
import type { MemberAccess } from "../session.ts";
import { readPhone } from "./phone.ts";
import { showProfile } from "./show-profile.ts";
import { updateProfile } from "./store.ts";

export type ProfileDeps = {
  db: Kysely<Database>;
  /** Told after the commit, so that colleagues and visitors see it. */
  announceTeam: (workspaceId: WorkspaceId) => void;
};

export type ProfileInput = z.output<(typeof profileRouteSchemas)["PUT /api/me/profile"]>;

/** Saves what a member tells of themselves, and takes it as confirmed. Throws `invalid_input` for a phone that is none. */
export async function saveProfile(
  { db, announceTeam }: ProfileDeps,
  member: Pick<MemberAccess, "workspaceId" | "memberId">,
  input: ProfileInput,
): Promise<MyProfile> {
  const zone = zoneName(input.zone);
  if (zone === undefined) throw new AppError("invalid_input", { field: "zone" });
  const written = input.phone.trim();
  const phone = written === "" ? null : await readPhone(written, { zone, language: input.language });
  if (written !== "" && phone === null) throw new AppError("invalid_input", { field: "phone" });
  const phoneExtension = phone === null || input.phoneExtension === "" ? null : input.phoneExtension;
  const before = await showProfile(db, member);
  await db.transaction().execute(async (transaction) => {
    await updateProfile(transaction, member, { ...input, zone, phone, phoneExtension });
    if (before.zone !== zone) await zoneChanged(transaction, member);
    await recordAudit(transaction, {
      workspaceId: member.workspaceId,
      actorId: member.memberId,
      action: "member_changed",
      subject: {
        kind: "member",
        id: member.memberId,
        name: `${input.firstName} ${input.lastName}`.trim(),
      },
      details: changes(before, { ...input, zone }),
    });
  });
  // By the host's lock, which must not wait inside of another transaction.
  if (input.movesHours && before.hoursZone !== zone) await moveHours(db, member, zone);
  announceTeam(member.workspaceId);
  return showProfile(db, member);
}

/** What an admin would ask: what a visitor is shown, before and now. Numbers and addresses stay out of the log. */
function changes(before: MyProfile, after: ProfileInput): Record<string, string> {
  const shown = ["firstName", "lastName", "jobTitle", "zone", "language"] as const;
  return Object.fromEntries(
    shown.filter((key) => before[key] !== after[key]).map((key) => [key, `${before[key]} → ${after[key]}`]),
  );
}

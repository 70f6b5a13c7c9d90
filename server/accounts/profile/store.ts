import { type Kysely, sql } from "kysely";
import type { MemberId, PhotoId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import type { PhotoSizes } from "../photo-sizes.ts";

type Db = Kysely<Database>;
type Member = { workspaceId: WorkspaceId; memberId: MemberId };

export function profileRow(db: Db, { workspaceId, memberId }: Member) {
  return db
    .selectFrom("members")
    .select([
      "id",
      "email",
      "role",
      "first_name",
      "last_name",
      "job_title",
      "photo_id",
      "phone",
      "phone_extension",
      "zone",
      "zone_confirmed_at",
      "language",
      "profile_confirmed_at",
      "hours",
    ])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .where("is_active", "=", true)
    .executeTakeFirst();
}

export async function updateProfile(
  db: Db,
  { workspaceId, memberId }: Member,
  profile: {
    firstName: string;
    lastName: string;
    jobTitle: string;
    phone: string | null;
    phoneExtension: string | null;
    zone: string;
    language: string;
  },
): Promise<void> {
  await db
    .updateTable("members")
    .set({
      first_name: profile.firstName,
      last_name: profile.lastName,
      job_title: profile.jobTitle,
      phone: profile.phone,
      phone_extension: profile.phoneExtension,
      zone: profile.zone,
      language: profile.language,
      profile_confirmed_at: sql`foyer_now()`,
      zone_confirmed_at: sql`foyer_now()`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .execute();
}

/** Puts a new photo, or none, in the place of the old one, which stays for mails that were sent with it, until the sweep. */
export async function replacePhoto(
  db: Db,
  { workspaceId, memberId }: Member,
  photo: ({ id: PhotoId } & PhotoSizes) | null,
): Promise<void> {
  // Two uploads at once take turns, so that neither leaves a row behind.
  const before = await db
    .selectFrom("members")
    .select("photo_id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (photo !== null)
    await db
      .insertInto("photos")
      .values({ workspace_id: workspaceId, ...photo })
      .execute();
  await db
    .updateTable("members")
    .set({ photo_id: photo?.id ?? null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .execute();
  if (before.photo_id === null) return;
  await db
    .updateTable("photos")
    .set({ replaced_at: sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", before.photo_id)
    .execute();
}

import { type Kysely, sql } from "kysely";
import type { MemberId, ProviderId, SessionId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;

// People.

export async function linkedMember(
  db: Db,
  workspaceId: WorkspaceId,
  identity: { providerId: ProviderId; issuer: string; subject: string },
) {
  return db
    .selectFrom("identities as i")
    .innerJoin("members as m", (join) =>
      join.onRef("m.id", "=", "i.member_id").onRef("m.workspace_id", "=", "i.workspace_id"),
    )
    .select(["m.id", "m.is_active"])
    .where("i.workspace_id", "=", workspaceId)
    .where("i.provider_id", "=", identity.providerId)
    .where("i.issuer", "=", identity.issuer)
    .where("i.subject", "=", identity.subject)
    .executeTakeFirst();
}

/** Whoever has this address, in whichever workspace: to refuse them, or to link one of ours. */
export function addressOwner(db: Db, providerId: ProviderId, email: string) {
  return db
    .selectFrom("members as m")
    .select((eb) => [
      "m.id",
      "m.workspace_id",
      "m.is_active",
      eb
        .exists(
          eb
            .selectFrom("identities as i")
            .select("i.subject")
            .whereRef("i.member_id", "=", "m.id")
            .whereRef("i.workspace_id", "=", "m.workspace_id")
            .where("i.provider_id", "=", providerId),
        )
        .as("has_other"),
    ])
    .where(sql`lower(m.email)`, "=", email.toLowerCase())
    .executeTakeFirst();
}

export async function insertIdentity(
  db: Db,
  identity: {
    providerId: ProviderId;
    issuer: string;
    subject: string;
    workspaceId: WorkspaceId;
    memberId: MemberId;
  },
): Promise<void> {
  await db
    .insertInto("identities")
    .values({
      provider_id: identity.providerId,
      issuer: identity.issuer,
      subject: identity.subject,
      workspace_id: identity.workspaceId,
      member_id: identity.memberId,
    })
    .execute();
}

export async function noteIdentityUsed(
  db: Db,
  workspaceId: WorkspaceId,
  identity: { providerId: ProviderId; issuer: string; subject: string },
): Promise<void> {
  await db
    .updateTable("identities")
    .set({ used_at: sql`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("provider_id", "=", identity.providerId)
    .where("issuer", "=", identity.issuer)
    .where("subject", "=", identity.subject)
    .execute();
}

/** Through which provider that is on somebody last signed in; and whether they have a password that is of use. */
export function waysOfMember(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  return db
    .selectFrom("members as m")
    .innerJoin("workspaces as w", "w.id", "m.workspace_id")
    .leftJoin("identities as i", (join) =>
      join.onRef("i.member_id", "=", "m.id").onRef("i.workspace_id", "=", "m.workspace_id"),
    )
    .leftJoin("identity_providers as p", (join) =>
      join
        .onRef("p.id", "=", "i.provider_id")
        .onRef("p.workspace_id", "=", "i.workspace_id")
        .on("p.is_on", "=", true),
    )
    .select([
      "p.id as provider_id",
      "p.name",
      "m.email",
      sql<boolean>`m.password_hash is not null
        and not (w.is_sso_only and not (m.is_break_glass and m.role = 'admin'))`.as("has_password"),
    ])
    .where("m.workspace_id", "=", workspaceId)
    .where("m.id", "=", memberId)
    .orderBy(sql`p.id is null`)
    .orderBy("i.used_at", "desc")
    .executeTakeFirst();
}

// "SSO only".

export async function isSsoOnly(db: Db, workspaceId: WorkspaceId): Promise<boolean> {
  const row = await db
    .selectFrom("workspaces")
    .select("is_sso_only")
    .where("id", "=", workspaceId)
    .executeTakeFirst();
  return row?.is_sso_only ?? false;
}

export function adminsWithPassword(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("members")
    .select(["id", "first_name", "last_name", "email", "is_break_glass"])
    .where("workspace_id", "=", workspaceId)
    .where("role", "=", "admin")
    .where("is_active", "=", true)
    .where("password_hash", "is not", null)
    .orderBy("first_name")
    .orderBy("id")
    .execute();
}

export async function setSsoOnly(
  db: Db,
  workspaceId: WorkspaceId,
  { isOn, breakGlassIds }: { isOn: boolean; breakGlassIds: MemberId[] },
): Promise<void> {
  await db.updateTable("workspaces").set({ is_sso_only: isOn }).where("id", "=", workspaceId).execute();
  await db
    .updateTable("members")
    .set({ is_break_glass: sql<boolean>`id = any(${breakGlassIds}::uuid[])` })
    .where("workspace_id", "=", workspaceId)
    .execute();
}

/**
 * Ends what passwords opened, and what was let in by that (phones and apps, open codes of theirs too), but for those who may
 * keep theirs; answers whose sessions ended.
 */
export async function endPasswordSessions(
  db: Db,
  workspaceId: WorkspaceId,
  except: SessionId,
): Promise<MemberId[]> {
  const rows = await db
    .deleteFrom("sessions as s")
    .using("members as m")
    .whereRef("m.id", "=", "s.member_id")
    .whereRef("m.workspace_id", "=", "s.workspace_id")
    .where("s.workspace_id", "=", workspaceId)
    .where("s.kind", "!=", "sso")
    .where("s.id", "!=", except)
    .where(sql<boolean>`not (m.is_break_glass and m.role = 'admin')`)
    .returning("s.member_id")
    .execute();
  await sql`delete from phone_codes c using members m
    where m.workspace_id = c.workspace_id and m.id = c.member_id and c.workspace_id = ${workspaceId}
      and c.session_id <> ${except} and not (m.is_break_glass and m.role = 'admin')`.execute(db);
  await sql`update device_codes c set state = 'denied' from members m
    where m.workspace_id = c.workspace_id and m.id = c.member_id and c.workspace_id = ${workspaceId}
      and c.state in ('waiting', 'authorized') and not (m.is_break_glass and m.role = 'admin')`.execute(db);
  return [...new Set(rows.map(({ member_id }) => member_id))];
}

/** Held until the caller's transaction ends, as whoever takes an admin's role away holds it: see members/standing.ts. */
export async function lockWorkspace(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await sql`select id from workspaces where id = ${workspaceId} for no key update`.execute(db);
}

export async function passwordAllowed(db: Db, email: string): Promise<boolean> {
  const row = await db
    .selectFrom("members as m")
    .innerJoin("workspaces as w", "w.id", "m.workspace_id")
    .select("m.id")
    .where(sql`lower(m.email)`, "=", email.trim().toLowerCase())
    .where("w.is_sso_only", "=", true)
    .where((eb) => eb.not(eb.and([eb("m.is_break_glass", "=", true), eb("m.role", "=", "admin")])))
    .executeTakeFirst();
  return row === undefined;
}

import { type Kysely, sql } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;

export function memberOfAddress(db: Db, email: string) {
  return db
    .selectFrom("members")
    .select(["id as memberId", "workspace_id as workspaceId"])
    .where(sql`lower(email)`, "=", email.trim().toLowerCase())
    .where("is_active", "=", true)
    .executeTakeFirst();
}

const aboutMember = [
  "m.email",
  "m.first_name",
  "m.last_name",
  "m.zone",
  "m.role",
  "m.password_hash",
  "w.name as company",
] as const;

/** "SSO only" leaves passwords to the break-glass admins. */
const isSsoOnly = sql<boolean>`w.is_sso_only and not (m.is_break_glass and m.role = 'admin')`;

/** Somebody active, as mails and rules for passwords need them. */
export function memberWithPassword(db: Db, workspaceId: WorkspaceId, memberId: MemberId) {
  return db
    .selectFrom("members as m")
    .innerJoin("workspaces as w", "w.id", "m.workspace_id")
    .select(aboutMember)
    .select([
      isSsoOnly.as("is_sso_only"),
      sql<boolean>`exists (select from identity_providers p where p.workspace_id = w.id and p.is_on)`.as(
        "has_provider",
      ),
    ])
    .where("m.workspace_id", "=", workspaceId)
    .where("m.id", "=", memberId)
    .where("m.is_active", "=", true)
    .executeTakeFirst();
}

export async function insertReset(
  db: Db,
  reset: { tokenHash: Buffer; workspaceId: WorkspaceId; memberId: MemberId; minutes: number },
): Promise<void> {
  await db
    .insertInto("one_use_secrets")
    .values({
      token_hash: reset.tokenHash,
      purpose: "password_reset",
      workspace_id: reset.workspaceId,
      member_id: reset.memberId,
      expires_at: sql`foyer_now() + make_interval(mins => ${reset.minutes})`,
    })
    .execute();
}

/** Ends every open reset of this member. */
export async function endResets(db: Db, workspaceId: WorkspaceId, memberId: MemberId): Promise<void> {
  await db
    .updateTable("one_use_secrets")
    .set({ replaced_at: sql`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("purpose", "=", "password_reset")
    .where("used_at", "is", null)
    .where("replaced_at", "is", null)
    .execute();
}

/** A reset by its secret. `lock`: until the transaction ends nobody else uses it, or another one of this member. */
export async function resetOfSecret(db: Db, tokenHash: Buffer, { lock }: { lock: boolean }) {
  const found = db
    .selectFrom("one_use_secrets as s")
    .innerJoin("members as m", (join) =>
      join.onRef("m.id", "=", "s.member_id").onRef("m.workspace_id", "=", "s.workspace_id"),
    )
    .innerJoin("workspaces as w", "w.id", "m.workspace_id")
    .select(aboutMember)
    .select([
      "m.id as member_id",
      "m.workspace_id",
      "m.is_active",
      "s.used_at",
      "s.replaced_at",
      sql<boolean>`s.expires_at <= foyer_now()`.as("is_expired"),
      isSsoOnly.as("is_sso_only"),
    ])
    .where("s.token_hash", "=", tokenHash)
    .where("s.purpose", "=", "password_reset");
  return (lock ? found.forUpdate(["m", "s"]) : found).executeTakeFirst();
}

export type FoundReset = NonNullable<Awaited<ReturnType<typeof resetOfSecret>>>;

export async function markUsed(db: Db, tokenHash: Buffer): Promise<void> {
  await db
    .updateTable("one_use_secrets")
    .set({ used_at: sql`foyer_now()` })
    .where("token_hash", "=", tokenHash)
    .where("purpose", "=", "password_reset")
    .execute();
}

/** Of two changes at once the second waits, before it judges. */
export async function lockMember(db: Db, workspaceId: WorkspaceId, memberId: MemberId): Promise<void> {
  await sql`
    select id from members where workspace_id = ${workspaceId} and id = ${memberId} for no key update`.execute(
    db,
  );
}

export async function savePassword(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  passwordHash: string,
): Promise<void> {
  await db
    .updateTable("members")
    .set({ password_hash: passwordHash })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .execute();
}

import { type Kysely, sql } from "kysely";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;

/** All that goes on about first runs goes one after the other, over all processes, until the transaction ends. */
export async function lockFirstRun(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('first run'))`.execute(db);
}

export async function hasWorkspace(db: Db): Promise<boolean> {
  return (await db.selectFrom("workspaces").select("id").limit(1).executeTakeFirst()) !== undefined;
}

/** The only one that counts from now on. */
export async function replaceSecret(db: Db, tokenHash: Buffer, hours: number): Promise<void> {
  await db.deleteFrom("one_use_secrets").where("purpose", "=", "first_run").execute();
  await db
    .insertInto("one_use_secrets")
    .values({
      token_hash: tokenHash,
      purpose: "first_run",
      expires_at: sql`foyer_now() + make_interval(hours => ${hours})`,
    })
    .execute();
}

export async function isGood(db: Db, tokenHash: Buffer): Promise<boolean> {
  const row = await db
    .selectFrom("one_use_secrets")
    .select("token_hash")
    .where("token_hash", "=", tokenHash)
    .where("purpose", "=", "first_run")
    .where("used_at", "is", null)
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .executeTakeFirst();
  return row !== undefined;
}

/** False: it was used, is over, or never was. */
export async function useSecret(db: Db, tokenHash: Buffer): Promise<boolean> {
  const row = await db
    .updateTable("one_use_secrets")
    .set({ used_at: sql<Date>`foyer_now()` })
    .where("token_hash", "=", tokenHash)
    .where("purpose", "=", "first_run")
    .where("used_at", "is", null)
    .where("expires_at", ">", sql<Date>`foyer_now()`)
    .returning("token_hash")
    .executeTakeFirst();
  return row !== undefined;
}

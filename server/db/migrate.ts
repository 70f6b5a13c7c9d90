import { createHash } from "node:crypto";
import type pg from "pg";
import type { Log } from "../log.ts";
import { StartRefused } from "../start-refused.ts";

export type Migration = {
  /** Counts up from 1 without gaps. */
  id: number;
  name: string;
  /** SQL, run inside one transaction. */
  up: string;
};

/** Any constant of ours: processes that start together migrate one after the other. */
const migrationLock = 7_305_991_027;

/**
 * Brings the database to this program's last migration, forward only. Each migration and its record are one
 * transaction, so that a crash leaves whole migrations. Returns how many were applied.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[], log: Log): Promise<number> {
  refuseGaps(migrations);
  if (await isUpToDate(pool, migrations)) return 0;
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    // Large tables take longer than a request may.
    await client.query("set statement_timeout = 0");
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await client.query(
      `create table if not exists migrations (
         id integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<AppliedMigration>(
      "select id, name, checksum from migrations order by id",
    );
    const pending = pendingMigrations(rows, migrations);
    for (const migration of pending) {
      await applyOne(client, migration);
      log.info({ migration: migration.id, name: migration.name }, "migrated the database");
    }
    return pending.length;
  } catch (error) {
    failure = error instanceof Error ? error : new Error("the migration failed");
    throw error;
  } finally {
    // After a failure the connection is closed, which frees the lock too.
    if (!failure) {
      await client.query("select pg_advisory_unlock($1)", [migrationLock]);
      await client.query("reset statement_timeout");
    }
    client.release(failure);
  }
}

/** Most starts: nothing to do, and no lock to wait for. */
async function isUpToDate(pool: pg.Pool, migrations: readonly Migration[]): Promise<boolean> {
  try {
    const { rows } = await pool.query<AppliedMigration>(
      "select id, name, checksum from migrations order by id",
    );
    return pendingMigrations(rows, migrations).length === 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "42P01") return false; // No such table yet.
    throw error;
  }
}

async function applyOne(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query("begin");
    await client.query(migration.up);
    await client.query("insert into migrations (id, name, checksum) values ($1, $2, $3)", [
      migration.id,
      migration.name,
      checksum(migration),
    ]);
    await client.query("commit");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "unknown reason";
    throw new StartRefused(
      `Migration ${migration.id} (${migration.name}) failed and was taken back (${reason}): the database is as before; mend the cause and start again.`,
      { cause },
    );
  }
}

type AppliedMigration = { id: number; name: string; checksum: string };

/** What is still to be applied; refuses a database that does not come from this program's own past. */
function pendingMigrations(
  applied: readonly AppliedMigration[],
  migrations: readonly Migration[],
): readonly Migration[] {
  for (const { id, name, checksum: appliedChecksum } of applied) {
    const ours = migrations[id - 1];
    if (!ours) {
      throw new StartRefused(
        `The database is newer than this Foyer (it has migration ${id}, ${name}): start the newer version of Foyer, or restore a backup from before.`,
      );
    }
    if (ours.name !== name || checksum(ours) !== appliedChecksum) {
      throw new StartRefused(
        `Migration ${id} (${name}) of the database differs from this Foyer's ${ours.name}: use the version of Foyer that made it, or an empty database.`,
      );
    }
  }
  return migrations.slice(applied.length);
}

function refuseGaps(migrations: readonly Migration[]): void {
  for (const [index, { id, name }] of migrations.entries()) {
    if (id !== index + 1) throw new Error(`migration ${name} has id ${id} and stands at place ${index + 1}`);
  }
}

function checksum({ up }: Migration): string {
  return createHash("sha256").update(up).digest("hex").slice(0, 32);
}

import { type Kysely, sql } from "kysely";
import type { ConnectedProvider } from "../../shared/model/connections.ts";
import { sealedFor } from "../accounts/sso/ready-provider.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import { type SealedFor, type SealingKeys, seal, unseal } from "../sealed.ts";
import { appWords } from "./open-app.ts";
import { plans } from "./providers.ts";
import { connectionWords } from "./secrets.ts";

type Sealed = { id: string; words: SealedFor; sealed: Buffer };
type Place = {
  read(db: Kysely<Database>): Promise<Sealed[]>;
  /** Only if it is still what was read: a token that was renewed meanwhile is sealed with the new key. */
  write(db: Kysely<Database>, row: Sealed, sealed: Buffer): Promise<unknown>;
};

/** Everything that is sealed, in all workspaces: for the program itself, which knows no tenant here. */
const places: readonly Place[] = [
  {
    async read(db) {
      const rows = await db
        .selectFrom("connections")
        .select(["id", "workspace_id", "member_id", "provider", "sealed_secret"])
        .execute();
      return rows.map((row) => ({ id: row.id, words: connectionWords(row), sealed: row.sealed_secret }));
    },
    write: (db, row, sealed) => replace(db, "connections", "sealed_secret", sql`id::text`, row, sealed),
  },
  {
    async read(db) {
      const rows = await db.selectFrom("ended_connections").selectAll().execute();
      return rows.map((row) => ({ id: row.id, words: connectionWords(row), sealed: row.sealed_secret }));
    },
    write: (db, row, sealed) => replace(db, "ended_connections", "sealed_secret", sql`id::text`, row, sealed),
  },
  {
    async read(db) {
      const rows = await db.selectFrom("ended_connections").selectAll().execute();
      return rows.map((row) => ({
        id: row.id,
        // Only what a person consented to is put aside.
        words: appWords(row.workspace_id, plans[row.provider as ConnectedProvider].app),
        sealed: row.sealed_app_secret,
      }));
    },
    write: (db, row, sealed) =>
      replace(db, "ended_connections", "sealed_app_secret", sql`id::text`, row, sealed),
  },
  {
    async read(db) {
      const rows = await db.selectFrom("provider_apps").selectAll().execute();
      return rows.map((row) => ({
        id: `${row.workspace_id} ${row.provider}`,
        words: appWords(row.workspace_id, row.provider),
        sealed: row.sealed_secret,
      }));
    },
    write: (db, row, sealed) =>
      replace(db, "provider_apps", "sealed_secret", sql`workspace_id || ' ' || provider`, row, sealed),
  },
  {
    async read(db) {
      const rows = await db
        .selectFrom("identity_providers")
        .select(["id", "workspace_id", "sealed_secret"])
        .execute();
      return rows.flatMap((row) =>
        row.sealed_secret === null ? [] : [{ id: row.id, words: sealedFor(row), sealed: row.sealed_secret }],
      );
    },
    write: (db, row, sealed) =>
      replace(db, "identity_providers", "sealed_secret", sql`id::text`, row, sealed),
  },
];

function replace(
  db: Kysely<Database>,
  table: string,
  column: string,
  key: ReturnType<typeof sql>,
  row: Sealed,
  sealed: Buffer,
) {
  return sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sealed}
    where ${key} = ${row.id} and ${sql.ref(column)} = ${row.sealed}`.execute(db);
}

/**
 * After a change of SECRET_KEY: what was sealed with the key of before is sealed with the one of now, so that the old one can be
 * forgotten. May run in several processes at once, and again. Answers how much was sealed anew, and how much opens with neither.
 */
export async function resealSecrets(
  { db, log }: { db: Kysely<Database>; log: Log },
  { secretKey, previousSecretKey }: SealingKeys,
): Promise<{ resealed: number; lost: number }> {
  const done = { resealed: 0, lost: 0 };
  if (previousSecretKey === null) return done;
  for (const place of places) {
    for (const row of await place.read(db)) {
      if (unseal(secretKey, row.words, row.sealed) !== null) continue;
      const secret = unseal(previousSecretKey, row.words, row.sealed);
      if (secret === null) done.lost += 1;
      else {
        await place.write(db, row, seal(secretKey, row.words, secret));
        done.resealed += 1;
      }
    }
  }
  log.info(done, "what was sealed with the key of before is sealed with the new one");
  return done;
}

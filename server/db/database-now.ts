import { type Kysely, sql } from "kysely";
import type { Instant } from "../../shared/model/ids.ts";
import type { Database } from "./tables.ts";

/** The database's clock: the one clock of routing, holds and leases, the same for every process; tests move it. */
export async function databaseNow(db: Kysely<Database>): Promise<Instant> {
  const { rows } = await sql<{ now: Date }>`select foyer_now() as now`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("the database tells no time");
  return row.now.getTime();
}

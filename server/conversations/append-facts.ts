import { type Kysely, sql } from "kysely";
import type { Instant, MemberId, VisitorId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Appended, FactItem } from "./fact-item.ts";

type Row = {
  n: number;
  outcome: "stored" | "repeated" | "not_found" | "closed" | "stale_owner";
  seq: number | null;
  at: Date | null;
  owner_id: MemberId | null;
  visitor_id: VisitorId;
};

/**
 * Stores facts in the caller's transaction, each judged by itself (see append_facts in migration 1); answers in the
 * order given. The caller announces them after its commit. Two items of one call must not share a client id.
 */
export async function appendFacts(db: Kysely<Database>, items: readonly FactItem[]): Promise<Appended[]> {
  const { rows } = await sql<Row>`select * from append_facts(${encodeItems(items)}::json)`.execute(db);
  return readRows(rows, items.length);
}

export function encodeItems(items: readonly FactItem[]): string {
  return JSON.stringify(
    items.map((item, n) => ({
      n,
      w: item.workspaceId,
      c: item.conversationId,
      k: item.writer.kind,
      a: item.writer.kind === "system" ? null : item.writer.id,
      e: item.writer.kind === "rep" ? item.writer.epoch : null,
      i: item.clientId,
      t: item.body.kind,
      b: item.body,
    })),
  );
}

export function readRows(rows: readonly Row[], count: number): Appended[] {
  const answers = new Array<Appended>(count).fill({ outcome: "not_found" });
  for (const row of rows) {
    const { outcome, seq, at } = row;
    // A refused item may come with the seq of the fact that its client id names: a stranger must not learn of it.
    if (outcome !== "stored" && outcome !== "repeated") answers[row.n] = { outcome };
    else if (seq !== null && at !== null) {
      const instant: Instant = at.getTime();
      answers[row.n] = { outcome, seq, at: instant, ownerId: row.owner_id, visitorId: row.visitor_id };
    }
  }
  return answers;
}

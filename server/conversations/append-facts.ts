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
    if (row.seq === null || row.at === null) {
      answers[row.n] = {
        outcome: row.outcome === "stored" || row.outcome === "repeated" ? "not_found" : row.outcome,
      };
    } else {
      const at: Instant = row.at.getTime();
      const outcome = row.outcome === "repeated" ? "repeated" : "stored";
      answers[row.n] = { outcome, seq: row.seq, at, ownerId: row.owner_id, visitorId: row.visitor_id };
    }
  }
  return answers;
}

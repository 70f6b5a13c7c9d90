import { type Kysely, sql } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import { actionsOf } from "../../../shared/protocol/audit.ts";
import type { AuditFilter } from "../../../shared/protocol/audit-routes.ts";
import type { Database } from "../../db/tables.ts";
import type { AuditEntry } from "./audit-entry.ts";

export async function insertAuditLine(db: Kysely<Database>, entry: AuditEntry): Promise<void> {
  await db
    .insertInto("audit")
    .values({
      workspace_id: entry.workspaceId,
      actor_id: entry.actorId,
      action: entry.action,
      subject_kind: entry.subject?.kind ?? null,
      subject_id: entry.subject?.id ?? null,
      subject_name: entry.subject?.name ?? null,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}

/** Newest first, before the line `before`. Lines are numbered as they are written, so the number is the order. */
export function auditRows(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  { person, group, from, to }: AuditFilter,
  { before, most }: { before: string | null; most: number },
) {
  let rows = db
    .selectFrom("audit as a")
    .leftJoin("members as m", (on) =>
      on.onRef("m.workspace_id", "=", "a.workspace_id").onRef("m.id", "=", "a.actor_id"),
    )
    .select([
      "a.id",
      "a.at",
      "a.actor_id",
      "a.action",
      "a.subject_kind",
      "a.subject_id",
      "a.subject_name",
      "a.details",
      sql<string | null>`nullif(trim(m.first_name || ' ' || m.last_name), '')`.as("actor_name"),
      "m.email as actor_email",
    ])
    .where("a.workspace_id", "=", workspaceId)
    .orderBy("a.id", "desc")
    .limit(most);
  if (before !== null) rows = rows.where("a.id", "<", Number(before));
  if (group !== undefined) rows = rows.where("a.action", "in", actionsOf(group));
  if (from !== undefined) rows = rows.where("a.at", ">=", new Date(from));
  if (to !== undefined) rows = rows.where("a.at", "<", new Date(to));
  if (person !== undefined)
    rows = rows.where((or) =>
      or.or([
        or("a.actor_id", "=", person),
        or.and([or("a.subject_kind", "=", "member"), or("a.subject_id", "=", person)]),
      ]),
    );
  return rows.execute();
}

export type AuditRow = Awaited<ReturnType<typeof auditRows>>[number];

export function peopleRows(db: Kysely<Database>, workspaceId: WorkspaceId) {
  return db
    .selectFrom("members")
    .select(["id", "first_name", "last_name", "email", "is_active"])
    .where("workspace_id", "=", workspaceId)
    .orderBy("is_active", "desc")
    .orderBy("first_name")
    .orderBy("last_name")
    .orderBy("id")
    .execute();
}

export function memberName(db: Kysely<Database>, workspaceId: WorkspaceId, id: MemberId) {
  return db
    .selectFrom("members")
    .select(["first_name", "last_name", "email"])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
}

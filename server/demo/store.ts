import { type Insertable, type Kysely, sql } from "kysely";
import type { Instant, MeetingId, VisitorId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { demoSiteKey, demoWorkspaceId } from "./demo-ids.ts";

// The one place that writes the past: facts with times of their own, which no verb of the house can make.

type Db = Kysely<Database>;
type Row<Table extends keyof Database> = Insertable<Database[Table]>;

export type MeetingRow = Omit<Row<"meetings">, "during" | "start_at" | "end_at"> & {
  id: MeetingId;
  startAt: Instant;
  endAt: Instant;
  bufferMinutes: number;
};

export type DemoRows = {
  photos: Row<"photos">[];
  members: Row<"members">[];
  teams: Row<"teams">[];
  teamMembers: Row<"team_members">[];
  site: Row<"sites">;
  cannedReplies: Row<"canned_replies">[];
  visitors: Row<"visitors">[];
  visits: Row<"visits">[];
  conversations: Row<"conversations">[];
  facts: Row<"facts">[];
  requests: Row<"requests">[];
  offers: Row<"offers">[];
  decisions: Row<"decisions">[];
  meetingTypes: Row<"meeting_types">[];
  meetingTypeHosts: Row<"meeting_type_hosts">[];
  meetings: MeetingRow[];
};

export async function hasDemoWorkspace(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom("workspaces")
    .select("id")
    .where("id", "=", demoWorkspaceId)
    .executeTakeFirst();
  return row !== undefined;
}

/** False when another process was first. Call in a transaction: the insert waits for that other one. */
export async function insertDemoWorkspace(db: Db, workspace: Row<"workspaces">): Promise<boolean> {
  const row = await db
    .insertInto("workspaces")
    .values(workspace)
    .onConflict((conflict) => conflict.column("id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** In the order in which rows point at each other. */
export async function insertDemoRows(db: Db, rows: DemoRows): Promise<void> {
  await db.insertInto("photos").values(rows.photos).execute();
  await db.insertInto("members").values(rows.members).execute();
  await db.insertInto("teams").values(rows.teams).execute();
  await db.insertInto("team_members").values(rows.teamMembers).execute();
  await db.insertInto("sites").values(rows.site).execute();
  await db.insertInto("canned_replies").values(rows.cannedReplies).execute();
  await db.insertInto("visitors").values(rows.visitors).execute();
  await db.insertInto("visits").values(rows.visits).execute();
  await db.insertInto("conversations").values(rows.conversations).execute();
  await db.insertInto("facts").values(rows.facts).execute();
  await db.insertInto("requests").values(rows.requests).execute();
  await db.insertInto("offers").values(rows.offers).execute();
  await db.insertInto("decisions").values(rows.decisions).execute();
  await db.insertInto("meeting_types").values(rows.meetingTypes).execute();
  await db.insertInto("meeting_type_hosts").values(rows.meetingTypeHosts).execute();
  await db
    .insertInto("meetings")
    .values(
      rows.meetings.map(({ startAt, endAt, bufferMinutes, ...meeting }) => ({
        ...meeting,
        start_at: new Date(startAt),
        end_at: new Date(endAt),
        during: sql`tstzrange(${new Date(startAt)}, ${new Date(endAt + bufferMinutes * 60_000)}, '[)')`,
      })),
    )
    .execute();
}

export async function demoMembers(db: Db) {
  return db
    .selectFrom("members")
    .select(["email", "first_name", "last_name", "job_title", "role", "photo_id"])
    .where("workspace_id", "=", demoWorkspaceId)
    .where("is_active", "=", true)
    .execute();
}

/** The shop may stand on another port than at the last start. */
export async function saveDemoOrigins(db: Db, origins: string[]): Promise<void> {
  await db
    .updateTable("sites")
    .set({ origins })
    .where("workspace_id", "=", demoWorkspaceId)
    .where("public_key", "=", demoSiteKey)
    .execute();
}

/** Visitors of the demo who are in no conversation now. */
export async function quietVisitors(db: Db, most: number): Promise<VisitorId[]> {
  const { rows } = await sql<{ id: VisitorId }>`
    select v.id from visitors v
    where v.workspace_id = ${demoWorkspaceId}
      and not exists (select 1 from conversations c where c.visitor_id = v.id and c.is_open)
    order by v.name is null, v.created_at limit ${most}`.execute(db);
  return rows.map((row) => row.id);
}

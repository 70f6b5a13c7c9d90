import { type Kysely, sql } from "kysely";
import type { CalendarId, Instant, MemberId, WorkspaceId, ZoneName } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { ConnectionRef } from "./deps.ts";

type Db = Kysely<Database>;
type Member = { workspaceId: WorkspaceId; memberId: MemberId };

export async function memberZones(
  db: Db,
  { workspaceId, memberId }: Member,
): Promise<{ zone: ZoneName; accepted: ZoneName | null; now: Instant }> {
  const row = await db
    .selectFrom("members")
    .select(["zone", "accepted_mailbox_zone", sql<Date>`foyer_now()`.as("now")])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .executeTakeFirstOrThrow();
  return { zone: row.zone, accepted: row.accepted_mailbox_zone, now: row.now.getTime() };
}

/** Null: it shows the same clock as the member's. */
export async function saveMailboxZone(
  db: Db,
  { workspaceId, connectionId }: ConnectionRef,
  zone: ZoneName | null,
): Promise<void> {
  await db
    .updateTable("connections")
    .set({ mailbox_zone: zone })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", connectionId)
    .execute();
}

/** The zone of that account's mailbox is as its member means it. False: it shows no other zone. */
export async function saveAccepted(
  db: Db,
  { workspaceId, memberId, connectionId }: Member & ConnectionRef,
): Promise<boolean> {
  const account = await db
    .selectFrom("connections")
    .select("mailbox_zone")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("id", "=", connectionId)
    .executeTakeFirst();
  if (!account?.mailbox_zone) return false;
  await db
    .updateTable("members")
    .set({ accepted_mailbox_zone: account.mailbox_zone })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", memberId)
    .execute();
  return true;
}

/** All of a member's accounts are looked at again. */
export async function listAgain(db: Db, { workspaceId, memberId }: Member): Promise<void> {
  await db
    .updateTable("connections")
    .set({ list_due_at: sql<Date>`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .execute();
}

/** Calendars whose all-day events lie in the member's zone, since they have none of their own. */
export async function calendarsWithoutZone(db: Db, { workspaceId, memberId }: Member): Promise<CalendarId[]> {
  const rows = await db
    .selectFrom("calendars")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("zone", "is", null)
    .execute();
  return rows.map(({ id }) => id);
}

import { type Kysely, sql } from "kysely";
import type { CalendarId, ConnectionId, MemberId, WorkspaceId, ZoneName } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { CalendarProviderName, ConnectionRef } from "./deps.ts";
import type { FoundCalendar } from "./port.ts";

type Db = Kysely<Database>;

export type ListedAccount = ConnectionRef & { memberId: MemberId; provider: CalendarProviderName };

/**
 * The account whose list of calendars is most due, if there is one. It is due again in five minutes, unless the list is kept before.
 */
export async function takeDueConnection(
  db: Db,
  notConnections: readonly ConnectionId[],
): Promise<ListedAccount | null> {
  const { rows } = await sql<{
    id: ConnectionId;
    workspace_id: WorkspaceId;
    member_id: MemberId;
    provider: CalendarProviderName;
  }>`
    update connections set list_due_at = foyer_now() + interval '5 minutes' where id = (
      select con.id from connections con
      join members m on m.workspace_id = con.workspace_id and m.id = con.member_id
      where con.provider in ('google', 'microsoft', 'caldav') and m.is_active
        and con.list_due_at <= foyer_now() and not (con.id = any(${notConnections}::uuid[]))
      order by con.list_due_at limit 1
      for update of con skip locked)
    returning id, workspace_id, member_id, provider`.execute(db);
  const [row] = rows;
  return row === undefined
    ? null
    : {
        connectionId: row.id,
        workspaceId: row.workspace_id,
        memberId: row.member_id,
        provider: row.provider,
      };
}

export async function saveListDue(
  db: Db,
  { workspaceId, connectionId }: ConnectionRef,
  inMs: number,
): Promise<void> {
  await db
    .updateTable("connections")
    .set({ list_due_at: sql<Date>`foyer_now() + make_interval(secs => ${inMs / 1_000})` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", connectionId)
    .execute();
}

/** An account with calendars of this member; undefined if it is another's, or holds rooms. */
export async function accountOf(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  connectionId: ConnectionId,
): Promise<ListedAccount | undefined> {
  const row = await db
    .selectFrom("connections")
    .select("provider")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("id", "=", connectionId)
    .executeTakeFirst();
  if (row === undefined || row.provider === "zoom" || row.provider === "teams") return undefined;
  return { workspaceId, memberId, connectionId, provider: row.provider };
}

export type KnownCalendar = {
  id: CalendarId;
  ref: string;
  zone: ZoneName | null;
  isWritable: boolean;
  blocksTime: boolean;
  receivesMeetings: boolean;
  isGone: boolean;
};

/** The account's calendars, and the account itself locked, so that lists and choices come one after the other. */
export async function lockCalendars(
  db: Db,
  { workspaceId, connectionId }: ConnectionRef,
): Promise<KnownCalendar[] | null> {
  const account = await db
    .selectFrom("connections")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", connectionId)
    .forUpdate()
    .executeTakeFirst();
  if (account === undefined) return null;
  const rows = await db
    .selectFrom("calendars")
    .select(["id", "ref", "zone", "is_writable", "blocks_time", "receives_meetings", "vanished_at"])
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    ref: row.ref,
    zone: row.zone,
    isWritable: row.is_writable,
    blocksTime: row.blocks_time,
    receivesMeetings: row.receives_meetings,
    isGone: row.vanished_at !== null,
  }));
}

export async function insertCalendar(
  db: Db,
  of: ListedAccount,
  id: CalendarId,
  found: FoundCalendar & { blocksTime: boolean; receivesMeetings: boolean },
): Promise<void> {
  await db
    .insertInto("calendars")
    .values({
      id,
      workspace_id: of.workspaceId,
      connection_id: of.connectionId,
      member_id: of.memberId,
      ref: found.ref,
      ...told(found),
      blocks_time: found.blocksTime,
      receives_meetings: found.receivesMeetings,
    })
    .execute();
}

export async function updateCalendar(
  db: Db,
  workspaceId: WorkspaceId,
  id: CalendarId,
  found: FoundCalendar,
): Promise<void> {
  await db
    .updateTable("calendars")
    .set({ ...told(found), vanished_at: null })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

function told({ name, color, zone, isPrimary, isWritable }: FoundCalendar) {
  return { name, color, zone, is_primary: isPrimary, is_writable: isWritable };
}

/** What was read counts no more: from the start, and now. A reading under way is for nothing. */
export async function readAnew(db: Db, workspaceId: WorkspaceId, ids: readonly CalendarId[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable("calendars")
    .set({
      cursor: null,
      read_at: null,
      covered_from: null,
      covered_until: null,
      failures: 0,
      leased_until: null,
      due_at: sql<Date>`foyer_now()`,
    })
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
}

/** The account answers again: what failed is tried now. */
export async function retryFailed(db: Db, { workspaceId, connectionId }: ConnectionRef): Promise<void> {
  await db
    .updateTable("calendars")
    .set({ failures: 0, due_at: sql<Date>`least(due_at, foyer_now())` })
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("failures", ">", 0)
    .execute();
}

export async function forgetBusy(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly CalendarId[],
): Promise<void> {
  await db
    .deleteFrom("busy_times")
    .where("workspace_id", "=", workspaceId)
    .where(sql<boolean>`calendar_id = any(${ids}::uuid[])`)
    .execute();
}

export async function markVanished(db: Db, workspaceId: WorkspaceId, id: CalendarId): Promise<void> {
  await db
    .updateTable("calendars")
    .set({ vanished_at: sql<Date>`coalesce(vanished_at, foyer_now())` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

export async function deleteCalendar(db: Db, workspaceId: WorkspaceId, id: CalendarId): Promise<void> {
  await db.deleteFrom("calendars").where("workspace_id", "=", workspaceId).where("id", "=", id).execute();
}

export async function saveBlocks(
  db: Db,
  workspaceId: WorkspaceId,
  id: CalendarId,
  blocksTime: boolean,
): Promise<void> {
  await db
    .updateTable("calendars")
    .set({ blocks_time: blocksTime })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

/** One calendar of a member receives meetings: whichever did before does not. Null: none of this account's. */
export async function saveReceives(db: Db, of: ListedAccount, id: CalendarId | null): Promise<void> {
  let others = db
    .updateTable("calendars")
    .set({ receives_meetings: false })
    .where("workspace_id", "=", of.workspaceId)
    .where("member_id", "=", of.memberId)
    .where("receives_meetings", "=", true);
  if (id === null) others = others.where("connection_id", "=", of.connectionId);
  else others = others.where("id", "<>", id);
  await others.execute();
  if (id === null) return;
  await db
    .updateTable("calendars")
    .set({ receives_meetings: true })
    .where("workspace_id", "=", of.workspaceId)
    .where("id", "=", id)
    .execute();
}

export async function receivesElsewhere(db: Db, { workspaceId, memberId }: ListedAccount): Promise<boolean> {
  const row = await db
    .selectFrom("calendars")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "=", memberId)
    .where("receives_meetings", "=", true)
    .executeTakeFirst();
  return row !== undefined;
}

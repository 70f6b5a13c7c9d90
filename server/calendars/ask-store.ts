import { type Kysely, sql } from "kysely";
import type {
  CalendarId,
  ConnectionId,
  Instant,
  MemberId,
  WorkspaceId,
  ZoneName,
} from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { CalendarProviderName } from "./deps.ts";
import type { CalendarItem } from "./port.ts";
import { askedSource, insertBusy } from "./reading-store.ts";

type Db = Kysely<Database>;

export type CalendarToAsk = {
  id: CalendarId;
  workspaceId: WorkspaceId;
  memberId: MemberId;
  connectionId: ConnectionId;
  provider: CalendarProviderName;
  ref: string;
  zone: ZoneName;
};

/** The calendars that take these members' time, of all their accounts or of one. */
export async function blockingCalendars(
  db: Db,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
  connectionId: ConnectionId | null = null,
): Promise<CalendarToAsk[]> {
  let query = db
    .selectFrom("calendars")
    .innerJoin("connections", (on) =>
      on
        .onRef("connections.workspace_id", "=", "calendars.workspace_id")
        .onRef("connections.id", "=", "calendars.connection_id"),
    )
    .innerJoin("members", (on) =>
      on
        .onRef("members.workspace_id", "=", "calendars.workspace_id")
        .onRef("members.id", "=", "calendars.member_id"),
    )
    .select(["calendars.id", "calendars.member_id", "calendars.connection_id", "calendars.ref"])
    .select(["connections.provider", sql<ZoneName>`coalesce(calendars.zone, members.zone)`.as("zone")])
    .where("calendars.workspace_id", "=", workspaceId)
    .where(sql<boolean>`calendars.member_id = any(${memberIds}::uuid[])`)
    .where("calendars.blocks_time", "=", true)
    .where("calendars.vanished_at", "is", null)
    .orderBy("calendars.id");
  if (connectionId !== null) query = query.where("calendars.connection_id", "=", connectionId);
  return (await query.execute()).flatMap(({ provider, ...row }) =>
    provider === "zoom" || provider === "teams"
      ? []
      : [
          {
            id: row.id,
            workspaceId,
            memberId: row.member_id,
            connectionId: row.connection_id,
            provider,
            ref: row.ref,
            zone: row.zone,
          },
        ],
  );
}

/** Keeps what a booking found in the way, so that the next list is right, until the calendar is read: which is due now. */
export async function keepAsked(
  db: Db,
  calendar: CalendarToAsk,
  found: readonly CalendarItem[],
  now: Instant,
): Promise<void> {
  const source = askedSource(now);
  await db.transaction().execute(async (trx) => {
    await insertBusy(
      trx,
      calendar,
      found.map((item) => ({ ...item, source })),
    );
    await trx
      .updateTable("calendars")
      .set({ due_at: sql<Date>`least(due_at, foyer_now())` })
      .where("workspace_id", "=", calendar.workspaceId)
      .where("id", "=", calendar.id)
      .execute();
  });
}

import type { Kysely } from "kysely";
import type {
  CalendarView,
  ConnectionView,
  OAuthProvider,
  ProviderName,
} from "../../shared/model/connections.ts";
import type { ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type {
  ConnectWait,
  DoctorLine,
  MyConnections,
  UnbookableReason,
} from "../../shared/protocol/connection-routes.ts";
import { missingScopes } from "../connections/providers.ts";
import type { Database } from "../db/tables.ts";
import { accountRows, activeMembers, calendarRows, registeredApps } from "./connections-view-store.ts";

export type ViewDeps = {
  db: Kysely<Database>;
  /** Why visitors cannot book these members; `meetings` knows. */
  reasonsOf(
    workspaceId: WorkspaceId,
    memberIds: readonly MemberId[],
  ): Promise<ReadonlyMap<MemberId, UnbookableReason[]>>;
  /** Where an account's own admin allows us; null: this provider has no such page. */
  approvalUrl(workspaceId: WorkspaceId, provider: ProviderName): Promise<string | null>;
  /** What the member wants to connect, and may not before the account's own admin allows us. */
  waitsOf(member: Member): Promise<ConnectWait[]>;
};

type Member = { workspaceId: WorkspaceId; memberId: MemberId };

/** A member's own accounts and their calendars, what else could be connected, and why they cannot be booked. */
export async function showConnections(
  { db, reasonsOf, approvalUrl, waitsOf }: ViewDeps,
  { workspaceId, memberId }: Member,
): Promise<MyConnections> {
  const accounts = await accountRows(db, workspaceId, memberId);
  const calendars = new Map<ConnectionId, CalendarView[]>();
  for (const row of await calendarRows(db, workspaceId, memberId)) {
    const theirs = calendars.get(row.connection_id) ?? [];
    calendars.set(row.connection_id, [
      ...theirs,
      {
        id: row.id,
        name: row.name,
        color: row.color,
        isPrimary: row.is_primary,
        isWritable: row.is_writable,
        blocksTime: row.blocks_time,
        receivesMeetings: row.receives_meetings,
        isGone: row.vanished_at !== null,
        readAt: row.read_at?.getTime() ?? null,
      },
    ]);
  }
  const connections: ConnectionView[] = [];
  for (const row of accounts)
    connections.push({
      ...healthOf(row),
      memberId: row.member_id,
      missingScopes: missingScopes(row.provider, row.scopes),
      approvalUrl: row.problem === "needs_approval" ? await approvalUrl(workspaceId, row.provider) : null,
      mailboxZone: row.problem === "zone_mismatch" ? row.mailbox_zone : null,
      calendars: calendars.get(row.id) ?? [],
    });
  const apps: OAuthProvider[] = await registeredApps(db, workspaceId);
  const reasons = (await reasonsOf(workspaceId, [memberId])).get(memberId) ?? [];
  const waiting = await waitsOf({ workspaceId, memberId });
  return { connections, waiting, apps, reasons };
}

/** How every member's accounts are, and who cannot be booked, and why. */
export async function showDoctor(
  { db, reasonsOf }: ViewDeps,
  workspaceId: WorkspaceId,
): Promise<{ members: DoctorLine[] }> {
  const members = await activeMembers(db, workspaceId);
  const accounts = await accountRows(db, workspaceId, null);
  const reasons = await reasonsOf(workspaceId, members);
  return {
    members: members.map((memberId) => ({
      memberId,
      connections: accounts.filter(({ member_id }) => member_id === memberId).map(healthOf),
      reasons: reasons.get(memberId) ?? [],
    })),
  };
}

type AccountRow = Awaited<ReturnType<typeof accountRows>>[number];

function healthOf(row: AccountRow): DoctorLine["connections"][number] {
  return {
    id: row.id,
    provider: row.provider,
    accountName: row.account_name,
    problem: row.problem,
    problemAt: row.problem_at?.getTime() ?? null,
    triedAt: row.tried_at?.getTime() ?? null,
    goodAt: row.good_at?.getTime() ?? null,
  };
}

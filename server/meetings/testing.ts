import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import type {
  ConversationId,
  MeetingTypeId,
  MemberId,
  SiteId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import type { TypeHost } from "../../shared/model/meeting-types.ts";
import { defaultHours, type MeetingHours } from "../../shared/model/meetings.ts";
import { defaultRouting } from "../../shared/model/routing.ts";
import { createZones } from "../../shared/time/zone.ts";
import { newId } from "../db/ids.ts";
import { createTestDatabase } from "../db/testing.ts";
import { prepareJobs } from "../jobs/queue.ts";
import type { Bus, Hint } from "../realtime/hints.ts";
import type { MeetingDeps } from "./book-meeting.ts";
import type { Guest } from "./guest.ts";
import { insertType, saveTypeHosts, type TypeRow, type TypeWish, typeById } from "./types-store.ts";

/** A Monday, 7:00 in New York. The database's clock stands there until a test moves it. */
export const monday = Date.UTC(2026, 9, 5, 11);
export const at = (hour: number, minute = 0, day = 0) => Date.UTC(2026, 9, 5 + day, hour + 4, minute);

/** A workspace with hosts in New York on a database of its own, and hints kept in a list. */
export async function createMeetingWorld({ poolSize = 8 }: { poolSize?: number } = {}) {
  const database = await createTestDatabase({ poolSize });
  const { db, pool } = database;
  await prepareJobs(pool);
  const hints: Hint[] = [];
  const bus: Bus = {
    publish: (hint) => {
      hints.push(hint);
    },
    subscribe: () => () => undefined,
    close: async () => undefined,
  };
  const deps: MeetingDeps = {
    db,
    bus,
    zones: createZones(),
    secretKey: "a key of the tests, long enough to count",
    publicUrl: "https://foyer.example",
  };

  async function setClock(instant: number) {
    await sql
      .raw(
        `create or replace function foyer_now() returns timestamptz language sql volatile as $$ select timestamptz '${new Date(instant).toISOString()}' $$`,
      )
      .execute(db);
  }

  async function addWorkspace(name = "Testing Ltd") {
    const workspaceId = newId<"workspace">();
    const siteId = newId<"site">();
    await db
      .insertInto("workspaces")
      .values({ id: workspaceId, name, routing: JSON.stringify(defaultRouting) })
      .execute();
    await db
      .insertInto("sites")
      .values({
        id: siteId,
        workspace_id: workspaceId,
        public_key: randomBytes(8).toString("hex"),
        name,
        origins: ["https://shop.example"],
        look: JSON.stringify({ color: "#2f5d4a", position: "right", companyName: name }),
      })
      .execute();
    return { workspaceId, siteId };
  }

  async function addHost(workspaceId: WorkspaceId, hours: Partial<MeetingHours> = {}): Promise<MemberId> {
    const id = newId<"member">();
    await db
      .insertInto("members")
      .values({
        id,
        workspace_id: workspaceId,
        email: `host-${id.slice(-6)}@team.example`,
        role: "rep",
        first_name: "Robin",
        last_name: id.slice(-4),
        job_title: "Advisor 🌿",
        zone: "America/New_York",
        hours: JSON.stringify({ ...defaultHours("America/New_York"), ...hours }),
        zone_confirmed_at: new Date(0),
        profile_confirmed_at: new Date(0),
      })
      .execute();
    return id;
  }

  async function addVisitor({ workspaceId, siteId }: { workspaceId: WorkspaceId; siteId: SiteId }) {
    const visitorId: VisitorId = newId();
    await db
      .insertInto("visitors")
      .values({
        id: visitorId,
        workspace_id: workspaceId,
        site_id: siteId,
        secret_hash: randomBytes(32),
        device: JSON.stringify({ kind: "desktop", browser: "Test", os: "Test" }),
      })
      .execute();
    return { visitorId, workspaceId, siteId };
  }

  async function addConversation(
    { workspaceId, visitorId }: { workspaceId: WorkspaceId; visitorId: VisitorId },
    ownerId: MemberId | null = null,
  ): Promise<ConversationId> {
    const id: ConversationId = newId();
    await db
      .insertInto("conversations")
      .values({ id, workspace_id: workspaceId, visitor_id: visitorId, owner_id: ownerId })
      .execute();
    return id;
  }

  /** A meeting type of these hosts, in this order of ids; public, half an hour long, without a place of its own. */
  async function addType(
    workspaceId: WorkspaceId,
    hosts: readonly (MemberId | TypeHost)[],
    wish: Partial<TypeWish> = {},
  ): Promise<TypeRow> {
    const id: MeetingTypeId = newId();
    await insertType(db, workspaceId, id, {
      slug: `type-${id}`,
      name: "Talk",
      description: "",
      durations: [30],
      hosting: "round_robin",
      teamId: null,
      place: "none",
      questions: [],
      noticeMinutes: null,
      bufferMinutes: null,
      horizonDays: null,
      hours: null,
      reminders: [],
      isPublic: true,
      isForChat: false,
      ...wish,
    });
    await saveTypeHosts(
      db,
      workspaceId,
      id,
      hosts.map((host) => (typeof host === "string" ? { memberId: host, weight: 1, priority: 2 } : host)),
    );
    const type = await typeById(db, workspaceId, id);
    if (type === undefined) throw new Error("it was just made");
    return type;
  }

  /** Somebody who has opened the public page of a type. */
  const newGuest = (workspaceId: WorkspaceId): Guest => ({ workspaceId, guestId: randomUUID() });

  await setClock(monday);
  return {
    ...database,
    deps,
    hints,
    setClock,
    addWorkspace,
    addHost,
    addVisitor,
    addConversation,
    addType,
    newGuest,
  };
}

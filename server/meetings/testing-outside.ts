import type { MeetingId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { CalendarProvider, EventToWrite, WrittenEvent } from "../calendars/port.ts";
import type { ConferenceProvider, RoomToMake } from "../conferencing/port.ts";
import { type ProviderAccount, ProviderError } from "../connections/port.ts";
import { databaseNow } from "../db/database-now.ts";
import type { FollowDeps } from "./follow-deps.ts";
import { followMeeting } from "./follow-meeting.ts";
import type { createMeetingWorld } from "./testing.ts";

// For tests of what follows a meeting: calendars and services with rooms in memory, and the jobs run one after the other.

type World = Awaited<ReturnType<typeof createMeetingWorld>>;
type Deed = "create" | "update" | "remove" | "write" | "removeEvent";

export type Outside = Awaited<ReturnType<typeof createOutside>>;

export async function createOutside(world: World) {
  const rooms = new Map<string, RoomToMake & { provider: string }>();
  const events = new Map<string, EventToWrite & { told: number }>();
  const cancelledToGuests: string[] = [];
  const asked: Deed[] = [];
  const planned: { deed: Deed; error: ProviderError; isLost: boolean }[] = [];
  const during: { deed: Deed; work: () => Promise<void> }[] = [];
  const problems: ProviderError[] = [];
  const busy = new Set<MemberId>();
  let isUnknown = false;
  let made = 0;
  /** Links of rooms that come with events: pending as long as this is true. */
  const meet = { isPending: false };

  /** What a test planned for this: an answer instead, an answer lost, or something else that happens meanwhile. */
  async function around<T>(deed: Deed, work: () => T): Promise<T> {
    asked.push(deed);
    const at = planned.findIndex((each) => each.deed === deed);
    const plan = at === -1 ? undefined : planned.splice(at, 1)[0];
    const meanwhile = during.findIndex((each) => each.deed === deed);
    if (meanwhile !== -1) await during.splice(meanwhile, 1)[0]?.work();
    if (plan && !plan.isLost) throw plan.error;
    const done = work();
    if (plan) throw plan.error;
    return done;
  }

  const service = (provider: "zoom" | "teams"): ConferenceProvider => ({
    create: (_account, room, { mayExist }) =>
      around("create", () => {
        const known = [...rooms].find(([, each]) => each.meetingId === room.meetingId);
        const id = mayExist && known ? known[0] : `${provider}-${++made}`;
        rooms.set(id, { ...room, provider });
        return { id, joinUrl: `https://${provider}.example/j/${id}`, passcode: "p4ss" };
      }),
    update: (_account, id, room) =>
      around("update", () => {
        if (!rooms.has(id)) throw new ProviderError("gone", "404");
        rooms.set(id, { ...room, provider });
      }),
    remove: (_account, id) => around("remove", () => void rooms.delete(id)),
  });

  const unused = () => {
    throw new Error("not asked for by this job");
  };
  const calendar = (invites: boolean, room: "meet" | "teams" | null): CalendarProvider => ({
    caps: { invites, room, watches: false },
    listCalendars: unused,
    mailboxZone: unused,
    readBusy: unused,
    readChanges: unused,
    writeEvent: (account, ref, event) =>
      around("write", (): WrittenEvent => {
        const key = `${account.connectionId} ${ref} ${event.meetingId}`;
        const known = events.get(key);
        const isChange = known === undefined || known.sequence !== event.sequence;
        events.set(key, { ...event, told: (known?.told ?? 0) + (event.invites && isChange ? 1 : 0) });
        const hasRoom = event.makesRoom !== null && event.makesRoom === room;
        return {
          externalId: key,
          etag: `"${event.sequence}"`,
          joinUrl: hasRoom && !meet.isPending ? `https://meet.example/${event.meetingId}` : null,
          isRoomPending: hasRoom && meet.isPending,
        };
      }),
    removeEvent: (_account, _ref, { externalId }, { tells }) =>
      around("removeEvent", () => {
        if (events.delete(externalId) && tells) cancelledToGuests.push(externalId);
      }),
  });

  const { db, zones, secretKey, publicUrl } = world.deps;
  const deps: FollowDeps = {
    db,
    zones,
    secretKey,
    publicUrl,
    calendars: {
      google: calendar(true, "meet"),
      microsoft: calendar(true, "teams"),
      caldav: calendar(false, null),
    },
    rooms: { zoom: service("zoom"), teams: service("teams") },
    openAccount: async (_workspaceId, connectionId) => ({ connectionId }) as ProviderAccount, // Only named by the fakes.
    noteGood: async () => undefined,
    noteProblem: async (_ref, error) => {
      problems.push(error);
    },
    isStillFree: async (_workspaceId, memberIds) => {
      if (isUnknown) return "unknown";
      return memberIds.some((id) => busy.has(id)) ? "busy" : "free";
    },
    announce: (hint) => world.hints.push(hint),
  };

  /** Runs the jobs that are due by the database's clock, and those that they leave. */
  async function work(limit = 40): Promise<void> {
    for (let count = 0; count < limit; count++) {
      const now = new Date(await databaseNow(db));
      const { rows } = await world.pool.query<{ payload: Parameters<typeof followMeeting>[1] }>(
        `with next as (
           select id from pgboss.job where data ->> 'task' = 'meeting:follow' and state = 'created'
             and (start_after <= $1 or abs(extract(epoch from start_after - created_on)) < 1)
           order by created_on limit 1)
         delete from pgboss.job where id in (select id from next) returning data -> 'payload' as payload`,
        [now],
      );
      const [job] = rows;
      if (job === undefined) return;
      await followMeeting(deps, job.payload, { signal: new AbortController().signal });
    }
    throw new Error("the jobs do not come to an end");
  }

  async function mailsOf(meetingId: MeetingId) {
    const rows = await db
      .selectFrom("mails")
      .selectAll()
      .where("meeting_id", "=", meetingId)
      .orderBy("created_at")
      .orderBy("id")
      .execute();
    return rows.map((row) => ({ ...row, name: row.dedupe.split("/").slice(2).join("/") }));
  }

  async function copiesOf(workspaceId: WorkspaceId, meetingId: MeetingId) {
    return db
      .selectFrom("outside_copies")
      .selectAll()
      .where("workspace_id", "=", workspaceId)
      .where("meeting_id", "=", meetingId)
      .orderBy("kind")
      .execute();
  }

  return {
    deps,
    rooms,
    events,
    cancelledToGuests,
    asked,
    problems,
    busy,
    meet,
    work,
    mailsOf,
    copiesOf,
    /** The next of these is answered so; `isLost`: it is carried out all the same. */
    fail: (deed: Deed, error: ProviderError, { isLost = false } = {}) =>
      planned.push({ deed, error, isLost }),
    /** Something happens while the next of these is under way. */
    meanwhile: (deed: Deed, work: () => Promise<void>) => during.push({ deed, work }),
    forgetAll() {
      for (const each of [rooms, events]) each.clear();
      for (const each of [asked, planned, during, problems, cancelledToGuests]) each.length = 0;
      busy.clear();
      meet.isPending = false;
      isUnknown = false;
    },
    cannotLook() {
      isUnknown = true;
    },
  };
}

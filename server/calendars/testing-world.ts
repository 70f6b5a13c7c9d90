import type { ConnectionProblem } from "../../shared/model/connections.ts";
import type { CalendarId, ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import { DAY } from "../../shared/time/local-day.ts";
import { endProblem, noteGood, noteProblem } from "../connections/health.ts";
import { ProviderError } from "../connections/port.ts";
import { createLog } from "../log.ts";
import { createMeetingWorld, monday } from "../meetings/testing.ts";
import { busyTimes } from "./busy-times.ts";
import type { CalendarDeps, CalendarProviderName } from "./deps.ts";
import { listCalendars } from "./list-calendars.ts";
import { accountOf, takeDueConnection } from "./list-store.ts";
import { leaseSeconds, readCalendar } from "./read-calendar.ts";
import { takeDueCalendar } from "./reading-store.ts";
import { addConnection } from "./testing.ts";
import { createFakeProvider } from "./testing-provider.ts";

/** A workspace whose members have accounts at providers in memory; what is kept of their health is kept as in life. */
export async function createCalendarWorld() {
  const world = await createMeetingWorld();
  const { db } = world;
  let now = monday;
  const fakes = {
    google: createFakeProvider(),
    microsoft: createFakeProvider(),
    caldav: createFakeProvider(),
  };
  for (const fake of Object.values(fakes)) fake.setClock(() => now);
  const health = { db, publicUrl: "https://foyer.example", announce: () => undefined };
  const deps: CalendarDeps = {
    db,
    log: createLog({ level: "silent", part: "test" }),
    zones: world.deps.zones,
    // Nobody can call us there: calendars are only asked.
    publicUrl: "http://localhost:3000",
    random: () => 0.5,
    announce: () => undefined,
    providers: {
      google: fakes.google.provider,
      microsoft: fakes.microsoft.provider,
      caldav: fakes.caldav.provider,
    },
    accounts: {
      async open(workspaceId, connectionId) {
        const row = await db
          .selectFrom("connections")
          .select(["provider", "problem"])
          .where("workspace_id", "=", workspaceId)
          .where("id", "=", connectionId)
          .executeTakeFirst();
        if (row === undefined) throw new ProviderError("gone", "no_connection");
        if (row.problem === "needs_reauth") throw new ProviderError("auth", "needs_reauth");
        return {
          connectionId,
          provider: row.provider,
          accountName: "robin@calendar.example",
          baseUrl: "https://provider.example",
          send: () => Promise.reject(new Error("these providers are in memory")),
        };
      },
      noteGood: async (ref, over) => {
        await noteGood(health, ref, over);
      },
      noteProblem: async (ref, problem) => {
        await noteProblem(health, ref, problem);
      },
      endProblem: async (ref, problem) => {
        await endProblem(health, ref, problem);
      },
    },
  };

  async function setClock(instant: number) {
    now = instant;
    await world.setClock(instant);
  }

  /** A member with an account there, nothing of which is known yet. */
  async function addMember(provider: CalendarProviderName = "google") {
    await setClock(monday);
    const place = await world.addWorkspace();
    const host = await world.addHost(place.workspaceId);
    const connectionId = await addConnection(db, place.workspaceId, host, { provider });
    const of = await accountOf(db, place.workspaceId, host, connectionId);
    if (of === undefined) throw new Error("it was just added");
    return { ...place, host, connectionId, of, visitor: await world.addVisitor(place) };
  }

  /** What the worker does until nothing is due, one thing after the other. */
  async function work(by: CalendarDeps = deps): Promise<void> {
    for (;;) {
      const account = await takeDueConnection(db, []);
      if (account !== null) {
        await listCalendars(by, account);
        continue;
      }
      const taken = await takeDueCalendar(db, {
        leaseSeconds,
        notConnections: [],
        notServers: [],
        mayHaveFailed: true,
      });
      if (taken === null) return;
      await readCalendar(by, taken);
    }
  }

  async function busyOf(workspaceId: WorkspaceId, host: MemberId): Promise<readonly Interval[] | "unknown"> {
    return (await busyTimes(db, workspaceId, [host], now, now + 7 * DAY)).get(host) ?? "unknown";
  }

  async function problemOf(connectionId: ConnectionId): Promise<ConnectionProblem | null> {
    const row = await db
      .selectFrom("connections")
      .select("problem")
      .where("id", "=", connectionId)
      .executeTakeFirstOrThrow();
    return row.problem;
  }

  async function calendarNamed(connectionId: ConnectionId, ref: string) {
    return db
      .selectFrom("calendars")
      .selectAll()
      .where("connection_id", "=", connectionId)
      .where("ref", "=", ref)
      .executeTakeFirst();
  }

  async function idOf(connectionId: ConnectionId, ref: string): Promise<CalendarId> {
    const row = await calendarNamed(connectionId, ref);
    if (row === undefined) throw new Error("no such calendar");
    return row.id;
  }

  /** Empties the providers; another test begins. */
  async function reset() {
    for (const fake of Object.values(fakes)) {
      fake.calendars.clear();
      fake.watches.clear();
      fake.asked.length = 0;
      fake.before = async () => undefined;
      fake.forgets = false;
      fake.mailboxZone = null;
      fake.mostAtOnce = 0;
    }
    await db.deleteFrom("calendars").execute();
    await db.deleteFrom("connections").execute();
    await setClock(monday);
  }

  async function mailsTo(memberId: MemberId): Promise<string[]> {
    const rows = await db
      .selectFrom("mails")
      .innerJoin("members", "members.email", "mails.to_address")
      .select("mails.subject")
      .where("members.id", "=", memberId)
      .orderBy("mails.id")
      .execute();
    return rows.map(({ subject }) => subject);
  }

  return {
    ...world,
    calendarDeps: deps,
    fakes,
    setClock,
    now: () => now,
    addMember,
    work,
    busyOf,
    problemOf,
    calendarNamed,
    idOf,
    reset,
    mailsTo,
  };
}

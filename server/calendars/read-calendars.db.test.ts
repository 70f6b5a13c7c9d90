import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../shared/time/local-day.ts";
import { ProviderError } from "../connections/port.ts";
import { newId } from "../db/ids.ts";
import { at, monday } from "../meetings/testing.ts";
import { acceptZone } from "./check-connection.ts";
import { freshForMs } from "./freshness.ts";
import { leaseSeconds, readCalendar } from "./read-calendar.ts";
import { startReadingCalendars } from "./read-calendars.ts";
import { takeCalendar, takeDueCalendar } from "./reading-store.ts";
import { createCalendarWorld } from "./testing-world.ts";
import { makeDue } from "./watch-store.ts";

let world: Awaited<ReturnType<typeof createCalendarWorld>>;
beforeAll(async () => {
  world = await createCalendarWorld();
});
afterAll(() => world.close());
beforeEach(() => world.reset());

const morning = { start: at(9), end: at(10) };
const noon = { start: at(12), end: at(13) };
const anyDue = { leaseSeconds, notConnections: [], notServers: [], mayHaveFailed: true };
const cursors = () =>
  world.fakes.google.asked.filter(({ operation }) => operation === "changes").map(({ cursor }) => cursor);

describe("a new account", () => {
  it("has its main calendar read, which then takes time and receives meetings", async () => {
    const { workspaceId, host, connectionId } = await world.addMember();
    world.fakes.google.add("holidays", { isWritable: false, isPrimary: false });
    world.fakes.google.add("work", { isPrimary: true });
    world.fakes.google.put("work", "standup", [morning]);
    world.fakes.google.put("holidays", "a day", [noon]);
    expect(await world.busyOf(workspaceId, host)).toBe("unknown");
    await world.work();
    expect(await world.busyOf(workspaceId, host)).toEqual([morning]);
    expect(await world.calendarNamed(connectionId, "work")).toMatchObject({
      blocks_time: true,
      receives_meetings: true,
      failures: 0,
      leased_until: null,
    });
    expect(await world.calendarNamed(connectionId, "holidays")).toMatchObject({ blocks_time: false });
  });

  it("leaves meetings where they are received already", async () => {
    const { workspaceId, host, connectionId } = await world.addMember();
    world.fakes.google.add("work");
    world.fakes.caldav.add("private");
    await world.work();
    const { addConnection } = await import("./testing.ts");
    const second = await addConnection(world.db, workspaceId, host, { provider: "caldav" });
    await world.work();
    expect(await world.calendarNamed(connectionId, "work")).toMatchObject({ receives_meetings: true });
    expect(await world.calendarNamed(second, "private")).toMatchObject({
      blocks_time: true,
      receives_meetings: false,
    });
  });
});

describe("reading", () => {
  it("goes on from where the last one ended: changed, moved, freed and new times", async () => {
    const { workspaceId, host } = await world.addMember();
    const { google } = world.fakes;
    google.add("work");
    google.put("work", "standup", [morning]);
    google.put("work", "lunch", [noon]);
    await world.work();
    google.put("work", "standup", [{ start: at(10), end: at(11) }]);
    google.put("work", "lunch", []);
    google.put("work", "gym", [{ start: at(17), end: at(18) }]);
    await world.setClock(monday + 3 * MINUTE);
    await world.work();
    expect(cursors()).toEqual([null, "2"]);
    expect(await world.busyOf(workspaceId, host)).toEqual([
      { start: at(10), end: at(11) },
      { start: at(17), end: at(18) },
    ]);
  });

  it("begins anew when the provider has forgotten the place, and nothing of before stays", async () => {
    const { workspaceId, host } = await world.addMember();
    const { google } = world.fakes;
    google.add("work");
    google.put("work", "standup", [morning]);
    await world.work();
    google.calendars.get("work")?.items.clear();
    google.put("work", "lunch", [noon]);
    google.forgets = true;
    await world.setClock(monday + 3 * MINUTE);
    await world.work();
    expect(await world.busyOf(workspaceId, host)).toEqual([noon]);
  });

  it("begins anew once a week, so that what was missed does not stay and the far end moves on", async () => {
    const { connectionId } = await world.addMember();
    world.fakes.google.add("work");
    await world.work();
    await world.setClock(monday + 7 * DAY - MINUTE);
    await world.work();
    await world.setClock(monday + 7 * DAY + 10 * MINUTE);
    await world.work();
    expect(cursors()).toEqual([null, "0", null]);
    const row = await world.calendarNamed(connectionId, "work");
    expect(row?.covered_until?.getTime()).toBe(monday + 407 * DAY + 10 * MINUTE);
  });

  it("keeps what it knew when an answer breaks off, and it grows old until a reading ends well", async () => {
    const { workspaceId, host, connectionId } = await world.addMember();
    const { google } = world.fakes;
    google.add("work");
    google.put("work", "standup", [morning]);
    await world.work();
    google.put("work", "standup", [noon]);
    google.before = async () => {
      throw new ProviderError("transient", "no_answer");
    };
    await world.setClock(monday + 4 * MINUTE);
    await world.work();
    expect(await world.busyOf(workspaceId, host)).toEqual([morning]);
    expect(await world.problemOf(connectionId)).toBe("unreachable");
    await world.setClock(monday + freshForMs);
    expect(await world.busyOf(workspaceId, host)).toBe("unknown");
    google.before = async () => undefined;
    await world.setClock(monday + freshForMs + 5 * MINUTE);
    await world.work();
    expect(await world.busyOf(workspaceId, host)).toEqual([noon]);
    expect(await world.problemOf(connectionId)).toBeNull();
  });

  it("waits longer after each failure, never less than the provider asks for", async () => {
    const { connectionId } = await world.addMember();
    world.fakes.google.add("work");
    await world.work();
    const pauses: number[] = [];
    let retryAfterMs: number | undefined;
    world.fakes.google.before = async (operation) => {
      if (operation === "changes") throw new ProviderError("rate", "429", retryAfterMs);
    };
    for (let round = 0; round < 7; round++) {
      if (round === 5) retryAfterMs = 20 * MINUTE;
      if (round === 6) retryAfterMs = 3 * DAY;
      await world.setClock((await world.calendarNamed(connectionId, "work"))?.due_at.getTime() ?? 0);
      await world.work();
      const due = (await world.calendarNamed(connectionId, "work"))?.due_at.getTime() ?? 0;
      pauses.push(Math.round((due - world.now()) / 1_000));
    }
    expect(pauses).toEqual([11, 23, 45, 90, 180, 1_200, 3_600]);
  });

  it("counts an event as ours only where it is a meeting of this host", async () => {
    const { workspaceId, host, visitor } = await world.addMember();
    const { google } = world.fakes;
    google.add("work");
    const id = newId<"meeting">();
    await world.db
      .insertInto("meetings")
      .values({
        id,
        workspace_id: workspaceId,
        host_id: host,
        visitor_id: visitor.visitorId,
        state: "booked",
        start_at: new Date(morning.start),
        end_at: new Date(morning.end),
        during: `[${new Date(morning.start).toISOString()},${new Date(morning.end).toISOString()})`,
      })
      .execute();
    google.put("work", "ours", [morning], id);
    google.put("work", "forged", [noon], newId<"meeting">());
    await world.work();
    expect(await world.busyOf(workspaceId, host)).toEqual([noon]);
  });

  it("gives up an answer that never comes, and lets the others go on", async () => {
    const { connectionId } = await world.addMember();
    const { google, caldav } = world.fakes;
    google.add("work");
    await world.work();
    const others = await world.addMember("caldav");
    caldav.add("home");
    caldav.put("home", "gym", [noon]);
    await world.db
      .updateTable("calendars")
      .set({ due_at: new Date(0) })
      .execute();
    google.before = () => new Promise(() => undefined);
    const reading = startReadingCalendars(world.calendarDeps);
    await expect.poll(() => world.busyOf(others.workspaceId, others.host)).toEqual([noon]);
    expect((await world.calendarNamed(connectionId, "work"))?.leased_until).not.toBeNull();
    // A stop does not wait for it either, and leaves it due.
    await reading.close();
    expect(await world.calendarNamed(connectionId, "work")).toMatchObject({ leased_until: null });
  });
});

describe("two workers", () => {
  it("never read one calendar at once", async () => {
    const { google } = world.fakes;
    google.add("work");
    for (let each = 0; each < 12; each++) await world.addMember();
    google.before = () => new Promise((resolve) => setImmediate(resolve));
    const workers = [1, 2].map(() => startReadingCalendars(world.calendarDeps));
    const all = () =>
      world.db
        .selectFrom("calendars")
        .select("id")
        .where("read_at", "is not", null)
        .execute()
        .then((rows) => rows.length);
    await expect.poll(all, { timeout: 10_000 }).toBe(12);
    for (const worker of workers) await worker.close();
    const readings = google.asked.filter(({ operation }) => operation === "changes").length;
    // Once each, and once more where changes are told from then on.
    expect(readings).toBeLessThanOrEqual(24);
    const taken = await takeAll();
    expect(new Set(taken).size).toBe(taken.length);
  });

  async function takeAll() {
    await world.db
      .updateTable("calendars")
      .set({ due_at: new Date(0), leased_until: null })
      .execute();
    const both = await Promise.all(Array.from({ length: 24 }, () => takeDueCalendar(world.db, anyDue)));
    return both.flatMap((each) => each?.id ?? []);
  }

  it("the one whose lease is over keeps nothing of what it read", async () => {
    const { workspaceId, host, connectionId } = await world.addMember();
    const { google } = world.fakes;
    google.add("work");
    await world.work();
    const id = await world.idOf(connectionId, "work");
    const slow = await takeCalendar(world.db, workspaceId, id, leaseSeconds);
    expect(await takeCalendar(world.db, workspaceId, id, leaseSeconds)).toBeNull();
    google.put("work", "standup", [morning]);
    await world.setClock(monday + leaseSeconds * 1_000);
    const quick = await takeCalendar(world.db, workspaceId, id, leaseSeconds);
    google.put("work", "standup", [noon]);
    expect(await readCalendar(world.calendarDeps, quick!)).toBe(true);
    google.put("work", "standup", []);
    expect(await readCalendar(world.calendarDeps, slow!)).toBe(false);
    expect(await world.busyOf(workspaceId, host)).toEqual([noon]);
  });

  it("what is told while a calendar is read is read after it", async () => {
    const { workspaceId, host, connectionId } = await world.addMember();
    const { google } = world.fakes;
    google.add("work");
    await world.work();
    const id = await world.idOf(connectionId, "work");
    await world.setClock(monday + 10 * MINUTE);
    const taken = await takeDueCalendar(world.db, anyDue);
    google.before = async () => {
      google.before = async () => undefined;
      await makeDue(world.db, [id]);
    };
    await readCalendar(world.calendarDeps, taken!);
    google.put("work", "standup", [morning]);
    await world.work();
    expect(await world.busyOf(workspaceId, host)).toEqual([morning]);
  });
});

describe("what ends an account's use", () => {
  const ends = [
    ["auth", "needs_reauth"],
    ["scope", "missing_scope"],
    ["approval", "needs_approval"],
    ["refused", "refused"],
    ["gone", "calendar_gone"],
  ] as const;
  it.each(ends)("%s makes its member unknown at once, and says %s once", async (kind, problem) => {
    const { workspaceId, host, connectionId } = await world.addMember();
    const { google } = world.fakes;
    google.add("work");
    await world.work();
    google.before = async (operation) => {
      if (operation !== "list" || kind !== "gone") throw new ProviderError(kind, "said so");
    };
    await world.setClock(monday + 3 * MINUTE);
    await world.work();
    expect(await world.busyOf(workspaceId, host)).toBe("unknown");
    expect(await world.problemOf(connectionId)).toBe(problem);
    await world.setClock(monday + HOUR);
    await world.work();
    expect(await world.mailsTo(host)).toEqual(["Your Google Calendar needs you"]);
  });

  it("a chosen calendar that is not listed any more does too, until it is there again", async () => {
    const { workspaceId, host, connectionId } = await world.addMember();
    const { google } = world.fakes;
    google.add("work");
    google.add("team", { isPrimary: false });
    await world.work();
    const [work] = [google.calendars.get("work")!];
    google.calendars.delete("work");
    google.calendars.delete("team");
    await world.setClock(monday + 70 * MINUTE);
    await world.work();
    expect(await world.problemOf(connectionId)).toBe("calendar_gone");
    expect(await world.busyOf(workspaceId, host)).toBe("unknown");
    expect(await world.calendarNamed(connectionId, "team")).toBeUndefined();
    google.calendars.set("work", work);
    await world.setClock(monday + 140 * MINUTE);
    await world.work();
    expect(await world.problemOf(connectionId)).toBeNull();
    expect(await world.busyOf(workspaceId, host)).toEqual([]);
  });

  it("another time zone does, until its member says that it is meant; also while the account is looked at", async () => {
    const { workspaceId, host, connectionId } = await world.addMember();
    const { google } = world.fakes;
    google.add("work");
    google.mailboxZone = "Asia/Tokyo";
    await world.work();
    expect(await world.problemOf(connectionId)).toBe("zone_mismatch");
    const { accounts } = world.calendarDeps;
    const accept = () => acceptZone(world.calendarDeps, { workspaceId, memberId: host }, connectionId);
    await world.setClock(monday + 2 * HOUR);
    await world.work({
      ...world.calendarDeps,
      accounts: {
        ...accounts,
        // Between the look at the zones and the word of it.
        noteProblem: async (ref, problem) => {
          await accept();
          await accounts.noteProblem(ref, problem);
        },
      },
    });
    expect(await world.problemOf(connectionId)).toBeNull();
    expect(await world.busyOf(workspaceId, host)).toEqual([]);
  });
});

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import type { MeetingDetails } from "../../shared/model/meetings.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { ProviderError } from "../connections/port.ts";
import { bookMeeting } from "./book-meeting.ts";
import { cancelMeeting } from "./cancel-meeting.ts";
import { changeHost } from "./change-host.ts";
import { holdSlot } from "./hold-slot.ts";
import { listSlots, listSlotsToMove } from "./list-slots.ts";
import { toTeamMeeting } from "./meeting-view.ts";
import { moveMeeting } from "./move-meeting.ts";
import { retryMeeting } from "./see-to-meeting.ts";
import { type MeetingRow, meetingById } from "./store.ts";
import { at, createMeetingWorld, monday } from "./testing.ts";
import { addAccount, addCalendar, setDetails } from "./testing-accounts.ts";
import { createOutside, type Outside } from "./testing-outside.ts";

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
let outside: Outside;
beforeAll(async () => {
  world = await createMeetingWorld();
  outside = await createOutside(world);
});
afterAll(() => world.close());
beforeEach(() => outside.forgetAll());

const SECOND = 1_000;
const down = () => new ProviderError("transient", "503");

type Setting = {
  video?: MeetingDetails["video"];
  calendar?: "google" | "microsoft" | "caldav" | null;
  details?: Partial<MeetingDetails>;
};

/** A host with accounts, and a colleague with the same. */
async function setUp({ video = null, calendar = null, details = {} }: Setting = {}) {
  await world.setClock(monday);
  const place = await world.addWorkspace();
  const { workspaceId } = place;
  const hosts: MemberId[] = [];
  for (let count = 0; count < 2; count++) {
    const memberId = await world.addHost(workspaceId);
    const of = { workspaceId, memberId };
    if (video === "zoom" || video === "teams") await addAccount(world.db, of, video);
    if (calendar !== null) await addCalendar(world.db, of, calendar);
    await setDetails(world.db, of, { video, ...details });
    hosts.push(memberId);
  }
  const [host, colleague] = hosts as [MemberId, MemberId];
  return { workspaceId, host, colleague, visitor: await world.addVisitor(place) };
}

type Place = Awaited<ReturnType<typeof setUp>>;

async function book({ visitor, host, workspaceId }: Place, startAt = at(10), name = "Gustava Guest") {
  const { offer } = await listSlots(world.deps, visitor, host);
  const held = await holdSlot(world.deps, visitor, { host, startAt, offer });
  if (held.outcome !== "held") throw new Error(held.outcome);
  const done = await bookMeeting(world.deps, visitor, {
    key: randomUUID(),
    holdId: held.hold.holdId,
    name,
    email: "guest@example.org",
    note: "",
    zone: "Europe/Berlin",
    answers: [],
  });
  if (done.outcome !== "booked") throw new Error(done.outcome);
  return now({ workspaceId, id: done.meeting.id });
}

async function now({ workspaceId, id }: Pick<MeetingRow, "workspaceId" | "id">): Promise<MeetingRow> {
  const row = await meetingById(world.db, workspaceId, id);
  if (row === undefined) throw new Error("a booked meeting is stored");
  return row;
}

async function move(meeting: MeetingRow, startAt: number) {
  const { offer } = await listSlotsToMove(world.deps, { ...meeting, meetingId: meeting.id });
  const moved = await moveMeeting(world.deps, meeting, "guest", { startAt, offer, zone: "Europe/Berlin" });
  expect(moved.outcome).toBe("moved");
  return now(meeting);
}

const namesOf = async (meeting: MeetingRow) =>
  (await outside.mailsOf(meeting.id)).map(({ name }) => name).sort();
const mail = async (meeting: MeetingRow, name: string) => {
  const found = (await outside.mailsOf(meeting.id)).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no mail ${name}`);
  return found;
};
const tasks = async (meeting: MeetingRow) => (await toTeamMeeting(world.db, await now(meeting))).tasks;
const later = (ms: number) => world.setClock(monday + ms);

describe("a meeting with nothing outside", () => {
  it("is mailed in the transaction that booked it, with our invitation for both", async () => {
    const meeting = await book(await setUp());
    expect(await namesOf(meeting)).toEqual(["0/guest", "0/host"]);
    for (const { invitation_method } of await outside.mailsOf(meeting.id))
      expect(invitation_method).toBe("REQUEST");
    await outside.work();
    expect(await namesOf(meeting)).toEqual(["0/guest", "0/host"]);
  });

  it("has its fixed link and its number in mail and invitation at once", async () => {
    const details = {
      linkUrl: "https://meet.example/robin",
      phone: "+12125550123",
      phoneExtension: "12",
    };
    const meeting = await book(await setUp({ video: "link", details }));
    const guest = await mail(meeting, "0/guest");
    expect(guest.body_text).toContain("https://meet.example/robin");
    expect(guest.body_text).toContain("Or by phone: +1 212 555 0123, extension 12");
    expect(guest.invitation).toContain("LOCATION:https://meet.example/robin");
    expect(meeting.place).toMatchObject({ kind: "link", state: "ready" });
  });
});

describe("a meeting with a room and a calendar", () => {
  it("gets one room and one event, and the mails after them say where", async () => {
    const place = await setUp({ video: "zoom", calendar: "google" });
    const meeting = await book(place);
    expect(meeting.place).toMatchObject({ kind: "zoom", state: "pending" });
    expect(await namesOf(meeting)).toEqual([]);
    await outside.work();
    expect([outside.rooms.size, outside.events.size]).toEqual([1, 1]);
    const [event] = outside.events.values();
    const link = "https://zoom.example/j/zoom-1";
    expect((await now(meeting)).place).toMatchObject({
      state: "ready",
      joinUrl: expect.stringContaining("/j/"),
    });
    expect(event).toMatchObject({ startAt: at(10), invites: true, told: 1 });
    expect(event?.location).toBe((await now(meeting)).place?.joinUrl);
    expect(link).toContain("zoom.example");
    const guest = await mail(meeting, "0/guest");
    expect(guest.body_text).toContain((await now(meeting)).place?.joinUrl ?? "none");
    // The calendar invites the guest, and the host has the event: one invitation each.
    expect([guest.invitation, (await mail(meeting, "0/host")).invitation]).toEqual([null, null]);
    await outside.work();
    expect(await namesOf(meeting)).toEqual(["0/guest", "0/host"]);
  });

  it("in a calendar that invites nobody is one event, and our invitation for the guest alone", async () => {
    const meeting = await book(await setUp({ calendar: "caldav" }));
    await outside.work();
    expect([...outside.events.values()]).toMatchObject([{ invites: false }]);
    expect((await mail(meeting, "0/guest")).invitation_method).toBe("REQUEST");
    expect((await mail(meeting, "0/host")).invitation).toBe(null);
  });

  it("by Google Meet has its link from the event, also when that takes a while", async () => {
    const meeting = await book(await setUp({ video: "meet", calendar: "google" }));
    outside.meet.isPending = true;
    await outside.work();
    expect((await now(meeting)).place).toMatchObject({ kind: "meet", state: "pending" });
    expect(await namesOf(meeting)).toEqual([]);
    outside.meet.isPending = false;
    await later(4 * SECOND);
    await outside.work();
    expect((await now(meeting)).place).toMatchObject({
      state: "ready",
      joinUrl: `https://meet.example/${meeting.id}`,
    });
    expect((await mail(meeting, "0/guest")).body_text).toContain("https://meet.example/");
    expect(outside.events.size).toBe(1);
  });

  it("moved keeps its room, its event and its UID", async () => {
    const meeting = await book(await setUp({ video: "zoom", calendar: "caldav" }));
    await outside.work();
    const before = await now(meeting);
    const [eventBefore] = outside.events.values();
    const moved = await move(before, at(14));
    await outside.work();
    expect((await now(moved)).place?.joinUrl).toBe(before.place?.joinUrl);
    expect([...outside.rooms.values()]).toMatchObject([{ startAt: at(14) }]);
    expect([...outside.events.values()]).toMatchObject([
      { startAt: at(14), sequence: 1, uid: eventBefore?.uid },
    ]);
    const uid = (text: string | null) => /UID:.*/.exec(text ?? "")?.[0];
    const [first, second] = [await mail(moved, "0/guest"), await mail(moved, "1/guest")];
    expect(uid(second.invitation)).toBe(uid(first.invitation));
    expect(second.invitation).toMatch(/SEQUENCE:1\r\n/);
    expect(await namesOf(moved)).toEqual(["0/guest", "0/host", "1/guest", "1/host"]);
  });

  it("moved twice quickly ends at the last time, each change mailed once", async () => {
    const meeting = await book(await setUp({ video: "zoom", calendar: "google" }));
    await move(await move(meeting, at(14)), at(15));
    await outside.work();
    expect([...outside.rooms.values()]).toMatchObject([{ startAt: at(15) }]);
    expect([...outside.events.values()]).toMatchObject([{ startAt: at(15), sequence: 2, told: 1 }]);
    expect(await namesOf(meeting)).toEqual(["0/guest", "0/host", "1/guest", "1/host", "2/guest", "2/host"]);
  });

  it("given to a colleague has the colleague's room and event; the former ones are gone", async () => {
    const place = await setUp({ video: "zoom", calendar: "google" });
    const meeting = await book(place);
    await outside.work();
    const before = await now(meeting);
    const given = await changeHost(world.deps, before, { hostId: place.colleague, by: place.host });
    expect(given.outcome).toBe("given");
    await outside.work();
    const after = await now(meeting);
    expect(after.place).toMatchObject({ kind: "zoom", state: "ready" });
    expect(after.place?.joinUrl).not.toBe(before.place?.joinUrl);
    expect([outside.rooms.size, outside.events.size]).toEqual([1, 1]);
    expect(outside.cancelledToGuests).toHaveLength(1);
    expect(await namesOf(meeting)).toEqual(["0/guest", "0/host", "1/former", "1/guest", "1/host"]);
    expect((await mail(meeting, "1/guest")).body_text).toContain(after.place?.joinUrl ?? "none");
  });

  it("cancelled leaves nothing outside", async () => {
    const meeting = await book(await setUp({ video: "zoom", calendar: "google" }));
    await outside.work();
    await cancelMeeting(world.deps, await now(meeting), "guest");
    await outside.work();
    expect([outside.rooms.size, outside.events.size]).toEqual([0, 0]);
    // The calendar takes back what it sent.
    expect(outside.cancelledToGuests).toHaveLength(1);
    expect((await mail(meeting, "1/guest")).invitation).toBe(null);
  });
});

describe("what goes wrong outside", () => {
  it("an answer that is lost makes no second room and no second event", async () => {
    const meeting = await book(await setUp({ video: "zoom", calendar: "google" }));
    outside.fail("create", down(), { isLost: true });
    outside.fail("write", down(), { isLost: true });
    await outside.work();
    expect(await namesOf(meeting)).toEqual([]);
    for (const seconds of [10, 20, 30]) {
      await later(seconds * SECOND);
      await outside.work();
    }
    expect([outside.rooms.size, outside.events.size]).toEqual([1, 1]);
    expect([...outside.events.values()]).toMatchObject([{ told: 1 }]);
    expect(await namesOf(meeting)).toEqual(["0/guest", "0/host"]);
  });

  it("too many requests are tried again when the provider said, and not before", async () => {
    await book(await setUp({ video: "zoom" }));
    outside.fail("create", new ProviderError("rate", "429", 60 * SECOND));
    await outside.work();
    await later(50 * SECOND);
    await outside.work();
    expect(outside.asked.filter((deed) => deed === "create")).toHaveLength(1);
    await later(62 * SECOND);
    await outside.work();
    expect(outside.rooms.size).toBe(1);
  });

  it("a provider that is down holds the mails back for two minutes at most; the link follows in one more", async () => {
    const meeting = await book(await setUp({ video: "zoom" }));
    for (let count = 0; count < 30; count++) outside.fail("create", down());
    for (let seconds = 0; seconds < 118; seconds += 10) {
      await later(seconds * SECOND);
      await outside.work();
    }
    expect(await namesOf(meeting)).toEqual([]);
    await later(120 * SECOND);
    await outside.work();
    expect(await namesOf(meeting)).toEqual(["0/guest", "0/host"]);
    expect((await mail(meeting, "0/guest")).body_text).toContain("the link follows");
    expect((await mail(meeting, "0/guest")).invitation).toContain("foyer.example/meeting/");
    outside.forgetAll();
    await later(3_600 * SECOND);
    await outside.work();
    const names = await namesOf(meeting);
    expect(names.filter((name) => name.includes("/link-"))).toHaveLength(2);
    const link = (await outside.mailsOf(meeting.id)).find(({ name }) => /link-.*guest/.test(name));
    expect(link?.body_text).toContain("https://zoom.example/j/");
    // The same event, told once more.
    expect(link?.invitation).toMatch(/SEQUENCE:0\r\n/);
    expect(link?.invitation).toContain("https://zoom.example/j/");
    await outside.work();
    expect(await namesOf(meeting)).toEqual(names);
  });

  it("a refusal for good is a task of the host; the guest is confirmed all the same, and it can be tried again", async () => {
    const place = await setUp({ video: "zoom", calendar: "google" });
    const meeting = await book(place);
    outside.fail("create", new ProviderError("approval", "4717"));
    outside.fail("write", new ProviderError("refused", "403"));
    await outside.work();
    expect((await now(meeting)).state).toBe("booked");
    expect(await tasks(meeting)).toEqual([
      { kind: "event", provider: "google", problem: "refused" },
      { kind: "room", provider: "zoom", problem: "needs_approval" },
    ]);
    expect(outside.problems.map(({ kind }) => kind)).toEqual(["approval"]);
    // Nobody else invites now.
    expect((await mail(meeting, "0/guest")).invitation_method).toBe("REQUEST");
    await outside.work();
    expect(outside.asked).toEqual(["create", "write"]);
    await retryMeeting(world.deps, await now(meeting));
    await outside.work();
    expect(await tasks(meeting)).toEqual([]);
    expect([...outside.events.values()]).toMatchObject([{ invites: false, told: 0 }]);
    expect((await namesOf(meeting)).filter((name) => name.includes("/link-"))).toHaveLength(1);
  });

  it("a cancellation while the room is being made leaves no room behind", async () => {
    const meeting = await book(await setUp({ video: "zoom", calendar: "google" }));
    outside.meanwhile("create", async () => {
      await cancelMeeting(world.deps, await now(meeting), "guest");
    });
    await outside.work();
    await later(5 * SECOND);
    await outside.work();
    expect([outside.rooms.size, outside.events.size]).toEqual([0, 0]);
    expect(await namesOf(meeting)).toEqual(["0/guest", "0/host", "1/guest", "1/host"]);
  });

  it("nor does one after a try whose answer was lost", async () => {
    const meeting = await book(await setUp({ video: "zoom", calendar: "google" }));
    outside.fail("create", down(), { isLost: true });
    await outside.work();
    expect(outside.rooms.size).toBe(1);
    await cancelMeeting(world.deps, await now(meeting), "guest");
    await outside.work();
    await later(10 * SECOND);
    await outside.work();
    expect([outside.rooms.size, outside.events.size]).toEqual([0, 0]);
  });

  it("a room that somebody removed is made anew, and the new link told", async () => {
    const meeting = await book(await setUp({ video: "zoom" }));
    await outside.work();
    const before = (await now(meeting)).place?.joinUrl;
    outside.rooms.clear();
    await move(await now(meeting), at(14));
    await outside.work();
    const after = (await now(meeting)).place?.joinUrl;
    expect(after).not.toBe(before);
    expect((await mail(meeting, "1/guest")).body_text).toContain(after ?? "none");
  });

  it("of two runs at once one works; the other comes back", async () => {
    const meeting = await book(await setUp({ video: "zoom", calendar: "google" }));
    const ref = { workspaceId: meeting.workspaceId, meetingId: meeting.id };
    outside.meanwhile("create", () => outside.work());
    await outside.work();
    expect(outside.asked.filter((deed) => deed === "create")).toHaveLength(1);
    const { rows } = await world.pool.query(
      "select 1 from pgboss.job where data->>'task' = 'meeting:follow' and data->'payload'->>'meetingId' = $1",
      [ref.meetingId],
    );
    expect(rows.length).toBeGreaterThan(0);
    await later(10 * SECOND);
    await outside.work();
    expect([outside.rooms.size, outside.events.size]).toEqual([1, 1]);
  });
});

describe("a host whose calendar proves busy after all", () => {
  it("keeps the meeting, as a task; both are told once and offered the nearest times", async () => {
    const place = await setUp({ calendar: "google" });
    const meeting = await book(place);
    outside.busy.add(place.host);
    await outside.work();
    await outside.work();
    expect((await now(meeting)).state).toBe("booked");
    expect(await tasks(meeting)).toEqual([{ kind: "conflict", provider: null, problem: "busy_after_all" }]);
    const names = await namesOf(meeting);
    expect(names).toEqual([`0/conflict/${place.host}`, "0/conflict/guest", "0/guest", "0/host"].sort());
    const guest = await mail(meeting, "0/conflict/guest");
    const { slots } = await listSlotsToMove(world.deps, { ...meeting, meetingId: meeting.id });
    const offered = [...guest.body_text.matchAll(/#move=(\d+)/g)].map((match) => Number(match[1]));
    expect(offered).toHaveLength(3);
    for (const start of offered) expect(decodeSlots(slots)).toContain(start);
    // Nearest: an hour away at most.
    for (const start of offered) expect(Math.abs(start - at(10))).toBeLessThanOrEqual(60 * 60_000);
  });

  it("has no task any more once it is moved to a free time", async () => {
    const place = await setUp({ calendar: "google" });
    const meeting = await book(place);
    outside.busy.add(place.host);
    await outside.work();
    outside.busy.clear();
    await move(await now(meeting), at(14));
    await outside.work();
    expect(await tasks(meeting)).toEqual([]);
    expect((await namesOf(meeting)).filter((name) => name.includes("conflict"))).toHaveLength(2);
  });

  it("is not accused while the calendar cannot be asked", async () => {
    const meeting = await book(await setUp({ calendar: "google" }));
    outside.cannotLook();
    await outside.work();
    expect(await tasks(meeting)).toEqual([]);
    expect(outside.events.size).toBe(1);
  });
});

import { randomUUID } from "node:crypto";
import type { MemberId } from "../../shared/model/ids.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import type { HostChoice } from "../../shared/protocol/visitor-routes.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { type BookingWish, bookMeeting } from "./book-meeting.ts";
import type { Guest } from "./guest.ts";
import { holdTypeSlot } from "./hold-slot.ts";
import { listTypeSlots } from "./list-slots.ts";
import { meetingById } from "./store.ts";
import { type createMeetingWorld, monday } from "./testing.ts";
import type { TypeRow } from "./types-store.ts";

type World = Awaited<ReturnType<typeof createMeetingWorld>>;
type Form = Partial<BookingWish>;

/** What tests of meeting types do over and over, in the world that is there by then. */
export function typeActions(world: () => World) {
  async function setUp(hosts: number, hours: Partial<MeetingHours> = {}) {
    await world().setClock(monday);
    const place = await world().addWorkspace();
    const ids: MemberId[] = [];
    for (let index = 0; index < hosts; index++) ids.push(await world().addHost(place.workspaceId, hours));
    return { ...place, hosts: ids };
  }

  const offer = (guest: Guest, type: TypeRow, host: HostChoice = "any", duration?: number) =>
    listTypeSlots(world().deps, guest, { type, host, duration });
  const starts = async (guest: Guest, type: TypeRow, host: HostChoice = "any") =>
    decodeSlots((await offer(guest, type, host)).slots);

  async function hold(guest: Guest, type: TypeRow, startAt: number, host: HostChoice = "any") {
    const offered = await offer(guest, type, host);
    return holdTypeSlot(world().deps, guest, { host, startAt, offer: offered.offer }, type);
  }

  async function book(
    guest: Guest,
    type: TypeRow,
    startAt: number,
    host: HostChoice = "any",
    form: Form = {},
  ) {
    const held = await hold(guest, type, startAt, host);
    if (held.outcome !== "held") return held;
    return bookMeeting(world().deps, guest, {
      key: randomUUID(),
      holdId: held.hold.holdId,
      name: "Gustava Guest",
      email: `${randomUUID()}@example.org`,
      note: "",
      zone: "Europe/Berlin",
      ...form,
    });
  }

  async function booked(
    guest: Guest,
    type: TypeRow,
    startAt: number,
    host: HostChoice = "any",
    form: Form = {},
  ) {
    const done = await book(guest, type, startAt, host, form);
    if (done.outcome !== "booked") throw new Error(`not booked: ${done.outcome}`);
    const row = await meetingById(world().db, guest.workspaceId, done.meeting.id);
    if (row === undefined) throw new Error("a booked meeting is stored");
    return row;
  }

  return { setUp, offer, starts, hold, book, booked };
}

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Instant, MeetingId } from "../../shared/model/ids.ts";
import type { ProviderAccount } from "../connections/port.ts";
import type { ConferenceProvider, RoomToMake } from "./port.ts";

// The one suite of services with rooms: every way in which a meeting gets its link passes it.

/** A service to try, with one account. */
export type RoomCounterpart = {
  provider: ConferenceProvider;
  account: ProviderAccount;
  /** Rooms that are there now, read past the adapter. Null: the link is always the same and nothing is made. */
  rooms: () => { startAt: Instant; topic: string }[] | null;
  /** The next request of this kind is carried out, and its answer lost; null where nothing is sent. */
  loseNext: ((what: "making" | "removing") => void) | null;
  /** How the service says these things to the next request; null: it never does. */
  say: { later: (() => void) | null; never: (() => void) | null; down: (() => void) | null };
  /** Somebody removes the rooms with another program. */
  forget: () => void;
  close(): Promise<void>;
};

const march = Date.UTC(2027, 2, 15, 14);
export const roomToMake: RoomToMake = {
  meetingId: "01990000-0000-7000-8000-000000000001" as MeetingId,
  topic: 'Zoë "Zee" O’Neil 🌊 & Testing Ltd',
  startAt: march,
  endAt: march + 30 * 60_000,
  zone: "Europe/Berlin",
};

export function describeRooms(name: string, setUp: () => Promise<RoomCounterpart>): void {
  describe(`${name} as a place to meet`, () => {
    let bench: RoomCounterpart;
    beforeEach(async () => {
      bench = await setUp();
    });
    afterEach(() => bench.close());
    const create = (room: RoomToMake = roomToMake, mayExist = false) =>
      bench.provider.create(bench.account, room, { mayExist });

    it("makes a room with a link, at the right instant, called as it was wished", async () => {
      const room = await create();
      expect(room.joinUrl).toMatch(/^https:\/\//);
      expect(room.id).toMatch(/./);
      expect(bench.rooms() ?? [{ startAt: march, topic: roomToMake.topic }]).toEqual([
        { startAt: march, topic: roomToMake.topic },
      ]);
    });

    it("keeps the link when the room is moved", async () => {
      const room = await create();
      const later = { ...roomToMake, startAt: march + 3_600_000, endAt: march + 5_400_000 };
      await bench.provider.update(bench.account, room.id, later);
      expect(bench.rooms()?.map(({ startAt }) => startAt) ?? [later.startAt]).toEqual([later.startAt]);
      expect((await create(later, true)).joinUrl).toBe(room.joinUrl);
    });

    it("makes one room, though the answer to the first try was lost", async () => {
      if (bench.loseNext === null) return;
      bench.loseNext("making");
      await expect(create()).rejects.toMatchObject({ kind: "transient" });
      const room = await create(roomToMake, true);
      expect(room.joinUrl).toMatch(/^https:\/\//);
      expect(bench.rooms()).toHaveLength(1);
    });

    it("makes a room for each meeting", async () => {
      await create();
      await create({ ...roomToMake, meetingId: "01990000-0000-7000-8000-000000000002" as MeetingId }, true);
      expect(bench.rooms()?.length ?? 2).toBe(2);
    });

    it("takes a room away, once or twice, or when somebody else was first", async () => {
      const room = await create();
      bench.loseNext?.("removing");
      if (bench.loseNext !== null)
        await expect(bench.provider.remove(bench.account, room.id)).rejects.toMatchObject({
          kind: "transient",
        });
      await bench.provider.remove(bench.account, room.id);
      await bench.provider.remove(bench.account, room.id);
      expect(bench.rooms() ?? []).toEqual([]);
    });

    it("says when the room to be moved is gone, so that another is made", async () => {
      const room = await create();
      bench.forget();
      if (bench.rooms() === null) return;
      await expect(bench.provider.update(bench.account, room.id, roomToMake)).rejects.toMatchObject({
        kind: "gone",
      });
    });

    it("tells later, never and nobody there apart", async () => {
      const { later, never, down } = bench.say;
      if (later !== null) {
        later();
        await expect(create()).rejects.toMatchObject({ kind: "rate", retryAfterMs: 30_000 });
      }
      if (never !== null) {
        never();
        await expect(create()).rejects.toMatchObject({
          kind: expect.stringMatching(/refused|invalid|scope/),
        });
      }
      if (down !== null) {
        down();
        await expect(create()).rejects.toMatchObject({ kind: "transient" });
      }
      expect(bench.rooms() ?? []).toEqual([]);
    });

    it("takes the longest and oddest names", async () => {
      const topic = `${"👩‍💻".repeat(80)} \u0000"'<&>`;
      // A simulator holds the request against what its service takes.
      expect((await create({ ...roomToMake, topic })).joinUrl).toMatch(/^https:/);
    });
  });
}

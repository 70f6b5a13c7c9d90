import { describe, expect, it } from "vitest";
import type { WrittenEvent } from "./port.ts";
import { type Bench, kindOf, march, meetingToWrite, outside, span } from "./testing-counterpart.ts";

// What an implementation writes for a meeting of ours.

const hour = 3_600_000;
const awkwardName = `Zoë "Zed" O'Brien-Müller 🚀`;

export function describeWriting(given: () => Bench): void {
  const write = (event = meetingToWrite(), known: WrittenEvent | null = null) =>
    given().provider.writeEvent(given().account, given().calendar.ref, event, known);
  const remove = (known: WrittenEvent, options = { note: "Something came up", tells: true }) =>
    given().provider.removeEvent(given().account, given().calendar.ref, known, options);

  const loseAnswer = () => given().account.loseAnswerTo(given().name === "caldav" ? "PUT" : "POST");

  describe("writes meetings", () => {
    it("puts a meeting into the calendar", async () => {
      const written = await write();
      expect(written).toMatchObject({ joinUrl: null, isRoomPending: false });
      const [seen, ...others] = await given().events();
      expect(others).toEqual([]);
      const { title, location, startAt, endAt, attendees } = meetingToWrite();
      expect(seen).toMatchObject({ title, location, start: startAt, end: endAt, attendees });
      expect(seen?.description).toContain("Budget: 5 < 10 & rising");
    });

    it("makes one event of the same call twice, knowing of the first or not", async () => {
      const first = await write();
      expect((await write()).externalId).toBe(first.externalId);
      expect((await write(meetingToWrite(), first)).externalId).toBe(first.externalId);
      expect(await given().events()).toHaveLength(1);
    });

    it("makes one event when the answer to the first call was lost", async () => {
      loseAnswer();
      expect(await kindOf(write())).toBe("transient");
      expect(await given().events()).toHaveLength(1);
      const written = await write();
      const events = await given().events();
      expect(events).toHaveLength(1);
      await remove(written);
      expect(await given().events()).toEqual([]);
    });

    it("makes one event when it was changed after an answer was lost", async () => {
      loseAnswer();
      await kindOf(write());
      const moved = meetingToWrite({
        sequence: 1,
        startAt: meetingToWrite().startAt + hour,
        endAt: meetingToWrite().endAt + hour,
      });
      await write(moved);
      const events = await given().events();
      expect(events.map(({ start }) => start)).toEqual([moved.startAt]);
    });

    it("moves a meeting: the same event with the same UID", async () => {
      const written = await write();
      const [before] = await given().events();
      const moved = meetingToWrite({
        sequence: 1,
        startAt: meetingToWrite().startAt + hour,
        endAt: meetingToWrite().endAt + hour,
      });
      const again = await write(moved, written);
      const [after, ...others] = await given().events();
      expect(again.externalId).toBe(written.externalId);
      expect(others).toEqual([]);
      expect(after).toMatchObject({ uid: before?.uid, start: moved.startAt, end: moved.endAt });
      if (before?.sequence !== null) expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);
      // The provider changed its mark with each: the one that is known now still leads to it.
      await write(meetingToWrite({ sequence: 2 }), again);
      expect((await given().events()).map(({ start }) => start)).toEqual([meetingToWrite().startAt]);
    });

    it("changes place, title and guests", async () => {
      const written = await write();
      const changes = {
        sequence: 1,
        title: "Demo with Ada",
        location: "+44 20 7946 0000",
        attendees: [
          { name: "Ada Lovelace", email: "ada@engines.example" },
          { name: "Jonas Weber", email: "jonas@northwind.example" },
        ],
      };
      await write(meetingToWrite(changes), written);
      const [seen] = await given().events();
      const { sequence: _, ...expected } = changes;
      expect(seen).toMatchObject(expected);
    });

    it("keeps a name with umlauts, quotes, an apostrophe and an emoji as it is", async () => {
      const guest = { name: awkwardName, email: "zoe@engines.example" };
      await write(meetingToWrite({ title: `Intro with ${awkwardName}`, attendees: [guest] }));
      const [seen] = await given().events();
      expect(seen).toMatchObject({ title: `Intro with ${awkwardName}`, attendees: [guest] });
    });

    it("names nobody as a guest when it shall not invite, where inviting is the provider's", async ({
      skip,
    }) => {
      if (!given().provider.caps.invites) return skip("This provider invites nobody.");
      await write(meetingToWrite({ invites: false }));
      expect((await given().events()).map(({ attendees }) => attendees)).toEqual([[]]);
    });

    it("removes a meeting, and is content when it is gone already", async () => {
      const written = await write();
      await remove(written);
      expect(await given().events()).toEqual([]);
      await remove(written);
      await remove(written, { note: "", tells: false });
    });

    it("writes a meeting again that was removed, by us or by its owner", async () => {
      const written = await write();
      await remove(written, { note: "", tells: false });
      const again = await write(meetingToWrite({ sequence: 2 }));
      expect(await given().events()).toHaveLength(1);
      await remove(again, { note: "", tells: false });
      await write(meetingToWrite({ sequence: 4 }), again);
      expect((await given().events()).map(({ start }) => start)).toEqual([meetingToWrite().startAt]);
    });

    it("knows a meeting of ours again, also after it moved", async () => {
      const { provider, account, calendar, putEvent } = given();
      await putEvent(outside("timed", "03-18T09:00", "03-18T10:00"));
      const follower = given().follow();
      await follower.read();
      const written = await write();
      await follower.read();
      const { meetingId, startAt } = meetingToWrite();
      expect(follower.ownMeetings()).toEqual([meetingId]);
      await write(
        meetingToWrite({ sequence: 1, startAt: startAt + hour, endAt: startAt + 2 * hour }),
        written,
      );
      await follower.read();
      expect(follower.ownMeetings()).toEqual([meetingId]);
      const items = await provider.readBusy(account, calendar, march);
      expect(items.map(({ ownMeetingId, busy }) => ({ ownMeetingId, busy }))).toEqual(
        expect.arrayContaining([
          { ownMeetingId: meetingId, busy: [span("03-16T15:00", "03-16T16:00")] },
          { ownMeetingId: null, busy: [span("03-18T13:00", "03-18T14:00")] },
        ]),
      );
    });

    it("makes a room with the event when it is asked to", async ({ skip }) => {
      const { room } = given().provider.caps;
      if (room === null) return skip("This provider has no rooms.");
      const event = meetingToWrite({ makesRoom: room, location: "", url: null });
      const written = await write(event);
      const ready = written.isRoomPending ? await write(event, written) : written;
      expect(ready).toMatchObject({ joinUrl: expect.stringMatching(/^https:/), isRoomPending: false });
      const moved = await write(
        { ...event, sequence: 1, startAt: event.startAt + hour, endAt: event.endAt + hour },
        ready,
      );
      expect(moved.joinUrl).toBe(ready.joinUrl);
    });
  });

  describe("says what is to be done when a meeting cannot be written", () => {
    it("tells too many requests, an error of the provider's, no access and a missing permission apart", async () => {
      const { account, answers } = given();
      account.answerNext({ status: 429, headers: { "retry-after": "7" } });
      expect(await kindOf(write())).toBe("rate");
      account.answerNext({ status: 502 });
      expect(await kindOf(write())).toBe("transient");
      account.answerNext({ status: 401 });
      expect(await kindOf(write())).toBe("auth");
      if (answers.scope) {
        account.answerNext(answers.scope);
        expect(await kindOf(write())).toBe("scope");
      }
      expect(await given().events()).toEqual([]);
      const written = await write();
      account.answerNext({ status: 500 });
      expect(await kindOf(remove(written))).toBe("transient");
    });

    it("says that a calendar is not there", async () => {
      const { provider, account, missing } = given();
      expect(await kindOf(provider.writeEvent(account, missing.ref, meetingToWrite(), null))).toBe("gone");
    });
  });
}

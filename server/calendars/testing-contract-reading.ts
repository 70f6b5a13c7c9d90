import { describe, expect, it } from "vitest";
import { eventKinds, meanings } from "./meaning.ts";
import { type Bench, kindOf, march, outside, problemOf, span } from "./testing-counterpart.ts";

// What an implementation reads, and what it does when it cannot.

export function describeReading(given: () => Bench): void {
  /** The same by both ways of reading. */
  async function expectBusy(...expected: ReturnType<typeof span>[]): Promise<void> {
    expect(await given().busyNow()).toEqual(expected);
    const follower = given().follow();
    expect((await follower.read()).isWhole).toBe(true);
    expect(follower.busy()).toEqual(expected);
  }

  describe("reads what keeps its owner", () => {
    it("reads an empty calendar as free", () => expectBusy());

    for (const kind of eventKinds.filter((each) => each !== "all_day")) {
      it(`reads ${kind.replaceAll("_", " ")} as the table of meanings says`, async ({ skip }) => {
        const meaning = meanings[kind][given().name];
        if (meaning === null) return skip("This provider has no such kind.");
        await given().putEvent(outside(kind, "03-16T09:00", "03-16T10:30"));
        return expectBusy(...(meaning === "busy" ? [span("03-16T13:00", "03-16T14:30")] : []));
      });
    }

    it("reads whole days in the calendar's zone, also when a day has 23 hours", async () => {
      await given().putEvent(outside("all_day", "03-14", "03-15"));
      await given().putEvent(outside("all_day", "03-17", "03-19"));
      await expectBusy(span("03-14T05:00", "03-15T04:00"), span("03-17T04:00", "03-19T04:00"));
    });

    it("reads whole days in the zone it is given for them", async () => {
      const { provider, account, calendar, putEvent } = given();
      await putEvent(outside("all_day", "03-17", "03-18"));
      const items = await provider.readBusy(account, { ...calendar, zone: "Asia/Tokyo" }, march);
      expect(items.flatMap(({ busy }) => busy)).toEqual([span("03-16T15:00", "03-17T15:00")]);
    });

    it("reads a whole day that is marked as free as free", async () => {
      await given().putEvent(outside("free", "03-17", "03-18"));
      await expectBusy();
    });

    it("reads a series over a change of clocks, less what was left out or called off, and what was moved where it is", async () => {
      await given().putEvent(
        outside("timed", "03-01T09:00", "03-01T09:30", {
          repeats: {
            rule: "FREQ=WEEKLY;COUNT=5",
            except: ["2027-03-08T09:00"],
            moved: [{ from: "2027-03-22T09:00", start: "2027-03-23T14:00", end: "2027-03-23T15:00" }],
            cancelled: ["2027-03-29T09:00"],
          },
        }),
      );
      await expectBusy(
        span("03-01T14:00", "03-01T14:30"),
        span("03-15T13:00", "03-15T13:30"),
        span("03-23T18:00", "03-23T19:00"),
      );
    });

    it("reads a series of whole days, and one that never ends", async () => {
      const endless = { rule: "FREQ=WEEKLY", except: [], moved: [], cancelled: [] };
      await given().putEvent(outside("all_day", "03-10", "03-11", { repeats: endless }));
      await given().putEvent(outside("free", "03-11T09:00", "03-11T10:00", { repeats: endless }));
      await expectBusy(
        span("03-10T05:00", "03-11T05:00"),
        span("03-17T04:00", "03-18T04:00"),
        span("03-24T04:00", "03-25T04:00"),
        span("03-31T04:00", "04-01T00:00"),
      );
    });

    it("reads an event in another zone than the calendar's, and one that went to another zone", async () => {
      const { putEvent, changeEvent } = given();
      const name = await putEvent(outside("timed", "03-16T09:00", "03-16T10:00"));
      const follower = given().follow();
      await follower.read();
      await changeEvent(name, outside("timed", "03-16T09:00", "03-16T10:00", { zone: "Asia/Tokyo" }));
      await follower.read();
      expect(follower.busy()).toEqual([span("03-16T00:00", "03-16T01:00")]);
      await expectBusy(span("03-16T00:00", "03-16T01:00"));
    });

    it("cuts what lasts past the window, and leaves out what only touches it", async () => {
      await given().putEvent(outside("timed", "02-27T09:00", "03-02T09:00"));
      await given().putEvent(outside("timed", "03-31T20:00", "03-31T21:00"));
      await expectBusy(span("03-01T00:00", "03-02T14:00"));
    });

    it("reads the same calendar's free time in a window of minutes", async () => {
      await given().putEvent(outside("timed", "03-16T09:00", "03-16T10:00"));
      expect(await given().busyNow(span("03-16T13:30", "03-16T13:45"))).toEqual([
        span("03-16T13:30", "03-16T13:45"),
      ]);
      expect(await given().busyNow(span("03-16T14:00", "03-16T14:30"))).toEqual([]);
    });
  });

  describe("follows changes", () => {
    it("learns of what is new, what moved, what is marked as free and what was removed", async () => {
      const { putEvent, changeEvent, removeEvent } = given();
      const first = await putEvent(outside("timed", "03-16T09:00", "03-16T10:00"));
      const second = await putEvent(outside("timed", "03-17T09:00", "03-17T10:00"));
      const third = await putEvent(outside("timed", "03-18T09:00", "03-18T10:00"));
      const follower = given().follow();
      await follower.read();
      await changeEvent(first, outside("timed", "03-16T11:00", "03-16T12:00"));
      await removeEvent(second);
      await changeEvent(third, outside("free", "03-18T09:00", "03-18T10:00"));
      await putEvent(outside("timed", "03-19T09:00", "03-19T10:00"));
      await follower.read();
      expect(follower.busy()).toEqual([
        span("03-16T15:00", "03-16T16:00"),
        span("03-19T13:00", "03-19T14:00"),
      ]);
    });

    it("learns of a series that was shortened, and of one that was removed", async () => {
      const { putEvent, changeEvent, removeEvent } = given();
      const daily = (count: number) => ({
        repeats: { rule: `FREQ=DAILY;COUNT=${count}`, except: [], moved: [], cancelled: [] },
      });
      const first = await putEvent(outside("timed", "03-16T09:00", "03-16T10:00", daily(3)));
      const second = await putEvent(outside("timed", "03-22T09:00", "03-22T10:00", daily(3)));
      const follower = given().follow();
      await follower.read();
      expect(follower.busy()).toHaveLength(6);
      await changeEvent(first, outside("timed", "03-16T09:00", "03-16T10:00", daily(1)));
      await removeEvent(second);
      await follower.read();
      expect(follower.busy()).toEqual([span("03-16T13:00", "03-16T14:00")]);
    });

    it("names each thing the same at every reading", async () => {
      const name = await given().putEvent(outside("timed", "03-16T09:00", "03-16T10:00"));
      const sources = async () =>
        (await given().follow().read()).items
          .filter(({ busy }) => busy.length > 0)
          .map(({ source }) => source);
      const before = await sources();
      await given().changeEvent(name, outside("timed", "03-16T10:00", "03-16T11:00"));
      expect(before).toHaveLength(1);
      expect(await sources()).toEqual(before);
    });

    it("reads everything again when the provider has forgotten where we were", async ({ skip }) => {
      const { answers, account, putEvent, removeEvent } = given();
      if (answers.forgotten === null) return skip("This provider has no place to forget.");
      const name = await putEvent(outside("timed", "03-16T09:00", "03-16T10:00"));
      const follower = given().follow();
      await follower.read();
      await removeEvent(name);
      await putEvent(outside("timed", "03-17T09:00", "03-17T10:00"));
      account.answerNext(answers.forgotten);
      expect((await follower.read()).isWhole).toBe(true);
      expect(follower.busy()).toEqual([span("03-17T13:00", "03-17T14:00")]);
      // And goes on from there.
      await putEvent(outside("timed", "03-18T09:00", "03-18T10:00"));
      await follower.read();
      expect(follower.busy()).toHaveLength(2);
    });
  });

  describe("does not take half an answer for one", () => {
    it("throws when the answer stops in its middle", async () => {
      const { answers, account, provider, calendar } = given();
      account.answerNext(answers.half);
      expect(await kindOf(given().busyNow())).toBe("transient");
      account.answerNext(answers.half);
      expect(await kindOf(provider.readChanges(account, calendar, null, march))).toBe("transient");
    });

    it("throws when a later page fails, and has all pages at the next try", async ({ skip }) => {
      const { account, provider, calendar, putEvent, pageSize } = given();
      if (pageSize === null) return skip("This provider has no pages.");
      for (let day = 10; day < 10 + pageSize + 2; day++) {
        await putEvent(outside("timed", `03-${day}T09:00`, `03-${day}T10:00`));
      }
      account.answerNext({ status: 500 }, 1);
      expect(await kindOf(given().busyNow())).toBe("transient");
      account.answerNext({ status: 500 }, 1);
      expect(await kindOf(provider.readChanges(account, calendar, null, march))).toBe("transient");
      expect(await given().busyNow()).toHaveLength(pageSize + 2);
      const follower = given().follow();
      await follower.read();
      expect(follower.busy()).toHaveLength(pageSize + 2);
    });
  });

  describe("says what is to be done about a failure", () => {
    const reading = {
      "reading busy times": () => given().busyNow(),
      "reading changes": () => given().follow().read(),
      "listing calendars": () => given().provider.listCalendars(given().account),
    };
    for (const [name, read] of Object.entries(reading)) {
      it(`${name}: too many requests, an error of the provider's, and no access`, async () => {
        const { account } = given();
        account.answerNext({ status: 429, headers: { "retry-after": "7" } });
        expect(await problemOf(read())).toMatchObject({ kind: "rate", retryAfterMs: 7000 });
        account.answerNext({ status: 500 });
        expect(await kindOf(read())).toBe("transient");
        account.answerNext({ status: 503, headers: { "retry-after": "2" } });
        expect(await problemOf(read())).toMatchObject({ kind: "transient", retryAfterMs: 2000 });
        account.answerNext({ status: 401 });
        expect(await kindOf(read())).toBe("auth");
        const { scope } = given().answers;
        if (scope === null) return;
        account.answerNext(scope);
        expect(await kindOf(read())).toBe("scope");
      });
    }

    it("says that a calendar is not there", async () => {
      const { provider, account, missing } = given();
      expect(await kindOf(provider.readBusy(account, missing, march))).toBe("gone");
      expect(await kindOf(provider.readChanges(account, missing, null, march))).toBe("gone");
    });

    it("hands on the signal that ends a reading", async () => {
      const { provider, account, calendar } = given();
      const { signal } = new AbortController();
      await provider.readBusy(account, calendar, march, signal);
      expect(account.asked.map((request) => request.signal)).toEqual(account.asked.map(() => signal));
    });
  });
}

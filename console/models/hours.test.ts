import { describe, expect, test } from "vitest";
import { defaultHours, type MeetingHours } from "../../shared/model/meetings.ts";
import { meetingHoursSchema } from "../../shared/protocol/console-routes.ts";
import type { ApiCall } from "../ports.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { HoursModel, nightReachOn } from "./hours.ts";

async function setUp() {
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9));
  let stored: MeetingHours = defaultHours("Europe/London");
  const asked: { route: string; input: unknown }[] = [];
  const call = (async (route: string, input: { hours: MeetingHours }) => {
    asked.push({ route, input });
    if (route === "PUT /api/hours") stored = input.hours;
    return route.startsWith("POST") ? { ok: true, free: [] } : { ok: true, hours: stored };
  }) as ApiCall;
  const hours = new HoursModel(call, clock);
  await hours.load();
  const previews = () => asked.filter(({ route }) => route === "POST /api/hours/preview");
  return { clock, hours, asked, previews };
}

describe("my hours", () => {
  test("are unsaved from the first change until they are saved or undone", async () => {
    const { hours } = await setUp();
    expect(hours.isDirty.value).toBe(false);
    hours.setDay(6, [{ start: 600, end: 720 }]);
    expect(hours.isDirty.value).toBe(true);
    hours.undo();
    expect(hours.isDirty.value).toBe(false);
    hours.setDay(6, [{ start: 600, end: 720 }]);
    await hours.save();
    expect(hours.isDirty.value).toBe(false);
    expect(hours.saved.value?.weekly.find((day) => day.weekday === 6)?.spans).toEqual([
      { start: 600, end: 720 },
    ]);
  });

  test("are previewed once after a burst of changes", async () => {
    const { hours, clock, previews } = await setUp();
    await clock.advance(1_000);
    expect(previews()).toHaveLength(1);
    hours.edit({ bufferMinutes: 10 });
    hours.edit({ bufferMinutes: 15 });
    await clock.advance(1_000);
    expect(previews()).toHaveLength(2);
    expect(previews()[1]?.input).toMatchObject({ hours: { bufferMinutes: 15 } });
  });

  test("are neither saved nor previewed while spans overlap", async () => {
    const { hours, clock, previews, asked } = await setUp();
    await clock.advance(1_000);
    const spans = [
      { start: 540, end: 720 },
      { start: 700, end: 800 },
    ];
    hours.setDay(1, spans);
    hours.setOverride("2026-12-24", spans);
    expect([...hours.spanProblems.value]).toEqual([
      ["1", "overlap"],
      ["2026-12-24", "overlap"],
    ]);
    await hours.save();
    await clock.advance(1_000);
    expect(previews()).toHaveLength(1);
    expect(asked.filter(({ route }) => route === "PUT /api/hours")).toEqual([]);
  });

  test("are neither saved nor taken for unchanged while a time is empty", async () => {
    const { hours, asked } = await setUp();
    hours.setDay(1, [{ start: Number.NaN, end: 1_020 }]);
    expect(hours.isDirty.value).toBe(true);
    expect(hours.spanProblems.value.get("1")).toBe("incomplete");
    await hours.save();
    expect(asked.filter(({ route }) => route === "PUT /api/hours")).toEqual([]);
  });

  test("are sent in order, however they were typed", async () => {
    const { hours } = await setUp();
    const early = { start: 540, end: 600 };
    const late = { start: 660, end: 720 };
    hours.setDay(1, [late, early]);
    hours.setOverride("2026-12-24", [late, early]);
    await hours.save();
    expect(hours.saved.value?.weekly[0]?.spans).toEqual([early, late]);
    expect(hours.saved.value?.overrides[0]?.spans).toEqual([early, late]);
    expect(hours.isDirty.value).toBe(false);
  });

  test("of a night reach into a day that differs, unless the day before differs too", async () => {
    const { hours } = await setUp();
    // 2026-12-25 is a Friday.
    hours.setDay(4, [{ start: 1_320, end: 1_800 }]);
    const reach = () => (hours.draft.value ? nightReachOn(hours.draft.value, "2026-12-25") : null);
    expect(reach()).toBe(360);
    hours.setOverride("2026-12-24", []);
    expect(reach()).toBe(0);
  });

  test("of one night may not run past the start of the next day's", async () => {
    const { hours } = await setUp();
    hours.setDay(7, [{ start: 1_320, end: 1_800 }]);
    hours.setDay(1, [{ start: 300, end: 600 }]);
    expect([...hours.spanProblems.value]).toEqual([["1", "night"]]);
    hours.setDay(1, [{ start: 360, end: 600 }]);
    expect(hours.isValid.value).toBe(true);
  });

  test("keep what was typed while the answer was under way", async () => {
    const { hours } = await setUp();
    hours.edit({ noticeMinutes: 60 });
    const saving = hours.save();
    hours.edit({ noticeMinutes: 120 });
    await saving;
    await settle();
    expect(hours.draft.value?.noticeMinutes).toBe(120);
    expect(hours.isDirty.value).toBe(true);
  });

  test("leave in a form that the server takes", async () => {
    const { hours } = await setUp();
    hours.setDay(5, [{ start: 1_320, end: 1_800 }]);
    hours.setOverride("2026-12-25", []);
    expect(meetingHoursSchema.safeParse(hours.draft.value).success).toBe(true);
  });
});

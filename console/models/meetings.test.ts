import { expect, test, vi } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import type { ApiCall } from "../ports.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { MeetingsModel } from "./meetings.ts";

function setUp(hasLink: boolean) {
  const call = vi.fn(async () => ({ ok: true, meetings: [] }));
  const clock = createFakeClock(0);
  const meetings = new MeetingsModel({
    link: createFakeLink(),
    call: call as unknown as ApiCall,
    clock,
    myId: "m" as MemberId,
    hasLink,
  });
  return { meetings, call, clock };
}

test("who has no link asks for the list again and again, until the desk is left", async () => {
  const { meetings, call, clock } = setUp(false);
  await clock.advance(60_000);
  expect(call).toHaveBeenCalledTimes(0);
  await meetings.load();
  await clock.advance(30_000);
  expect(call).toHaveBeenCalledTimes(4);
  meetings[Symbol.dispose]();
  await clock.advance(60_000);
  expect(call).toHaveBeenCalledTimes(4);
});

test("with a link one waits to be told", async () => {
  const { meetings, call, clock } = setUp(true);
  await meetings.load();
  await clock.advance(60_000);
  expect(call).toHaveBeenCalledTimes(1);
});

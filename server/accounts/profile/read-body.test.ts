import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readBody } from "./read-body.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const read = (stream: PassThrough) =>
  readBody(Object.assign(stream, { headers: {} }) as unknown as Parameters<typeof readBody>[0], {
    mostBytes: 10,
    deadlineMs: 20_000,
  });

it("gives up a body that comes too slowly", async () => {
  const stream = new PassThrough();
  const outcome = read(stream).catch((error: unknown) => error);
  stream.write("slow");
  await vi.advanceTimersByTimeAsync(20_001);
  expect(await outcome).toMatchObject({ code: "invalid_input", details: { field: "body" } });
  stream.end("ly");
});

it("reads one that comes in time, and leaves no timer behind", async () => {
  const stream = new PassThrough();
  const outcome = read(stream);
  stream.write("in ");
  await vi.advanceTimersByTimeAsync(19_000);
  stream.end("time");
  expect((await outcome).toString()).toBe("in time");
  expect(vi.getTimerCount()).toBe(0);
});

import { expect, test } from "vitest";
import type { ConnectionProblem } from "../../shared/model/connections.ts";
import type { ConnectionId, Instant, MemberId } from "../../shared/model/ids.ts";
import type { DoctorLine } from "../../shared/protocol/connection-routes.ts";
import type { ApiCall, Attention } from "../ports.ts";
import { DoctorModel } from "./doctor.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";

function line(
  name: string,
  reasons: DoctorLine["reasons"],
  problem: ConnectionProblem | null = null,
  problemAt: Instant | null = null,
): DoctorLine {
  const account = { provider: "google" as const, accountName: name, triedAt: 1, goodAt: 1 };
  const connections = [{ ...account, id: `c-${name}` as ConnectionId, problem, problemAt }];
  return { memberId: name as MemberId, connections, reasons };
}

function setUp(isAdmin: boolean) {
  const server = { members: [] as DoctorLine[], asked: 0, isHere: true };
  const call = (async () => {
    server.asked += 1;
    return { ok: true, members: server.members };
  }) as unknown as ApiCall;
  const attention: Attention = { isHere: () => server.isHere, onChange: () => () => undefined };
  const link = createFakeLink();
  const clock = createFakeClock(Date.UTC(2026, 10, 25, 9));
  return { server, link, clock, model: new DoctorModel(link, call, clock, attention, isAdmin) };
}

test("the newest problem stands first, and whoever has merely not set up comes after all of them", async () => {
  const { server, model } = setUp(true);
  server.members = [
    line("fine", []),
    line("new here", ["not_ready"]),
    line("since monday", ["needs_reauth"], "needs_reauth", 1_000),
    line("since today", ["zone_mismatch"], "zone_mismatch", 9_000),
    line("late only", [], "watch_expired", 5_000),
  ];
  await model.load();
  expect(model.troubled.value.map(({ memberId }) => memberId)).toEqual([
    "since today",
    "late only",
    "since monday",
    "new here",
  ]);
  // Not everybody who cannot be booked is ill.
  expect(model.ailing.value).toBe(3);
});

test("it looks again when the server says so and every minute, but not while nobody looks", async () => {
  const { server, link, clock } = setUp(true);
  link.say("settings:changed", { of: "connections" });
  await settle();
  expect(server.asked).toBe(1);
  await clock.advance(60_000);
  expect(server.asked).toBe(2);
  server.isHere = false;
  await clock.advance(300_000);
  expect(server.asked).toBe(2);
});

test("who is no admin never asks", async () => {
  const { server, model, link, clock } = setUp(false);
  await model.load();
  link.say("settings:changed", { of: "connections" });
  await clock.advance(120_000);
  expect(server.asked).toBe(0);
});

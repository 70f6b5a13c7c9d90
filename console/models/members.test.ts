import { expect, test } from "vitest";
import type { MemberId, TeamId } from "../../shared/model/ids.ts";
import type { MemberLine, TeamView } from "../../shared/protocol/member-routes.ts";
import type { ApiCall } from "../ports.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { MembersModel } from "./members.ts";
import type { Team } from "./team.ts";

const line = (id: string, more: Partial<MemberLine> = {}) =>
  ({ id: id as MemberId, role: "rep", isActive: true, presence: "offline", ...more }) as MemberLine;
const team = (...ids: string[]): TeamView => ({
  id: "t" as TeamId,
  name: "Sales",
  memberIds: ids as MemberId[],
});

test("who answers in a team: not the deactivated, and not those who are only booked", async () => {
  const people = [
    line("gone", { isActive: false }),
    line("booked", { role: "meetings_only" }),
    line("rep"),
    line("admin", { role: "admin" }),
  ];
  const call = (async (route: string) =>
    route === "GET /api/members"
      ? { ok: true, members: people }
      : { ok: true, teams: [] }) as unknown as ApiCall;
  const live = { byId: { value: new Map() } } as unknown as Team;
  const model = new MembersModel(createFakeLink(), call, createFakeClock(0), live);
  expect(model.answeringIn(team("rep"))).toBe(null);
  await model.load();
  expect(model.answeringIn(team("gone"))).toBe(0);
  expect(model.answeringIn(team("gone", "booked"))).toBe(0);
  expect(model.activeIn(team("gone", "booked").memberIds)).toBe(1);
  expect(model.answeringIn(team("gone", "booked", "rep", "admin"))).toBe(2);
});

import { expect, it } from "vitest";
import type { MemberId, TeamId } from "../../shared/model/ids.ts";
import type { MemberLine } from "../../shared/protocol/member-routes.ts";
import { isHereNow, type MemberSort, shownMembers } from "./member-list.ts";

const sales = { id: "t1" as TeamId, name: "Größte Kunden", memberIds: [] };

function member(firstName: string, more: Partial<MemberLine> = {}): MemberLine {
  return {
    id: firstName as MemberId,
    firstName,
    lastName: "Example",
    jobTitle: "Advisor",
    photoUrl: null,
    email: `${firstName.toLowerCase()}@team.example`,
    role: "rep",
    teamIds: [],
    presence: "offline",
    seenAt: null,
    isActive: true,
    deactivatedAt: null,
    needs: [],
    openChats: 0,
    meetingsToMove: 0,
    ...more,
  };
}

const team = [
  member("Zoë", { teamIds: [sales.id], seenAt: 20, needs: ["photo"] }),
  member("Arjun", { role: "meetings_only", seenAt: 30 }),
  member("Imogen", { role: "admin", presence: "available", needs: ["photo", "zone"] }),
  member("Left", { isActive: false }),
];
const all = { words: "", role: null, isActive: true };
const names = (filter: Partial<typeof all>, sort: Partial<MemberSort> = {}) =>
  shownMembers(team, [sales], { ...all, ...filter }, { by: "name", isDown: false, ...sort }).map(
    ({ firstName }) => firstName,
  );

it("finds by every word in name, address, title or team, whatever the case and accents", () => {
  expect(names({ words: "zoe  GROSSTE".replace("SS", "ß") })).toEqual(["Zoë"]);
  expect(names({ words: "advisor arjun@" })).toEqual(["Arjun"]);
  expect(names({ words: "advisor nobody" })).toEqual([]);
});

it("keeps the deactivated apart", () => {
  expect(names({})).toEqual(["Arjun", "Imogen", "Zoë"]);
  expect(names({ isActive: false })).toEqual(["Left"]);
});

it("sorts by name, role, presence and last seen, and what is to be done, both ways", () => {
  expect(names({}, { isDown: true })).toEqual(["Zoë", "Imogen", "Arjun"]);
  expect(names({}, { by: "role" })).toEqual(["Imogen", "Zoë", "Arjun"]);
  expect(names({}, { by: "seen" })).toEqual(["Imogen", "Arjun", "Zoë"]);
  expect(names({}, { by: "needs" })).toEqual(["Imogen", "Zoë", "Arjun"]);
});

it("whoever never chats is here while their console asks", () => {
  const at = 1_000_000;
  expect(isHereNow({ role: "meetings_only", seenAt: at - 60_000 }, at)).toBe(true);
  expect(isHereNow({ role: "meetings_only", seenAt: at - 121_000 }, at)).toBe(false);
  expect(isHereNow({ role: "meetings_only", seenAt: null }, at)).toBe(false);
  expect(isHereNow({ role: "rep", seenAt: at }, at)).toBe(false);
});

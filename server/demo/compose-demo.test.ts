import { describe, expect, test } from "vitest";
import type { Fact } from "../../shared/model/facts.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import { isEmail } from "../../shared/protocol/fields.ts";
import { createZones } from "../../shared/time/zone.ts";
import { fits } from "../meetings/fits.ts";
import { composeDemo } from "./compose-demo.ts";
import type { Faces } from "./encode-portraits.ts";
import { demoGuests } from "./guests.ts";
import { demoTeam } from "./team.ts";

const blank = { large: Buffer.of(1), small: Buffer.of(1) };
const faces: Faces = new Map(demoTeam.map((member) => [member.key, blank]));

// A Sunday, a Monday morning in every zone, both changes of the clock, the turn of the year, a leap day; each at odd hours.
const days = [
  "2026-11-22",
  "2026-11-23",
  "2027-03-14",
  "2027-03-28",
  "2026-10-25",
  "2026-12-31",
  "2028-02-29",
];
const moments = days.flatMap((day) =>
  [0, 4.5, 9, 13.25, 18, 23.9].map((hour) => Date.parse(day) + hour * 3_600_000),
);
const zones = createZones();

function composedAt(now: number) {
  return composeDemo({ now, shopPort: 3001, passwordHash: "x", faces });
}

describe("the demo's past", () => {
  test("is past, and its appointments ahead are in the future, whenever it is made", () => {
    for (const now of moments) {
      const rows = composedAt(now);
      for (const fact of rows.facts) expect((fact.at as Date).getTime()).toBeLessThan(now);
      for (const visit of rows.visits) expect((visit.left_at as Date).getTime()).toBeLessThan(now);
      for (const meeting of rows.meetings) expect((meeting.created_at as Date).getTime()).toBeLessThan(now);
      const ahead = rows.meetings.filter((meeting) => meeting.startAt > now);
      expect(ahead.length).toBe(8);
      expect(rows.meetings.length - ahead.length).toBe(4);
    }
  });

  test("has every meeting on a slot that its host could really be booked at", () => {
    for (const now of moments) {
      const { meetings, members } = composedAt(now);
      for (const meeting of meetings) {
        const host = members.find((member) => member.id === meeting.host_id);
        const hours = JSON.parse(String(host?.hours)) as MeetingHours;
        const reserved = meetings
          .filter(
            (other) => other !== meeting && other.host_id === meeting.host_id && other.state === "booked",
          )
          .map((other) => ({ start: other.startAt, end: other.endAt }));
        const asked = { now: meeting.startAt - 86_400_000, start: meeting.startAt, stepMinutes: 30 };
        expect(fits({ hours, busy: [], reserved }, zones, asked)).toEqual({ fits: true });
      }
    }
  });

  test("has conversations that add up: numbered without holes, in order of time, owner and epoch as the facts say", () => {
    const { conversations, facts } = composedAt(moments[3] ?? 0);
    expect(conversations.filter((each) => each.is_open).length).toBe(3);
    expect(conversations.filter((each) => !each.is_open).length).toBe(18);
    for (const conversation of conversations) {
      const own = facts.filter((fact) => fact.conversation_id === conversation.id);
      expect(own.map((fact) => fact.seq)).toEqual(own.map((_, index) => index + 1));
      const times = own.map((fact) => (fact.at as Date).getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      const bodies = own.map((fact) => JSON.parse(fact.body) as Fact["body"]);
      const change = bodies.findLast((body) => body.kind === "rep_joined");
      expect([conversation.owner_id, conversation.epoch]).toEqual([
        change?.repId ?? null,
        change?.epoch ?? 0,
      ]);
      expect(conversation.last_seq).toBe(own.length);
      expect(bodies.at(-1)?.kind === "closed").toBe(!conversation.is_open);
      for (const [index, fact] of own.entries()) {
        if (fact.author_kind !== "rep" || fact.kind === "closed") continue;
        const owner = bodies.slice(0, index).findLast((body) => body.kind === "rep_joined");
        expect([fact.seq, fact.author_id]).toEqual([fact.seq, owner?.repId]);
      }
    }
  });

  test("invents people only: every address stands at an example domain", () => {
    const addresses = [
      ...demoTeam.map((member) => member.email),
      ...demoGuests.flatMap((guest) => guest.email ?? []),
    ];
    expect(addresses.length).toBeGreaterThan(20);
    for (const address of addresses)
      expect([address, isEmail(address), /\.example$/.test(address)]).toEqual([address, true, true]);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

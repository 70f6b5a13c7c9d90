import type { ConversationId, Instant, MemberId } from "../../shared/model/ids.ts";
import { createZones, type Zones } from "../../shared/time/zone.ts";
import { newId } from "../db/ids.ts";
import { demoAppointments } from "./appointments.ts";
import { demoCannedReplies } from "./canned-replies.ts";
import { type ComposedTalk, composeTalk } from "./compose-talk.ts";
import { demoSiteKey, demoWorkspaceId } from "./demo-ids.ts";
import type { Faces } from "./encode-portraits.ts";
import { guestRows, type Stay } from "./guest-rows.ts";
import { demoGuests } from "./guests.ts";
import { demoMeetingDetails } from "./meeting-types.ts";
import type { PortraitName } from "./portraits/portraits.ts";
import { shopOrigins } from "./shop-visitors.ts";
import type { DemoRows } from "./store.ts";
import { talkRows } from "./talk-rows.ts";
import { buyingTalks } from "./talks/buying.ts";
import { openTalks } from "./talks/open.ts";
import { planningTalks } from "./talks/planning.ts";
import { supportTalks } from "./talks/support.ts";
import type { Talk } from "./talks/talk-steps.ts";
import { demoColor, demoCompany, demoTeam, demoTeams } from "./team.ts";
import { placeWith, turnsOf, typeRows } from "./type-rows.ts";
import { onWorkday } from "./working-days.ts";

const minute = 60_000;
const demoTalks: readonly Talk[] = [...buyingTalks, ...planningTalks, ...supportTalks, ...openTalks];

/** Everything in the demo workspace, as rows, dated back from `now`. */
export function composeDemo(given: {
  now: Instant;
  shopPort: number;
  passwordHash: string;
  faces: Faces;
}): DemoRows {
  const { now } = given;
  const zones = createZones();
  const members = new Map(demoTeam.map((member) => [member.key, newId<"member">()] as const));
  const visitors = new Map(demoGuests.map((guest) => [guest.key, newId<"visitor">()] as const));
  const joinedAt = new Date(now - 80 * 24 * 60 * minute);
  const types = typeRows(members, joinedAt);
  const rows = { ...peopleRows(given, members, joinedAt), ...types };
  const siteId = rows.site.id;

  const planned = planAppointments(now, zones, members);
  const talkOf = new Map<string, { conversationId: ConversationId; talk: ComposedTalk }>();
  for (const talk of demoTalks) {
    const guest = demoGuests.find((each) => each.key === talk.guest);
    if (guest === undefined) throw new Error(`the demo has no guest ${talk.guest}`);
    const composed = composeTalk(talk, {
      startAt: startOf(talk, now, zones),
      members,
      guest,
      newClientId: newId<"client">,
      newRequestId: newId<"request">,
      meeting: (key) => certain(planned.get(key), key),
    });
    const conversationId = newId<"conversation">();
    talkOf.set(guest.key, { conversationId, talk: composed });
    const made = talkRows(conversationId, certain(visitors.get(guest.key), guest.key), composed);
    rows.conversations.push(...made.conversations);
    rows.facts.push(...made.facts);
    rows.requests.push(...made.requests);
    rows.offers.push(...made.offers);
    rows.decisions.push(...made.decisions);
  }

  for (const guest of demoGuests) {
    const talk = talkOf.get(guest.key)?.talk;
    const endedAt = talk ? Math.min(talk.endAt + 2 * minute, now - minute) : now - guest.minutesAgo * minute;
    const stay: Stay = {
      startedAt: (talk?.facts[0]?.at ?? endedAt) - guest.trail.length * 2 * minute,
      endedAt,
    };
    const visitorId = certain(visitors.get(guest.key), guest.key);
    const made = guestRows(
      guest,
      { visitorId, siteId },
      stay,
      certain(shopOrigins(given.shopPort)[0], "origin"),
    );
    rows.visitors.push(...made.visitors);
    rows.visits.push(...made.visits);
  }

  for (const appointment of demoAppointments) {
    const guest = demoGuests.find((each) => each.key === appointment.guest);
    const { id, hostId, startAt, endAt } = certain(planned.get(appointment.key), appointment.key);
    const talk = talkOf.get(appointment.guest);
    const typeId =
      appointment.type === undefined ? null : certain(types.ids.get(appointment.type), "its type");
    const bookedAt =
      talk?.talk.booked.get(appointment.key) ??
      Math.min(startAt, now) - (30 + appointment.minute) * 13 * minute;
    rows.meetings.push({
      id,
      workspace_id: demoWorkspaceId,
      host_id: hostId,
      visitor_id: visitors.get(appointment.guest) ?? null,
      conversation_id: talk?.talk.booked.has(appointment.key) ? talk.conversationId : null,
      state: appointment.isCancelled ? "cancelled" : "booked",
      startAt,
      endAt,
      bufferMinutes: 5,
      type_id: typeId,
      turn_of: appointment.type === undefined ? null : turnsOf(appointment.type, members),
      place: placeWith(appointment.host),
      guest_name: guest?.name ?? "",
      guest_email: guest?.email ?? "",
      note: appointment.note,
      guest_zone: guest?.zone ?? "UTC",
      sequence: appointment.isCancelled ? 1 : 0,
      created_at: new Date(bookedAt),
      cancelled_at: appointment.isCancelled ? new Date(now - 200 * minute) : null,
    });
  }
  return rows;
}

function peopleRows(
  given: { now: Instant; shopPort: number; passwordHash: string; faces: Faces },
  members: ReadonlyMap<PortraitName, MemberId>,
  joinedAt: Date,
): Omit<DemoRows, "meetingTypes" | "meetingTypeHosts"> {
  const workspace_id = demoWorkspaceId;
  const photoIds = new Map(demoTeam.map((member) => [member.key, newId<"photo">()] as const));
  const greeter = certain(members.get("zoe"), "zoe");
  const teams = demoTeams.map((team) => ({ ...team, id: newId<"team">() }));
  return {
    photos: demoTeam.map(({ key }) => ({
      id: certain(photoIds.get(key), key),
      workspace_id,
      ...certain(given.faces.get(key), key),
    })),
    members: demoTeam.map((member, index) => ({
      id: certain(members.get(member.key), member.key),
      workspace_id,
      email: member.email,
      role: member.role,
      first_name: member.firstName,
      last_name: member.lastName,
      job_title: member.jobTitle,
      photo_id: certain(photoIds.get(member.key), member.key),
      zone: member.hours.zone,
      hours: JSON.stringify(member.hours),
      meeting_details: JSON.stringify(demoMeetingDetails[member.key]),
      password_hash: given.passwordHash,
      zone_confirmed_at: joinedAt,
      profile_confirmed_at: joinedAt,
      hours_confirmed_at: joinedAt,
      // One after the other on this day and those before, as people come and go.
      seen_at: new Date(given.now - (25 + index * 340) * minute),
    })),
    teams: teams.map(({ id, name }) => ({ id, workspace_id, name })),
    teamMembers: teams.flatMap(({ id, members: keys }) =>
      keys.map((key) => ({ workspace_id, team_id: id, member_id: certain(members.get(key), key) })),
    ),
    site: {
      id: newId<"site">(),
      workspace_id,
      public_key: demoSiteKey,
      name: `${demoCompany} shop`,
      origins: shopOrigins(given.shopPort),
      look: JSON.stringify({ color: demoColor, position: "right", companyName: demoCompany }),
      greeting: JSON.stringify({
        text: "Hello! How loud is your office? Ask us anything about the rooms. 🎧",
        afterSeconds: 6,
        memberId: greeter,
      }),
    },
    cannedReplies: demoCannedReplies.map((reply) => ({
      id: newId<"canned_reply">(),
      workspace_id,
      ...reply,
    })),
    visitors: [],
    visits: [],
    conversations: [],
    facts: [],
    requests: [],
    offers: [],
    decisions: [],
    meetings: [],
  };
}

function planAppointments(now: Instant, zones: Zones, members: ReadonlyMap<PortraitName, MemberId>) {
  return new Map(
    demoAppointments.map((appointment) => {
      const host = certain(
        demoTeam.find((member) => member.key === appointment.host),
        appointment.host,
      );
      const startAt = onWorkday(host.hours, zones, now, appointment.workday, appointment.minute);
      const endAt = startAt + host.hours.durationMinutes * minute;
      const hostId = certain(members.get(appointment.host), appointment.host);
      return [appointment.key, { id: newId<"meeting">(), hostId, startAt, endAt }] as const;
    }),
  );
}

function startOf(talk: Talk, now: Instant, zones: Zones): Instant {
  if ("minutesAgo" in talk.began) return now - talk.began.minutesAgo * minute;
  const rep = certain(
    demoTeam.find((member) => member.key === talk.rep),
    "a rep for a talk on a working day",
  );
  return onWorkday(rep.hours, zones, now, -talk.began.workdaysAgo, talk.began.minute);
}

function certain<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the demo lacks ${what}`);
  return value;
}

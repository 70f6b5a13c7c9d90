import type { CalendarView, ConnectionView } from "../../shared/model/connections.ts";
import type { CalendarId, ConnectionId, Instant, MemberId } from "../../shared/model/ids.ts";
import type { DoctorLine, MyConnections, ProviderAppView } from "../../shared/protocol/connection-routes.ts";
import type { MemberLine } from "../../shared/protocol/member-routes.ts";
import { DAY, HOUR, MINUTE } from "../../shared/time/local-day.ts";
import { team } from "./console-people.ts";

// Outside accounts of the gallery: healthy ones, and each way to be ill.

// Ids are made here, which is why this file says `as`.
const calendarId = (name: string) => name as CalendarId;
const connectionId = (name: string) => name as ConnectionId;
const me = team[0]?.id as MemberId; // The first of the team is who looks.

export function calendar(name: string, now: Instant, of: Partial<CalendarView> = {}): CalendarView {
  return {
    id: calendarId(`calendar-${name}`),
    name,
    color: "#3f7d58",
    isPrimary: false,
    isWritable: true,
    blocksTime: false,
    receivesMeetings: false,
    isGone: false,
    readAt: now - 2 * MINUTE,
    ...of,
  };
}

export function google(now: Instant, of: Partial<ConnectionView> = {}): ConnectionView {
  return {
    id: connectionId("connection-google"),
    memberId: me,
    provider: "google",
    accountName: "imogen@larchwell.example",
    problem: null,
    problemAt: null,
    triedAt: now - 2 * MINUTE,
    goodAt: now - 2 * MINUTE,
    missingScopes: [],
    approvalUrl: null,
    mailboxZone: null,
    calendars: [
      calendar("Imogen Hartley", now, { isPrimary: true, blocksTime: true, receivesMeetings: true }),
      calendar("Showroom visits", now, { color: "#c2553f", blocksTime: true }),
      calendar("Bank holidays", now, { color: "#5a6ee0", isWritable: false }),
    ],
    ...of,
  };
}

export function outlook(now: Instant, of: Partial<ConnectionView> = {}): ConnectionView {
  return {
    ...google(now),
    id: connectionId("connection-outlook"),
    provider: "microsoft",
    accountName: "imogen.hartley@larchwell.onmicrosoft.example",
    calendars: [calendar("Calendar", now, { id: calendarId("outlook"), isPrimary: true, color: "#d18b2c" })],
    ...of,
  };
}

export function nextcloud(now: Instant, of: Partial<ConnectionView> = {}): ConnectionView {
  return {
    ...google(now),
    id: connectionId("connection-nextcloud"),
    provider: "caldav",
    accountName: "imogen at cloud.larchwell.example",
    calendars: [calendar("Private", now, { id: calendarId("private"), blocksTime: true, color: "#8456c6" })],
    ...of,
  };
}

export function room(
  provider: "zoom" | "teams",
  now: Instant,
  of: Partial<ConnectionView> = {},
): ConnectionView {
  return { ...google(now), id: connectionId(`connection-${provider}`), provider, calendars: [], ...of };
}

export const mine = (...connections: ConnectionView[]): MyConnections => ({
  connections,
  waiting: [],
  apps: ["google", "microsoft", "zoom"],
  reasons: [],
});

/** One account for each thing that can be wrong. */
export function everyAilment(now: Instant): MyConnections {
  const since = { problemAt: now - 3 * HOUR, goodAt: now - 3 * HOUR - 4 * MINUTE };
  const as = (name: string) => ({ id: connectionId(`connection-${name}`), ...since });
  const few = [calendar("Work", now, { id: calendarId("work"), isPrimary: true, blocksTime: true })];
  return {
    ...mine(
      google(now, { ...as("reauth"), problem: "needs_reauth", calendars: few }),
      google(now, {
        ...as("scope"),
        problem: "missing_scope",
        missingScopes: [
          "https://www.googleapis.com/auth/calendar.events",
          "https://www.googleapis.com/auth/calendar.freebusy",
        ],
        calendars: [],
      }),
      outlook(now, {
        ...as("approval"),
        problem: "needs_approval",
        approvalUrl: "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=a",
        goodAt: null,
        calendars: [],
      }),
      nextcloud(now, {
        ...as("gone"),
        problem: "calendar_gone",
        calendars: [
          calendar("Training room, ground floor", now, {
            id: calendarId("g"),
            blocksTime: true,
            isGone: true,
          }),
          calendar("Private", now, { id: calendarId("p"), color: "#8456c6" }),
        ],
      }),
      outlook(now, { ...as("zone"), problem: "zone_mismatch", mailboxZone: "America/New_York" }),
      google(now, { ...as("refused"), problem: "refused", calendars: few }),
      nextcloud(now, { ...as("unreachable"), problem: "unreachable", problemAt: now - 6 * MINUTE }),
      google(now, { ...as("watch"), problem: "watch_expired", goodAt: now - 3 * MINUTE, calendars: few }),
    ),
    reasons: ["needs_reauth", "missing_scope", "zone_mismatch"],
  };
}

export function providerApps(origin: string): ProviderAppView[] {
  const redirectUrl = `${origin}/connect/callback`;
  return [
    {
      provider: "google",
      clientId: "518203377101-larchwell.apps.googleusercontent.example",
      redirectUrl,
      registerUrl: "https://console.cloud.google.com/apis/credentials",
      scopes: [
        "openid",
        "email",
        "https://www.googleapis.com/auth/calendar.events",
        "https://www.googleapis.com/auth/calendar.freebusy",
        "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
      ],
      isVerified: true,
      updatedAt: 1,
    },
    {
      provider: "microsoft",
      clientId: "5f0c6b1e-2d3a-4c58-9a55-0f2f6b5f3c11",
      redirectUrl,
      registerUrl: "https://entra.microsoft.com",
      scopes: ["openid", "profile", "email", "offline_access", "User.Read", "Calendars.ReadWrite"],
      isVerified: false,
      updatedAt: 1,
    },
    {
      provider: "zoom",
      clientId: null,
      redirectUrl,
      registerUrl: "https://marketplace.zoom.us/develop/create",
      scopes: ["meeting:write:meeting", "meeting:update:meeting", "meeting:delete:meeting", "user:read:user"],
      isVerified: false,
      updatedAt: null,
    },
  ];
}

export function doctorLines(now: Instant): DoctorLine[] {
  const account = (
    provider: "google" | "caldav" | "microsoft",
    accountName: string,
    of: Partial<DoctorLine["connections"][number]> = {},
  ) => ({
    id: connectionId(`doctor-${accountName}`),
    provider,
    accountName,
    problem: null,
    problemAt: null,
    triedAt: now - MINUTE,
    goodAt: now - MINUTE,
    ...of,
  });
  const at = (index: number) => team[index]?.id as MemberId; // The team of the gallery has five.
  return [
    { memberId: at(0), connections: [account("google", "imogen@larchwell.example")], reasons: [] },
    {
      memberId: at(1),
      connections: [
        account("google", "rasmus@larchwell.example", {
          problem: "needs_reauth",
          problemAt: now - 2 * HOUR,
          goodAt: now - 2 * HOUR - 5 * MINUTE,
        }),
      ],
      reasons: ["needs_reauth", "calendar_unread"],
    },
    {
      memberId: at(2),
      connections: [
        account("microsoft", "a.very.long.name.of.somebody@subsidiary-of-larchwell.example", {
          problem: "zone_mismatch",
          problemAt: now - 3 * DAY,
        }),
        account("caldav", "cloud.larchwell.example"),
      ],
      reasons: ["zone_mismatch"],
    },
    { memberId: at(3), connections: [], reasons: ["not_ready", "no_place"] },
  ];
}

export function memberLines(now: Instant): MemberLine[] {
  return team.map((member) => ({
    ...member,
    email: `${member.firstName.toLowerCase()}@larchwell.example`,
    isActive: true,
    teamIds: [],
    needs: [],
    openChats: 0,
    seenAt: now,
    deactivatedAt: null,
    meetingsToMove: 0,
  }));
}

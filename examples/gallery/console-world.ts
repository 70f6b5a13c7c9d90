import { createFakeLink, type FakeLink } from "../../console/models/fake-link.ts";
import type { ApiCall } from "../../console/ports.ts";
import { demoPassword, demoTeam } from "../../server/demo/team.ts";
import type { ConversationSummary, OfferView, RepSnapshot } from "../../shared/model/conversations.ts";
import type { Fact } from "../../shared/model/facts.ts";
import type { ConversationId } from "../../shared/model/ids.ts";
import { defaultHours, type TeamMeeting } from "../../shared/model/meetings.ts";
import type { BoardVisitor, Role } from "../../shared/model/people.ts";
import { type SetUp, setUpSteps } from "../../shared/model/set-up.ts";
import type {
  AppCheck,
  DoctorLine,
  MyConnections,
  ProviderAppView,
} from "../../shared/protocol/connection-routes.ts";
import type {
  CannedReply,
  ConsoleRouteAnswers,
  DemoAccount,
  MailLine,
} from "../../shared/protocol/console-routes.ts";
import type { Answer } from "../../shared/protocol/errors.ts";
import type { MyMeetingDetails } from "../../shared/protocol/meeting-details-routes.ts";
import type { MyProfile } from "../../shared/protocol/profile-routes.ts";
import { DAY } from "../../shared/time/local-day.ts";
import { doctorLines, google, mine, nextcloud, providerApps } from "./console-connections.ts";
import { boardVisitors, conversationId, profileOf, team } from "./console-people.ts";
import {
  hanneFacts,
  invitation,
  mails,
  meetings,
  oddFacts,
  offer,
  replies,
  shortFacts,
  snapshotOf,
  summaries,
} from "./console-talk.ts";
import { type Answers, connectionAnswers } from "./fake-connections.ts";

/** What a scene shows; it starts full and a scene takes away or adds. */
export type World = {
  isSignedIn: boolean;
  accounts: DemoAccount[];
  visitors: BoardVisitor[];
  lines: ConversationSummary[];
  snapshots: RepSnapshot[];
  offers: OfferView[];
  meetings: TeamMeeting[];
  replies: CannedReply[];
  mails: MailLine[];
  profile: MyProfile;
  setUp: SetUp;
  connections: MyConnections;
  details: MyMeetingDetails;
  apps: ProviderAppView[];
  doctor: DoctorLine[];
  /** What testing a registration shows. */
  check: AppCheck;
  /** Who looks. */
  role: Role;
  /** Routes and questions that are refused in this scene. */
  refused: ReadonlySet<string>;
};

export function createWorld(now: number): World {
  return {
    isSignedIn: true,
    profile: {
      id: team[0]?.id as MyProfile["id"], // The first of the team is who looks.
      email: "imogen@larchwell.example",
      role: "admin",
      firstName: "Imogen",
      lastName: "Hartley",
      jobTitle: "Head of Customer Conversations",
      photoUrl: team[0]?.photoUrl ?? null,
      phone: "+44 20 7946 0000",
      phoneExtension: "12",
      zone: "Europe/London",
      zoneConfirmedAt: now - 80 * DAY,
      language: "en-GB",
      profileConfirmedAt: now - 80 * DAY,
      hoursZone: "Europe/London",
    },
    setUp: {
      role: "admin",
      isReady: true,
      reasons: [],
      steps: setUpSteps.map((name) => ({ name, state: "done", isRequired: false })),
    },
    connections: mine(google(now), nextcloud(now)),
    details: {
      details: { video: "meet", linkUrl: "", phone: "+44 20 7946 0000", phoneExtension: "12" },
      canMeet: true,
      canTeams: false,
      canZoom: false,
    },
    apps: providerApps("https://chat.larchwell.example"),
    doctor: doctorLines(now),
    check: "works",
    role: "admin",
    accounts: demoTeam.map((member, at) => ({
      email: member.email,
      password: demoPassword,
      name: `${member.firstName} ${member.lastName}`,
      jobTitle: member.jobTitle,
      role: member.role,
      photoUrl: team[at]?.photoUrl ?? null,
    })),
    visitors: boardVisitors(now),
    lines: summaries(now),
    snapshots: [
      snapshotOf("hanne", hanneFacts(now)),
      snapshotOf("mina", shortFacts(now, "Is anybody there? I have a question about the ventilation"), {
        ownerId: null,
        epoch: 0,
      }),
      snapshotOf("tomas", shortFacts(now, "Děkuji, that helps a lot"), { ownerId: team[2]?.id ?? null }),
      snapshotOf("old", hanneFacts(now - 12 * DAY), { isOpen: false, ownerId: null }),
      snapshotOf("empty", []),
      snapshotOf("odd", oddFacts(now)),
    ],
    offers: [],
    meetings: meetings(now),
    replies,
    mails: mails(now),
    refused: new Set(),
  };
}

/** A link that answers from the world, well enough to be played with. */
export function linkTo(world: World): FakeLink {
  const me = team[0];
  if (!me) throw new Error("the demo has a team");
  const find = (id: ConversationId) => world.snapshots.find((snapshot) => snapshot.id === id);
  const add = (id: ConversationId, fact: Pick<Fact, "by" | "body"> & Partial<Fact>) => {
    const snapshot = find(id);
    if (!snapshot) return { ok: false, code: "not_found" } as const;
    const made: Fact = { ...fact, seq: snapshot.lastSeq + 1, at: Date.now() };
    snapshot.facts = [...snapshot.facts, made];
    snapshot.lastSeq = made.seq;
    link.say("fact:new", { conversationId: id, facts: [made] });
    return { ok: true, seq: made.seq, at: made.at } as const;
  };
  const by = { kind: "rep", id: me.id } as const;
  const link: FakeLink = createFakeLink({
    "console:sync": () => ({
      ok: true,
      me,
      isAvailable: true,
      team,
      offers: world.offers,
      mine: world.lines.filter((line) => line.ownerId === me.id && line.isOpen),
      serverAt: Date.now(),
    }),
    "availability:set": () => ({ ok: true }),
    "board:watch": () => ({ ok: true, visitors: world.visitors }),
    "board:unwatch": () => ({ ok: true }),
    "visitor:show": ({ visitorId }) => {
      const found = world.visitors.find((visitor) => visitor.id === visitorId);
      return found ? { ok: true, profile: profileOf(found) } : { ok: false, code: "not_found" };
    },
    "visitor:pounce": () => ({ ok: false, code: "taken", takenBy: team[2]?.id ?? null }),
    "offer:accept": () => ({ ok: true, conversationId: conversationId("c-mina") }),
    "offer:decline": () => ({ ok: true }),
    "conversation:list": ({ view }) => ({
      ok: true,
      hasMore: view === "closed",
      conversations: world.lines.filter((line) => (view === "closed") === !line.isOpen),
    }),
    "conversation:watch": ({ conversationId: id, since }) => {
      const found = find(id);
      if (world.refused.has("conversation:watch")) return { ok: false, code: "unavailable" };
      if (!found) return { ok: false, code: "not_found" };
      return { ok: true, conversation: { ...found, facts: found.facts.filter((fact) => fact.seq > since) } };
    },
    "conversation:unwatch": () => ({ ok: true }),
    "conversation:why": () => ({
      ok: true,
      lines: [
        { at: Date.now() - 70_000, step: "requested", repId: null, reason: null },
        { at: Date.now() - 70_000, step: "skipped", repId: team[4]?.id ?? null, reason: "OFFLINE" },
        { at: Date.now() - 70_000, step: "skipped", repId: team[2]?.id ?? null, reason: "AT_CAPACITY" },
        { at: Date.now() - 69_000, step: "offered", repId: team[1]?.id ?? null, reason: null },
        { at: Date.now() - 69_000, step: "offered", repId: me.id, reason: null },
        { at: Date.now() - 60_000, step: "declined", repId: team[1]?.id ?? null, reason: null },
        { at: Date.now() - 51_000, step: "claimed", repId: me.id, reason: null },
      ],
    }),
    "message:send": ({ conversationId: id, clientId, text }) =>
      world.refused.has("message:send")
        ? { ok: false, code: "stale_owner" }
        : add(id, { by, clientId, body: { kind: "message", text } }),
    "note:add": ({ conversationId: id, clientId, text }) =>
      add(id, { by, clientId, body: { kind: "note", text } }),
    "meeting:offer": ({ conversationId: id, clientId, hostId }) =>
      add(id, { by, clientId, body: { kind: "meeting_offered", hostId } }),
    "marks:set": () => ({ ok: true }),
    "conversation:close": () => ({ ok: true }),
    "conversation:hand_over": () => ({ ok: true }),
    "conversation:take": () => ({ ok: true, epoch: 4 }),
  });
  return link;
}

export function apiOf(world: World): ApiCall {
  const session: ConsoleRouteAnswers["GET /api/session"] = {
    member: {
      id: team[0]?.id as ConsoleRouteAnswers["GET /api/session"]["member"]["id"],
      email: "imogen@larchwell.example",
      firstName: "Imogen",
      lastName: "Hartley",
      role: world.role,
    },
    workspace: { name: "Larchwell" },
    hasMailbox: true,
  };
  let hours = defaultHours("Europe/London");
  let setUp = world.setUp;
  const answers: Answers = {
    "POST /api/session": () =>
      world.isSignedIn ? { ok: true, ...session } : { ok: false, code: "unauthenticated" },
    "GET /api/session": () =>
      world.isSignedIn ? { ok: true, ...session } : { ok: false, code: "unauthenticated" },
    "GET /api/demo-accounts": () => ({ ok: true, isSetUp: true, accounts: world.accounts }),
    "POST /api/session/end": () => ({ ok: true }),
    "GET /api/me/profile": () => ({ ok: true, profile: world.profile }),
    "PUT /api/me/profile": (input: Partial<MyProfile>) => {
      world.profile = { ...world.profile, ...input, profileConfirmedAt: 1, zoneConfirmedAt: 1 };
      return { ok: true, profile: world.profile };
    },
    "POST /api/me/photo/remove": () => {
      world.profile = { ...world.profile, photoUrl: null };
      return { ok: true, profile: world.profile };
    },
    "GET /api/me/set-up": () => ({ ok: true, ...setUp }),
    "POST /api/me/set-up/skip": (input: { step: string; isSkipped: boolean }) => {
      const state = input.isSkipped ? "skipped" : "open";
      setUp = {
        ...setUp,
        steps: setUp.steps.map((step) => (step.name === input.step ? { ...step, state } : step)),
      };
      return { ok: true, ...setUp };
    },
    ...connectionAnswers(world),
    "GET /api/hours": () => ({ ok: true, hours }),
    "PUT /api/hours": (input: { hours: typeof hours }) => {
      hours = input.hours;
      return { ok: true, hours };
    },
    "POST /api/hours/preview": (input: { hours: typeof hours; from: number }) => ({
      ok: true,
      // Close enough for a look: every span of the week, as if the zone were UTC.
      free: input.hours.weekly.flatMap(({ weekday, spans }) =>
        spans.map((span) => ({
          startAt: input.from + (weekday - 1) * DAY + span.start * 60_000,
          endAt: input.from + (weekday - 1) * DAY + span.end * 60_000,
        })),
      ),
    }),
    "GET /api/meetings": () => ({ ok: true, meetings: world.meetings }),
    "POST /api/meetings/:id/cancel": (_input, id) => {
      const found = world.meetings.find((meeting) => meeting.id === id);
      return found
        ? { ok: true, meeting: { ...found, state: "cancelled" } }
        : { ok: false, code: "not_found" };
    },
    "GET /api/canned-replies": () => ({ ok: true, replies: world.replies }),
    "POST /api/canned-replies": (input: Omit<CannedReply, "id">) => ({
      ok: true,
      reply: { ...input, id: "reply-new" as CannedReply["id"] },
    }),
    "PUT /api/canned-replies/:id": (input: Omit<CannedReply, "id">, id) => ({
      ok: true,
      reply: { ...input, id: id as CannedReply["id"] },
    }),
    "POST /api/canned-replies/:id/delete": () => ({ ok: true }),
    "GET /api/search": (input: { q: string }) => ({
      ok: true,
      hits: world.lines
        .filter((line) =>
          `${line.visitor.name} ${line.preview?.text}`.toLowerCase().includes(input.q.toLowerCase()),
        )
        .map((line) => ({
          conversationId: line.id,
          visitorId: line.visitor.id,
          visitorName: line.visitor.name,
          excerpt: line.preview?.text ?? null,
          at: line.activeAt,
        })),
    }),
    "GET /api/mails": () => ({ ok: true, mails: world.mails }),
    "GET /api/mails/:id": (_input, id) => {
      const found = world.mails.find((mail) => mail.id === id);
      const html =
        '<body style="font-family:sans-serif;padding:24px;color:#222"><h2>Your meeting is booked</h2><p>Monday, 23 November, 09:30 with <b>Imogen Hartley</b>.</p><p><a href="https://foyer.example/meeting/x">Move or cancel it</a></p></body>';
      const text = "Your meeting is booked\n\nMonday, 23 November, 09:30 with Imogen Hartley.\n";
      return found
        ? { ok: true, mail: { ...found, html, text, invitation: found.hasInvitation ? invitation : null } }
        : { ok: false, code: "not_found" };
    },
  };
  return async (route, input, id) => {
    if (world.refused.has(route)) return { ok: false, code: "unavailable" };
    const answer = answers[route] as
      | ((input: unknown, id: string) => Answer<ConsoleRouteAnswers[typeof route]>)
      | undefined;
    return answer?.(input, id ?? "") ?? { ok: false, code: "not_found" };
  };
}

/** Requests that ring in some scenes. */
export function ringing(now: number, count: number): OfferView[] {
  return [offer("mina", now), offer("anon1", now + 4_000), offer("aroha", now + 8_000)].slice(0, count);
}

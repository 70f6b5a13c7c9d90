import { defaultHours } from "../../shared/model/meetings.ts";
import type { ConsoleRoute, ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { RepAsks, RepTells } from "../../shared/protocol/rep-events.ts";
import type { VisitorAsks, VisitorTells } from "../../shared/protocol/visitor-events.ts";
import type { VisitorRoute, VisitorRouteInput } from "../../shared/protocol/visitor-routes.ts";
import { appsRows } from "./apps-rows.ts";
import { auditRows } from "./audit-rows.ts";
import { bookingPageRows } from "./booking-page-rows.ts";
import { calendarRows } from "./calendar-rows.ts";
import { connectionRows } from "./connection-rows.ts";
import type { Foreign, HttpWays, Own } from "./foreign.ts";
import { invitationRows } from "./invitation-rows.ts";
import { meetingActionRows } from "./meeting-action-rows.ts";
import { meetingDetailsRows } from "./meeting-details-rows.ts";
import { meetingTypeRows } from "./meeting-type-rows.ts";
import { memberRows } from "./member-rows.ts";
import { passwordRows } from "./password-rows.ts";
import { profileRows } from "./profile-rows.ts";
import { ssoRouteRows } from "./sso-rows.ts";
import { workspaceRouteRows } from "./workspace-rows.ts";

// How a stranger would ask for what is another's, for every question of the contract: the tables are keyed by it, so a
// new event or route without a row does not compile.

type Ways<Input> = readonly ((foreign: Foreign, own: Own) => Input)[];

const text = "Words of a stranger";

export const repAskRows: { [E in keyof RepAsks]: Ways<RepAsks[E]["input"]> } = {
  "console:sync": [() => ({})],
  "availability:set": [() => ({ isAvailable: true })],
  "board:watch": [() => ({})],
  "board:unwatch": [() => ({})],
  "visitor:show": [({ visitor }) => ({ visitorId: visitor })],
  "visitor:pounce": [
    ({ visitor }, own) => ({ visitorId: visitor, clientId: own.client(), text }),
    ({ visitor, client }) => ({ visitorId: visitor, clientId: client, text }),
  ],
  "offer:accept": [({ offer }) => ({ offerId: offer })],
  "offer:decline": [({ offer }) => ({ offerId: offer })],
  "conversation:list": [
    () => ({ view: "mine", before: null }),
    () => ({ view: "team", before: null }),
    () => ({ view: "closed", before: null }),
  ],
  "conversation:watch": [({ conversation }) => ({ conversationId: conversation, since: 0 })],
  "conversation:unwatch": [({ conversation }) => ({ conversationId: conversation })],
  "conversation:history": [({ conversation }) => ({ conversationId: conversation, before: 100 })],
  "conversation:take": [({ conversation }) => ({ conversationId: conversation })],
  "conversation:hand_over": [
    ({ conversation }, own) => ({
      conversationId: conversation,
      epoch: own.epoch,
      toId: own.colleague,
      note: "",
    }),
    ({ conversation, member }) => ({ conversationId: conversation, epoch: 1, toId: member, note: text }),
    ({ member }, own) => ({ conversationId: own.conversation, epoch: own.epoch, toId: member, note: text }),
  ],
  "conversation:close": [({ conversation }) => ({ conversationId: conversation, epoch: 1 })],
  "message:send": [
    ({ conversation }, own) => ({ conversationId: conversation, epoch: 1, clientId: own.client(), text }),
    // The repeat of the other's own send would be answered as a success.
    ({ conversation, client }) => ({ conversationId: conversation, epoch: 1, clientId: client, text }),
    ({ client }, own) => ({ conversationId: own.conversation, epoch: own.epoch, clientId: client, text }),
  ],
  "note:add": [
    ({ conversation }, own) => ({ conversationId: conversation, clientId: own.client(), text }),
    ({ conversation, client }) => ({ conversationId: conversation, clientId: client, text }),
  ],
  "meeting:offer": [
    ({ conversation }, own) => ({
      conversationId: conversation,
      epoch: 1,
      clientId: own.client(),
      hostId: null,
    }),
    ({ member }, own) => ({
      conversationId: own.conversation,
      epoch: own.epoch,
      clientId: own.client(),
      hostId: member,
    }),
  ],
  "marks:set": [({ conversation }) => ({ conversationId: conversation, delivered: 9, seen: 9 })],
  "conversation:why": [({ conversation }) => ({ conversationId: conversation })],
};

export const repTellRows: { [E in keyof RepTells]: Ways<RepTells[E]> } = {
  "typing:set": [({ conversation }) => ({ conversationId: conversation, isTyping: true })],
};

export const visitorAskRows: { [E in keyof VisitorAsks]: Ways<VisitorAsks[E]["input"]> } = {
  "conversation:sync": [
    ({ conversation }) => ({ conversationId: conversation, since: 0 }),
    ({ conversation }) => ({ conversationId: conversation, since: 1 }),
  ],
  "conversation:history": [({ conversation }) => ({ conversationId: conversation, before: 100 })],
  "conversation:start": [({ client }) => ({ clientId: client, text })],
  "message:send": [
    ({ conversation }, own) => ({ conversationId: conversation, clientId: own.client(), text }),
    ({ conversation, client }) => ({ conversationId: conversation, clientId: client, text }),
  ],
  "request:again": [({ conversation }) => ({ conversationId: conversation })],
  "visitor:identify": [
    ({ conversation }) => ({ conversationId: conversation, name: text, email: "stranger@example.org" }),
  ],
  "conversation:close": [({ conversation }) => ({ conversationId: conversation })],
  "marks:set": [({ conversation }) => ({ conversationId: conversation, delivered: 9, seen: 9 })],
};

export const visitorTellRows: { [E in keyof VisitorTells]: Ways<VisitorTells[E]> } = {
  "typing:set": [({ conversation }) => ({ conversationId: conversation, isTyping: true })],
};

const week = 7 * 86_400_000;
const hours = defaultHours("UTC");

export const consoleRouteRows: { [R in ConsoleRoute]: HttpWays<ConsoleRouteInput<R>> } = {
  "POST /api/session": [() => ({ input: { email: "nobody@example.org", password: "wrong password" } })],
  "GET /api/session": [() => ({ input: {} })],
  "POST /api/session/prove": [() => ({ input: { password: "wrong password" } })],
  "GET /api/demo-accounts": [() => ({ input: {} })],
  // Signing out ends one's own session and names nobody: tested with the accounts.
  "POST /api/session/end": [],
  "GET /api/hours": [() => ({ input: {} })],
  "PUT /api/hours": [() => ({ input: { hours } })],
  "POST /api/hours/preview": [() => ({ input: { hours, from: Date.UTC(2030, 0, 7) } })],
  "GET /api/meetings": [
    ({ startAt }) => ({ input: { from: String(startAt - week), to: String(startAt + week) } }),
  ],
  "POST /api/meetings/:id/cancel": [
    ({ meeting }) => ({ input: {}, segment: meeting }),
    ({ hold }) => ({ input: {}, segment: hold }),
  ],
  "GET /api/canned-replies": [() => ({ input: {} })],
  "POST /api/canned-replies": [() => ({ input: { title: "Ours", text } })],
  "PUT /api/canned-replies/:id": [
    ({ cannedReply }) => ({ input: { title: "Taken over", text }, segment: cannedReply }),
  ],
  "POST /api/canned-replies/:id/delete": [({ cannedReply }) => ({ input: {}, segment: cannedReply })],
  "GET /api/search": [() => ({ input: { q: "secret" } }), () => ({ input: { q: "%" } })],
  "GET /api/mails": [() => ({ input: {} })],
  "GET /api/mails/:id": [({ mail }) => ({ input: {}, segment: mail })],
  ...memberRows,
  ...meetingTypeRows,
  ...invitationRows,
  ...passwordRows,
  ...workspaceRouteRows,
  ...profileRows,
  ...appsRows,
  ...ssoRouteRows,
  ...auditRows,
  ...calendarRows,
  ...connectionRows,
  ...meetingDetailsRows,
  ...meetingActionRows,
};

const guest = { name: "Stranger", email: "stranger@example.org", note: "", zone: "UTC" };

export const visitorRouteRows: { [R in VisitorRoute]: HttpWays<VisitorRouteInput<R>> } = {
  "GET /visitor/slots": [({ member }) => ({ input: { host: member } })],
  "POST /visitor/holds": [
    ({ member, startAt, slotsOffer }) => ({ input: { host: member, startAt, offer: slotsOffer } }),
    ({ startAt, slotsOffer }) => ({ input: { host: "any", startAt, offer: slotsOffer } }),
  ],
  "POST /visitor/holds/release": [({ hold }) => ({ input: { holdId: hold } })],
  "POST /visitor/meetings": [
    ({ hold, bookingKey }) => ({ input: { key: bookingKey, holdId: hold, ...guest } }),
    ({ meeting, bookingKey }) => ({ input: { key: bookingKey, holdId: meeting, ...guest } }),
  ],
  "POST /visitor/resume": [({ resumeToken }) => ({ input: { token: resumeToken } })],
  "GET /visitor/meeting-links/:token": [({ meetingToken }) => ({ input: {}, segment: meetingToken })],
  "GET /visitor/meeting-links/:token/slots": [({ meetingToken }) => ({ input: {}, segment: meetingToken })],
  "POST /visitor/meeting-links/:token/cancel": [({ meetingToken }) => ({ input: {}, segment: meetingToken })],
  "POST /visitor/meeting-links/:token/move": [
    ({ meetingToken, startAt, slotsOffer }) => ({
      input: { startAt, offer: slotsOffer, zone: "UTC" },
      segment: meetingToken,
    }),
  ],
  ...bookingPageRows,
};

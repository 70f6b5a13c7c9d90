import { z } from "zod";
import type { CannedReplyId, ConversationId, Instant, MailId, VisitorId } from "../model/ids.ts";
import type { MeetingHours, TeamMeeting } from "../model/meetings.ts";
import type { Role } from "../model/people.ts";
import type { SessionView } from "../model/session.ts";
import { type AppsRouteAnswers, appsRouteSchemas } from "./apps-routes.ts";
import { type AuditRouteAnswers, auditRouteSchemas } from "./audit-routes.ts";
import { type CalDavRouteAnswers, calDavRouteSchemas } from "./caldav-routes.ts";
import { type CalendarRouteAnswers, calendarRouteSchemas } from "./calendar-routes.ts";
import { type ConnectionRouteAnswers, connectionRouteSchemas } from "./connection-routes.ts";
import { instantField, lineField, textField, wordsField, zoneField } from "./fields.ts";
import { spansField, weeklyField } from "./hours-fields.ts";
import { type InvitationRouteAnswers, invitationRouteSchemas } from "./invitation-routes.ts";
import { limits } from "./limits.ts";
import { type MeetingActionRouteAnswers, meetingActionRouteSchemas } from "./meeting-action-routes.ts";
import { type MeetingDetailsRouteAnswers, meetingDetailsRouteSchemas } from "./meeting-details-routes.ts";
import { type MeetingRouteAnswers, meetingRouteSchemas } from "./meeting-routes.ts";
import { type MemberRouteAnswers, memberRouteSchemas } from "./member-routes.ts";
import { type PasswordRouteAnswers, passwordRouteSchemas } from "./password-routes.ts";
import { type ProfileRouteAnswers, profileRouteSchemas } from "./profile-routes.ts";
import { type SsoRouteAnswers, ssoRouteSchemas } from "./sso-routes.ts";
import { type WorkspaceRouteAnswers, workspaceRouteSchemas } from "./workspace-routes.ts";

// HTTP for members, all JSON, by session cookie. Everything but GET must come from our own origin with a JSON body.

export const meetingHoursSchema: z.ZodType<MeetingHours> = z.object({
  zone: zoneField,
  weekly: weeklyField,
  overrides: z.array(z.object({ day: z.iso.date(), spans: spansField })).max(366),
  noticeMinutes: z.number().int().min(0).max(43_200),
  bufferMinutes: z.number().int().min(0).max(240),
  horizonDays: z.number().int().min(1).max(365),
  durationMinutes: z.number().int().min(5).max(480),
});

const cannedReply = z.object({
  title: lineField(limits.cannedTitleChars),
  text: textField(limits.messageChars),
});

/** Inputs by route. GET inputs travel in the query (as strings), the others as a JSON body; `:id` is a path segment. */
export const consoleRouteSchemas = {
  "POST /api/session": z.object({
    email: wordsField(limits.emailChars),
    password: z.string().min(1).max(limits.passwordChars),
  }),
  "GET /api/session": z.object({}),
  /** Proves again who one is, for the next ten minutes of this session. */
  "POST /api/session/prove": z.object({ password: z.string().min(1).max(limits.passwordChars) }),
  /** Open to all: in the demo, accounts to sign in with, so that a newcomer needs no account anywhere; else an empty list. */
  "GET /api/demo-accounts": z.object({}),
  "POST /api/session/end": z.object({}),
  "GET /api/hours": z.object({}),
  "PUT /api/hours": z.object({ hours: meetingHoursSchema }),
  /** The free time of the seven days from `from` (an instant), for hours not saved yet. */
  "POST /api/hours/preview": z.object({ hours: meetingHoursSchema, from: instantField }),
  "GET /api/meetings": z.object({
    from: z.coerce.number().pipe(instantField),
    to: z.coerce.number().pipe(instantField),
  }),
  "POST /api/meetings/:id/cancel": z.object({}),
  "GET /api/canned-replies": z.object({}),
  "POST /api/canned-replies": cannedReply,
  "PUT /api/canned-replies/:id": cannedReply,
  "POST /api/canned-replies/:id/delete": z.object({}),
  "GET /api/search": z.object({ q: wordsField(limits.searchChars) }),
  /** The demo mailbox: admins only, and only while mails are kept instead of sent. */
  "GET /api/mails": z.object({}),
  "GET /api/mails/:id": z.object({}),
  ...memberRouteSchemas,
  ...passwordRouteSchemas,
  ...workspaceRouteSchemas,
  ...profileRouteSchemas,
  ...appsRouteSchemas,
  ...invitationRouteSchemas,
  ...ssoRouteSchemas,
  ...auditRouteSchemas,
  ...meetingDetailsRouteSchemas,
  ...meetingActionRouteSchemas,
  ...calendarRouteSchemas,
  ...calDavRouteSchemas,
  ...meetingRouteSchemas,
  ...connectionRouteSchemas,
} as const;

export type ConsoleRoute = keyof typeof consoleRouteSchemas;
export type ConsoleRouteInput<R extends ConsoleRoute> = z.input<(typeof consoleRouteSchemas)[R]>;

export type DemoAccount = {
  email: string;
  password: string;
  name: string;
  jobTitle: string;
  role: Role;
  photoUrl: string | null;
};

export type CannedReply = { id: CannedReplyId; title: string; text: string };

export type SearchHit = {
  conversationId: ConversationId | null;
  visitorId: VisitorId;
  visitorName: string | null;
  /** The matching text, cut around the match; null when the visitor's name or address matched. */
  excerpt: string | null;
  at: Instant;
};

export type MailLine = {
  id: MailId;
  to: string;
  subject: string;
  createdAt: Instant;
  sentAt: Instant | null;
  problem: string | null;
  hasInvitation: boolean;
};

export type ConsoleRouteAnswers = MemberRouteAnswers &
  ConnectionRouteAnswers &
  SsoRouteAnswers &
  PasswordRouteAnswers &
  WorkspaceRouteAnswers &
  ProfileRouteAnswers &
  AppsRouteAnswers &
  InvitationRouteAnswers &
  AuditRouteAnswers &
  MeetingDetailsRouteAnswers &
  MeetingActionRouteAnswers &
  CalendarRouteAnswers &
  CalDavRouteAnswers &
  MeetingRouteAnswers & {
    "POST /api/session": SessionView;
    "GET /api/session": SessionView;
    "POST /api/session/prove": object;
    /** For the sign-in page. `isSetUp`: false until the link that the server printed has been used. */
    "GET /api/demo-accounts": { accounts: DemoAccount[]; isSetUp: boolean };
    "POST /api/session/end": object;
    "GET /api/hours": { hours: MeetingHours };
    "PUT /api/hours": { hours: MeetingHours };
    "POST /api/hours/preview": { free: { startAt: Instant; endAt: Instant }[] };
    "GET /api/meetings": { meetings: TeamMeeting[] };
    "POST /api/meetings/:id/cancel": { meeting: TeamMeeting };
    "GET /api/canned-replies": { replies: CannedReply[] };
    "POST /api/canned-replies": { reply: CannedReply };
    "PUT /api/canned-replies/:id": { reply: CannedReply };
    "POST /api/canned-replies/:id/delete": object;
    "GET /api/search": { hits: SearchHit[] };
    "GET /api/mails": { mails: MailLine[] };
    "GET /api/mails/:id": { mail: MailLine & { text: string; html: string; invitation: string | null } };
  };

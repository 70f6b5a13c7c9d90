import type {
  CalendarId,
  CannedReplyId,
  ClientId,
  ConnectionId,
  ConversationId,
  DomainId,
  InvitationId,
  MailId,
  MeetingId,
  MeetingTypeId,
  MemberId,
  OfferId,
  ProviderId,
  SessionId,
  SiteId,
  TeamId,
  VisitorId,
} from "../../shared/model/ids.ts";

/** Ids of another workspace, or of another visitor; or ids that nothing has. */
export type Foreign = {
  conversation: ConversationId;
  visitor: VisitorId;
  member: MemberId;
  offer: OfferId;
  client: ClientId;
  meeting: MeetingId;
  hold: MeetingId;
  bookingKey: string;
  /** A signed offer of slots, made for the other one. */
  slotsOffer: string;
  startAt: number;
  cannedReply: CannedReplyId;
  mail: MailId;
  team: TeamId;
  invitation: InvitationId;
  invitedEmail: string;
  session: SessionId;
  site: SiteId;
  provider: ProviderId;
  domain: DomainId;
  connection: ConnectionId;
  calendar: CalendarId;
  meetingToken: string;
  resumeToken: string;
  meetingType: MeetingTypeId;
  /** The slug of a meeting type that has no public page, and a guest's word for it. */
  privatePage: string;
  pageGuest: string;
};

/** What the asker may rightly use, to reach for the other's through it. */
export type Own = { conversation: ConversationId; epoch: number; colleague: MemberId; client(): ClientId };

export type HttpWays<Input> = readonly ((foreign: Foreign) => { input: Input; segment?: string })[];

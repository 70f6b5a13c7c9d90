declare const brand: unique symbol;

/** A string that names one kind of thing only; two kinds cannot be mixed up by mistake. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type WorkspaceId = Id<"workspace">;
export type SiteId = Id<"site">;
export type MemberId = Id<"member">;
export type VisitorId = Id<"visitor">;
export type VisitId = Id<"visit">;
export type ConversationId = Id<"conversation">;
export type RequestId = Id<"request">;
export type OfferId = Id<"offer">;
export type MeetingId = Id<"meeting">;
export type CannedReplyId = Id<"canned_reply">;
export type MailId = Id<"mail">;
export type PhotoId = Id<"photo">;
export type TeamId = Id<"team">;
export type InvitationId = Id<"invitation">;
export type SessionId = Id<"session">;
export type PhoneCodeId = Id<"phone_code">;
export type ProviderId = Id<"identity_provider">;
export type DomainId = Id<"domain">;
export type ConnectionId = Id<"connection">;
export type CalendarId = Id<"calendar">;
export type MeetingTypeId = Id<"meeting_type">;
/** Made by a client, so that a repeated send is the same send. A UUID. */
export type ClientId = Id<"client">;

/** An instant: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** A calendar day without a zone, `YYYY-MM-DD`. */
export type LocalDay = string;
/** An IANA time zone name, such as `Europe/Berlin`. */
export type ZoneName = string;

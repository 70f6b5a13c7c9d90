import type { ColumnType, Generated } from "kysely";
import type { Fact, FactKind } from "../../shared/model/facts.ts";
import type {
  CannedReplyId,
  ClientId,
  ConversationId,
  MailId,
  MeetingId,
  MeetingTypeId,
  MemberId,
  OfferId,
  PhotoId,
  RequestId,
  SessionId,
  SiteId,
  TeamId,
  VisitId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import type { QuestionAnswer } from "../../shared/model/meeting-types.ts";
import type { MeetingDetails, MeetingHours, MeetingPlace } from "../../shared/model/meetings.ts";
import type { Device, PageView, Role, SessionKind } from "../../shared/model/people.ts";
import type { DecisionStep, ReasonCode, RoutingSettings } from "../../shared/model/routing.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import type { AccountTables } from "./account-tables.ts";
import type { At, AtNow, AtOrNull, Json, Nullable } from "./columns.ts";
import type { MeetingTables, UntoldChange } from "./meeting-tables.ts";

export type Greeting = { text: string; afterSeconds: number; memberId: MemberId };

export type Database = AccountTables &
  MeetingTables & {
    workspaces: {
      id: WorkspaceId;
      name: string;
      routing: Json<RoutingSettings>;
      /** Of mails and of the pages behind their links, `#rrggbb`. */
      color: Generated<string>;
      logo_id: Nullable<PhotoId>;
      /** Closed conversations older than this are removed; null keeps them. */
      retention_days: Nullable<number>;
      /** Everything is removed then, unless an admin changes their mind. */
      delete_at: AtOrNull;
      delete_asked_by: Nullable<MemberId>;
      is_sso_only: Generated<boolean>;
      owner_first_days: Generated<number>;
      created_at: AtNow;
    };
    sites: {
      id: SiteId;
      workspace_id: WorkspaceId;
      public_key: string;
      name: string;
      /** Exact origins, such as `https://www.example.com`. */
      origins: string[];
      look: Json<SiteLook>;
      greeting: ColumnType<Greeting | null, string | null, string | null>;
      /** The tag was last seen there, on a page of an allowed origin. */
      seen_at: AtOrNull;
      seen_origin: Nullable<string>;
      /** Without a query, which may hold what is private. */
      seen_path: Nullable<string>;
      /** The tag asked from there, which is not allowed: that page shows nothing. */
      refused_at: AtOrNull;
      refused_origin: Nullable<string>;
      /** Who answers and is booked here; null: everybody. */
      team_id: Nullable<TeamId>;
      /** Its tag shows nothing since then. */
      removed_at: AtOrNull;
      created_at: AtNow;
    };
    /** WebP squares: `large` 512, `small` 128 pixels. */
    photos: {
      id: PhotoId;
      workspace_id: WorkspaceId;
      large: Buffer;
      small: Buffer;
      created_at: AtNow;
      /** Nobody has shown it since then; mails of before still point at it. */
      replaced_at: AtOrNull;
    };
    members: {
      id: MemberId;
      workspace_id: WorkspaceId;
      email: string;
      role: Role;
      first_name: string;
      last_name: string;
      job_title: Generated<string>;
      photo_id: Nullable<PhotoId>;
      zone: string;
      hours: Json<MeetingHours>;
      /** Argon2id; null: cannot sign in by password. */
      password_hash: Nullable<string>;
      is_active: Generated<boolean>;
      is_available: Generated<boolean>;
      away_reason: Nullable<string>;
      /** Open conversations at a time. */
      capacity: Generated<number>;
      last_offered_at: AtOrNull;
      deactivated_at: AtOrNull;
      /** When a session of this member was last used, to the minute. */
      seen_at: AtOrNull;
      /** E.164, such as +442079460000. */
      phone: Nullable<string>;
      phone_extension: Nullable<string>;
      /** BCP 47, such as `en-GB`: how dates and times are written for this member. */
      language: Generated<string>;
      zone_confirmed_at: AtOrNull;
      profile_confirmed_at: AtOrNull;
      hours_confirmed_at: AtOrNull;
      /** May sign in by password where the workspace is "SSO only". */
      is_break_glass: Generated<boolean>;
      meeting_details: ColumnType<MeetingDetails, string | undefined, string>;
      meetings_per_day: Nullable<number>;
      accepted_mailbox_zone: Nullable<string>;
      created_at: AtNow;
    };
    sessions: {
      /** SHA-256 of the cookie's token. */
      token_hash: Buffer;
      id: Generated<SessionId>;
      workspace_id: WorkspaceId;
      member_id: MemberId;
      kind: Generated<SessionKind>;
      /** The browser and system, or the app's own name. */
      label: Generated<string>;
      created_at: AtNow;
      seen_at: AtNow;
      /** When the person last proved who they are. */
      proved_at: AtNow;
      expires_at: At;
    };
    rep_leases: { member_id: MemberId; node_id: string; workspace_id: WorkspaceId; lease_until: At };
    nodes: { id: string; lease_until: At };
    visitors: {
      id: VisitorId;
      workspace_id: WorkspaceId;
      site_id: SiteId;
      /** SHA-256 of the secret half of the credential. */
      secret_hash: Buffer;
      /** The same for the browser that came back through a mailed link. */
      resume_secret_hash: Nullable<Buffer>;
      name: Nullable<string>;
      email: Nullable<string>;
      zone: Nullable<string>;
      language: Nullable<string>;
      device: Json<Device>;
      visits: Generated<number>;
      created_at: AtNow;
      seen_at: AtNow;
    };
    visits: {
      id: VisitId;
      workspace_id: WorkspaceId;
      visitor_id: VisitorId;
      source: string;
      /** The latest pages, oldest first, at most `limits.trailPages`. */
      pages: Json<PageView[]>;
      page_count: Generated<number>;
      started_at: AtNow;
      seen_at: AtNow;
      left_at: AtOrNull;
    };
    conversations: {
      id: ConversationId;
      workspace_id: WorkspaceId;
      visitor_id: VisitorId;
      is_open: Generated<boolean>;
      owner_id: Nullable<MemberId>;
      epoch: Generated<number>;
      last_seq: Generated<number>;
      visitor_delivered: Generated<number>;
      visitor_seen: Generated<number>;
      rep_delivered: Generated<number>;
      rep_seen: Generated<number>;
      visitor_spoke_seq: Generated<number>;
      visitor_spoke_at: AtOrNull;
      rep_spoke_seq: Generated<number>;
      rep_spoke_at: AtOrNull;
      /** Rep messages up to here were mailed to a visitor who had left. */
      mailed_seq: Generated<number>;
      created_at: AtNow;
      active_at: AtNow;
      closed_at: AtOrNull;
    };
    facts: {
      conversation_id: ConversationId;
      seq: number;
      workspace_id: WorkspaceId;
      author_kind: "visitor" | "rep" | "system";
      author_id: Nullable<MemberId>;
      client_id: Nullable<ClientId>;
      kind: FactKind;
      body: Json<Fact["body"]>;
      at: At;
    };
    requests: {
      id: RequestId;
      workspace_id: WorkspaceId;
      conversation_id: ConversationId;
      state: "queued" | "offered" | "claimed" | "fallback" | "left";
      fallback_to: Nullable<"meeting" | "message">;
      routing: Json<RoutingSettings>;
      created_at: AtNow;
      deadline_at: At;
      due_at: AtOrNull;
      ended_at: AtOrNull;
    };
    offers: {
      id: OfferId;
      workspace_id: WorkspaceId;
      request_id: RequestId;
      member_id: MemberId;
      state: "alerting" | "claimed" | "declined" | "expired" | "withdrawn";
      offered_at: AtNow;
      expires_at: At;
      ended_at: AtOrNull;
    };
    decisions: {
      id: Generated<string>;
      workspace_id: WorkspaceId;
      conversation_id: ConversationId;
      request_id: Nullable<RequestId>;
      member_id: Nullable<MemberId>;
      step: DecisionStep;
      reason: Nullable<ReasonCode>;
      at: AtNow;
    };
    canned_replies: {
      id: CannedReplyId;
      workspace_id: WorkspaceId;
      title: string;
      body: string;
      created_at: AtNow;
    };
    meetings: {
      id: MeetingId;
      workspace_id: WorkspaceId;
      host_id: MemberId;
      visitor_id: Nullable<VisitorId>;
      conversation_id: Nullable<ConversationId>;
      state: "held" | "booked" | "cancelled";
      start_at: At;
      end_at: At;
      /** `tstzrange(start, end + buffer, '[)')`: write it with sql. */
      during: ColumnType<string, unknown, unknown>;
      hold_until: AtOrNull;
      booking_key: Nullable<string>;
      guest_name: Generated<string>;
      guest_email: Generated<string>;
      note: Generated<string>;
      guest_zone: Generated<string>;
      /** SEQUENCE of the invitation; grows at each move and at the cancellation. */
      sequence: Generated<number>;
      created_at: AtNow;
      cancelled_at: AtOrNull;
      type_id: Nullable<MeetingTypeId>;
      /** Who keeps a held slot: a visitor's id, or that of a guest of a public page. */
      holder_id: Nullable<string>;
      /** Of the other hosts' rows of a meeting of several. */
      part_of: Nullable<MeetingId>;
      /** The hosts whose turn it might have been. */
      turn_of: Nullable<MemberId[]>;
      place: ColumnType<MeetingPlace | null, string | null | undefined, string | null>;
      answers: ColumnType<QuestionAnswer[], string | undefined, string>;
      host_notes: Generated<string>;
      no_show_at: AtOrNull;
      told_sequence: Nullable<number>;
      told_join_url: Nullable<string>;
      invited_by: Nullable<"us" | "calendar">;
      untold: ColumnType<UntoldChange[], string | undefined, string>;
      followed_until: AtOrNull;
      checked_sequence: Nullable<number>;
      conflict_sequence: Nullable<number>;
    };
    mails: {
      id: MailId;
      workspace_id: WorkspaceId;
      meeting_id: Nullable<MeetingId>;
      conversation_id: Nullable<ConversationId>;
      dedupe: string;
      to_address: string;
      to_name: Generated<string>;
      reply_to: Nullable<string>;
      subject: string;
      body_text: string;
      body_html: string;
      invitation: Nullable<string>;
      invitation_method: Nullable<"REQUEST" | "CANCEL">;
      message_id: string;
      created_at: AtNow;
      sent_at: AtOrNull;
      attempts: Generated<number>;
      problem: Nullable<string>;
    };
  };

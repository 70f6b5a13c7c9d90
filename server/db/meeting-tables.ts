import type { ColumnType, Generated } from "kysely";
import type {
  ConnectedProvider,
  ConnectionProblem,
  OAuthProvider,
  ProviderName,
} from "../../shared/model/connections.ts";
import type {
  CalendarId,
  ConnectionId,
  Instant,
  MeetingId,
  MeetingTypeId,
  MemberId,
  TeamId,
  WorkspaceId,
  ZoneName,
} from "../../shared/model/ids.ts";
import type { Hosting, PlaceWish, Question, TypeHours } from "../../shared/model/meeting-types.ts";
import type { At, AtNow, AtOrNull, Nullable } from "./columns.ts";

/** The tables of outside accounts, calendars, meeting types, and of what a meeting has outside of us. */
export type MeetingTables = {
  provider_apps: {
    workspace_id: WorkspaceId;
    provider: OAuthProvider;
    client_id: string;
    sealed_secret: Buffer;
    verified_at: AtOrNull;
    updated_at: AtNow;
  };
  connections: {
    id: ConnectionId;
    workspace_id: WorkspaceId;
    member_id: MemberId;
    provider: ProviderName;
    account_id: string;
    account_name: string;
    server_url: Nullable<string>;
    scopes: Generated<string[]>;
    /** JSON, sealed for (workspace, member, provider, row). */
    sealed_secret: Buffer;
    access_expires_at: AtOrNull;
    problem: Nullable<ConnectionProblem>;
    problem_at: AtOrNull;
    told_at: AtOrNull;
    mailbox_zone: Nullable<ZoneName>;
    tried_at: AtOrNull;
    good_at: AtOrNull;
    list_due_at: AtNow;
    created_at: AtNow;
  };
  connect_flows: {
    state_hash: Buffer;
    workspace_id: WorkspaceId;
    member_id: MemberId;
    provider: ConnectedProvider;
    browser_hash: Buffer;
    code_verifier: string;
    client_id: string;
    again_id: Nullable<ConnectionId>;
    return_to: string;
    created_at: AtNow;
    expires_at: At;
  };
  connect_waits: {
    workspace_id: WorkspaceId;
    member_id: MemberId;
    provider: ConnectedProvider;
    since: AtNow;
  };
  ended_connections: {
    id: ConnectionId;
    workspace_id: WorkspaceId;
    member_id: MemberId;
    provider: ProviderName;
    sealed_secret: Buffer;
    client_id: string;
    sealed_app_secret: Buffer;
    ended_at: AtNow;
  };
  calendars: {
    id: CalendarId;
    workspace_id: WorkspaceId;
    connection_id: ConnectionId;
    member_id: MemberId;
    ref: string;
    name: string;
    color: Nullable<string>;
    zone: Nullable<string>;
    is_primary: Generated<boolean>;
    is_writable: Generated<boolean>;
    blocks_time: Generated<boolean>;
    receives_meetings: Generated<boolean>;
    vanished_at: AtOrNull;
    cursor: Nullable<string>;
    read_at: AtOrNull;
    covered_from: AtOrNull;
    covered_until: AtOrNull;
    due_at: AtNow;
    leased_until: AtOrNull;
    failures: Generated<number>;
    watch_id: Nullable<string>;
    watch_ref: Nullable<string>;
    /** SHA-256 of the secret that the provider repeats. */
    watch_hash: Nullable<Buffer>;
    watch_until: AtOrNull;
    watch_due_at: AtNow;
    created_at: AtNow;
  };
  busy_times: {
    id: Generated<number>;
    workspace_id: WorkspaceId;
    calendar_id: CalendarId;
    member_id: MemberId;
    source: string;
    start_at: At;
    end_at: At;
    own_meeting_id: Nullable<MeetingId>;
  };
  meeting_types: {
    id: MeetingTypeId;
    workspace_id: WorkspaceId;
    slug: string;
    name: string;
    description: Generated<string>;
    durations: number[];
    hosting: Hosting;
    team_id: Nullable<TeamId>;
    place: Generated<PlaceWish>;
    questions: ColumnType<Question[], string | undefined, string>;
    notice_minutes: Nullable<number>;
    buffer_minutes: Nullable<number>;
    horizon_days: Nullable<number>;
    hours: ColumnType<TypeHours | null, string | null | undefined, string | null>;
    reminders: Generated<number[]>;
    is_public: Generated<boolean>;
    is_for_chat: Generated<boolean>;
    counted_from: AtNow;
    removed_at: AtOrNull;
    created_at: AtNow;
  };
  meeting_type_hosts: {
    workspace_id: WorkspaceId;
    type_id: MeetingTypeId;
    member_id: MemberId;
    weight: Generated<number>;
    priority: Generated<number>;
    joined_at: AtNow;
  };
  outside_copies: {
    workspace_id: WorkspaceId;
    meeting_id: MeetingId;
    member_id: MemberId;
    kind: "event" | "room";
    provider: ProviderName;
    connection_id: Nullable<ConnectionId>;
    calendar_ref: Nullable<string>;
    external_id: Nullable<string>;
    etag: Nullable<string>;
    join_url: Nullable<string>;
    passcode: Nullable<string>;
    /** The meeting's sequence that is shown there, or was refused. */
    sequence: Nullable<number>;
    invites: Generated<boolean>;
    state: Generated<"wanted" | "there" | "refused" | "gone">;
    problem: Nullable<ConnectionProblem>;
    attempts: Generated<number>;
    tried_at: AtOrNull;
    retry_at: AtOrNull;
    updated_at: AtNow;
  };
};

/** A change of a meeting as its mails tell it, kept until they are written. */
export type UntoldChange = {
  sequence: number;
  news: "booked" | "moved" | "cancelled" | "given";
  by: "guest" | "host";
  at: Instant;
  startAt: Instant;
  endAt: Instant;
  hostId: MemberId;
  /** Where a moved one was before. */
  oldStartAt: Instant | null;
  /** Who had a given one. */
  oldHostId: MemberId | null;
  /** Who has a given one now; else its host. */
  newHostId: MemberId;
};

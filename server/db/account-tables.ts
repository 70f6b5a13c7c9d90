import type { ColumnType, Generated } from "kysely";
import type {
  DomainId,
  InvitationId,
  MemberId,
  PhoneCodeId,
  ProviderId,
  SessionId,
  TeamId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import type { Role } from "../../shared/model/people.ts";
import type { AuditAction } from "../../shared/protocol/audit.ts";
import type { At, AtNow, AtOrNull, Json, Nullable } from "./columns.ts";

/** What a one-use secret is good for; one made for one purpose is nothing for another. */
export type SecretPurpose = "password_reset" | "first_run";

/** The tables of who comes in, as what, and how. */
export type AccountTables = {
  teams: { id: TeamId; workspace_id: WorkspaceId; name: string; created_at: AtNow };
  team_members: { workspace_id: WorkspaceId; team_id: TeamId; member_id: MemberId };
  invitations: {
    id: InvitationId;
    workspace_id: WorkspaceId;
    email: string;
    role: Role;
    team_ids: TeamId[];
    /** SHA-256 of the secret in the mail. */
    token_hash: Buffer;
    invited_by: MemberId;
    created_at: AtNow;
    sent_at: AtNow;
    expires_at: At;
    /** How often it was mailed. */
    sends: Generated<number>;
    accepted_at: AtOrNull;
    revoked_at: AtOrNull;
    member_id: Nullable<MemberId>;
  };
  one_use_secrets: {
    token_hash: Buffer;
    purpose: SecretPurpose;
    workspace_id: Nullable<WorkspaceId>;
    member_id: Nullable<MemberId>;
    created_at: AtNow;
    expires_at: At;
    used_at: AtOrNull;
    /** A newer one was made, or it is not needed any more. */
    replaced_at: AtOrNull;
  };
  audit: {
    id: Generated<number>;
    workspace_id: WorkspaceId;
    at: AtNow;
    /** Null: the program itself, or nobody who is known. */
    actor_id: Nullable<MemberId>;
    action: AuditAction;
    subject_kind: Nullable<string>;
    subject_id: Nullable<string>;
    /** As it was called then: the thing may go. */
    subject_name: Nullable<string>;
    details: Json<Record<string, string | number | boolean | null>>;
  };
  skipped_steps: { workspace_id: WorkspaceId; member_id: MemberId; step: string; skipped_at: AtNow };
  identity_providers: {
    id: ProviderId;
    workspace_id: WorkspaceId;
    kind: "oidc" | "saml";
    name: string;
    settings: Json<Record<string, unknown>>;
    sealed_secret: Nullable<Buffer>;
    is_on: Generated<boolean>;
    /** Counts the changes of settings. */
    revision: Generated<number>;
    verified_at: AtOrNull;
    last_run: ColumnType<object | null, string | null | undefined, string | null>;
    last_run_at: AtOrNull;
    default_role: Generated<"rep" | "meetings_only">;
    default_team_id: Nullable<TeamId>;
    allows_idp_initiated: Generated<boolean>;
    created_at: AtNow;
  };
  domains: {
    id: DomainId;
    workspace_id: WorkspaceId;
    domain: string;
    token: string;
    proven_at: AtOrNull;
    proven_by: Nullable<"dns" | "file">;
    created_at: AtNow;
  };
  identities: {
    provider_id: ProviderId;
    issuer: string;
    subject: string;
    workspace_id: WorkspaceId;
    member_id: MemberId;
    created_at: AtNow;
    used_at: AtNow;
  };
  sso_flows: {
    state_hash: Buffer;
    workspace_id: WorkspaceId;
    provider_id: ProviderId;
    purpose: "sign_in" | "verify" | "prove";
    member_id: Nullable<MemberId>;
    browser_hash: Buffer;
    /** Of the provider, when it began. */
    revision: number;
    nonce: Nullable<string>;
    code_verifier: Nullable<string>;
    request_id: Nullable<string>;
    /** SAML: who was told, until the same browser asks for it with its cookie. */
    told: ColumnType<object | null, string | null | undefined, string | null>;
    return_to: string;
    created_at: AtNow;
    expires_at: At;
  };
  used_assertions: {
    provider_id: ProviderId;
    assertion_id: string;
    workspace_id: WorkspaceId;
    expires_at: At;
  };
  device_codes: {
    device_code_hash: Buffer;
    user_code_hash: Buffer;
    app_name: string;
    device: string;
    network_hash: Buffer;
    workspace_id: Nullable<WorkspaceId>;
    member_id: Nullable<MemberId>;
    state: Generated<"waiting" | "authorized" | "denied" | "used">;
    interval_seconds: Generated<number>;
    polled_at: AtOrNull;
    created_at: AtNow;
    expires_at: At;
  };
  phone_codes: {
    id: PhoneCodeId;
    secret_hash: Buffer;
    claim_hash: Nullable<Buffer>;
    workspace_id: WorkspaceId;
    member_id: MemberId;
    session_id: SessionId;
    state: Generated<"open" | "claimed" | "confirmed" | "refused" | "used">;
    phone_label: Nullable<string>;
    number: Nullable<number>;
    created_at: AtNow;
    expires_at: At;
  };
};

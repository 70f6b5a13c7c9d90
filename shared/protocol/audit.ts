import type { Instant, MemberId } from "../model/ids.ts";

/** Everything that is written down, by what was done. A new one is a line here; the console then asks for its words. */
export const auditActions = [
  "workspace_created",
  "workspace_changed",
  "workspace_deletion_planned",
  "workspace_deletion_cancelled",
  "workspace_exported",
  "site_added",
  "site_changed",
  "site_removed",
  "member_invited",
  "invitation_sent_again",
  "invitation_revoked",
  "member_joined",
  "member_role_changed",
  "member_deactivated",
  "member_reactivated",
  "member_changed",
  "meeting_given",
  "meeting_type_added",
  "meeting_type_changed",
  "meeting_type_removed",
  "meeting_settings_changed",
  "team_added",
  "team_changed",
  "team_removed",
  "signed_in",
  "sign_in_refused",
  "sso_refused",
  "identity_linked",
  "password_changed",
  "password_reset_asked",
  "sessions_ended",
  "app_authorized",
  "phone_signed_in",
  "sso_provider_added",
  "sso_provider_changed",
  "sso_provider_removed",
  "sso_verified",
  "sso_turned_on",
  "sso_turned_off",
  "sso_only_changed",
  "domain_added",
  "domain_proven",
  "domain_removed",
  "connection_added",
  "connection_renewed",
  "connection_removed",
  "connections_revoked",
  "provider_app_changed",
  "provider_app_removed",
] as const;

export type AuditAction = (typeof auditActions)[number];

/** What an admin looks for: a filter of the log. */
export const auditGroups = [
  "sign_in",
  "members",
  "teams",
  "workspace",
  "meetings",
  "sso",
  "connections",
] as const;
export type AuditGroup = (typeof auditGroups)[number];

export const auditGroupOf: Readonly<Record<AuditAction, AuditGroup>> = {
  workspace_created: "workspace",
  workspace_changed: "workspace",
  workspace_deletion_planned: "workspace",
  workspace_deletion_cancelled: "workspace",
  workspace_exported: "workspace",
  site_added: "workspace",
  site_changed: "workspace",
  site_removed: "workspace",
  member_invited: "members",
  invitation_sent_again: "members",
  invitation_revoked: "members",
  member_joined: "members",
  member_role_changed: "members",
  member_deactivated: "members",
  member_reactivated: "members",
  member_changed: "members",
  meeting_given: "members",
  meeting_type_added: "meetings",
  meeting_type_changed: "meetings",
  meeting_type_removed: "meetings",
  meeting_settings_changed: "meetings",
  team_added: "teams",
  team_changed: "teams",
  team_removed: "teams",
  signed_in: "sign_in",
  sign_in_refused: "sign_in",
  sso_refused: "sign_in",
  identity_linked: "sign_in",
  password_changed: "sign_in",
  password_reset_asked: "sign_in",
  sessions_ended: "sign_in",
  app_authorized: "sign_in",
  phone_signed_in: "sign_in",
  sso_provider_added: "sso",
  sso_provider_changed: "sso",
  sso_provider_removed: "sso",
  sso_verified: "sso",
  sso_turned_on: "sso",
  sso_turned_off: "sso",
  sso_only_changed: "sso",
  domain_added: "sso",
  domain_proven: "sso",
  domain_removed: "sso",
  connection_added: "connections",
  connection_renewed: "connections",
  connection_removed: "connections",
  connections_revoked: "connections",
  provider_app_changed: "connections",
  provider_app_removed: "connections",
};

export function actionsOf(group: AuditGroup): AuditAction[] {
  return auditActions.filter((action) => auditGroupOf[action] === group);
}

/** A line of the audit log. `actorName` null: the program itself. Names are those of that time, or of now for people. */
export type AuditLine = {
  id: string;
  at: Instant;
  actorId: MemberId | null;
  actorName: string | null;
  action: AuditAction;
  subjectKind: string | null;
  subjectId: string | null;
  subjectName: string | null;
  details: Record<string, string | number | boolean | null>;
};

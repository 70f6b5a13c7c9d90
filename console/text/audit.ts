import type { AuditAction, AuditGroup, AuditLine } from "../../shared/protocol/audit.ts";
import type { SsoProblem } from "../../shared/protocol/sso-routes.ts";

type Details = AuditLine["details"];

const roles: Readonly<Record<string, string>> = {
  admin: "admin",
  rep: "rep",
  meetings_only: "meetings only",
};
const roleOf = (value: Details[string] | undefined) => roles[String(value)] ?? String(value ?? "");
const as = (details: Details) => (details.role == null ? "" : ` as ${roleOf(details.role)}`);
const on = (value: Details[string] | undefined) =>
  value == null || value === "" ? "" : ` on ${String(value)}`;
const name = (line: AuditLine, other: string) => line.subjectName ?? other;
/** Of something of one's own: "their own profile" instead of one's name. What names nobody was done to oneself. */
const whose = (line: AuditLine, own: string, others: (of: string) => string) =>
  line.actorId !== null && (line.subjectId === null || line.actorId === line.subjectId)
    ? own
    : others(name(line, "a member"));

const providerFields: Readonly<Record<string, string>> = {
  name: "the name",
  issuer: "the issuer",
  clientId: "the client id",
  secret: "the client secret",
  entityId: "the entity id",
  signInUrl: "the sign-in address",
  certificates: "the certificates",
  defaultRole: "the role of new people",
  defaultTeamId: "the team of new people",
  allowsIdpInitiated: "whether one may begin there",
};
/** "the name and the issuer of "; nothing where the line names no field. */
function fieldsOf(value: Details[string] | undefined): string {
  const fields = String(value ?? "")
    .split(" ")
    .filter(Boolean);
  const named = fields.map((field) => providerFields[field] ?? field);
  return named.length === 0 ? "" : `${new Intl.ListFormat("en").format(named)} of `;
}

/** Why a provider's answer was not taken. */
const refusals: Readonly<Record<string, string>> = {
  refused_there: "the provider said no",
  unreachable: "the provider could not be reached",
  bad_signature: "the signature is not good",
  wrong_issuer: "the answer names another issuer",
  wrong_audience: "the answer was made for another application",
  wrong_time: "the answer was past its time",
  not_ours: "the answer was used before, or answers another question",
  wrong_client: "the client id or secret is not taken there",
  no_email: "no e-mail address came back",
  email_unverified: "the address is not verified there",
  domain_unproven: "the address is not of a proven domain",
  no_account: "no account can be opened for that person",
} satisfies Partial<Record<SsoProblem, string>>;

const providers: Readonly<Record<string, string>> = {
  google: "Google",
  microsoft: "Microsoft",
  caldav: "CalDAV",
  zoom: "Zoom",
  teams: "Microsoft Teams",
};
/** "the Google account rep@example.com". */
const accountOf = (line: AuditLine) =>
  `the ${providers[String(line.details.provider)] ?? "outside"} account ${name(line, "")}`.trimEnd();

const ways: Readonly<Record<string, string>> = {
  password: "with a password",
  invitation: "by an invitation",
  sso: "through single sign-on",
  app: "with an app",
};

/** What somebody did, after their name. Each action has words: a new one does not compile without. */
export const auditWords: Readonly<Record<AuditAction, (line: AuditLine) => string>> = {
  workspace_created: (line) => `opened the workspace ${name(line, "")}`.trimEnd(),
  workspace_changed: ({ details }) => {
    if (details.name !== undefined) return `renamed the workspace to ${String(details.name)}`;
    if (details.logo !== undefined) return details.logo ? "changed the logo" : "removed the logo";
    if (details.color !== undefined) return "changed the workspace’s colour";
    if ("retentionDays" in details)
      return details.retentionDays === null
        ? "set conversations to be kept for ever"
        : `set conversations to be kept for ${String(details.retentionDays)} days`;
    return "changed the workspace";
  },
  workspace_deletion_planned: (line) => `planned to delete the workspace ${name(line, "")}`.trimEnd(),
  workspace_deletion_cancelled: () => "called the deletion of the workspace off",
  workspace_exported: () => "exported everything in the workspace",
  site_added: (line) => `added the site ${name(line, "")}`.trimEnd(),
  site_changed: (line) => `changed the site ${name(line, "")}`.trimEnd(),
  site_removed: (line) => `removed the site ${name(line, "")}`.trimEnd(),
  member_invited: (line) => `invited ${name(line, "somebody")}${as(line.details)}`,
  invitation_sent_again: (line) => `sent the invitation of ${name(line, "somebody")} again`,
  invitation_revoked: (line) => `took back the invitation of ${name(line, "somebody")}`,
  member_joined: (line) =>
    whose(line, `joined${as(line.details)}`, (of) => `let ${of} join${as(line.details)}`),
  member_role_changed: (line) =>
    `made ${name(line, "a member")} ${roleOf(line.details.to)} instead of ${roleOf(line.details.from)}`,
  member_deactivated: (line) => `deactivated ${name(line, "a member")}`,
  member_reactivated: (line) => `reactivated ${name(line, "a member")}${as(line.details)}`,
  member_changed: (line) => {
    const { details } = line;
    if (details.teams !== undefined)
      return `put ${name(line, "a member")} into ${details.teams === "" ? "no team" : String(details.teams)}`;
    if (details.photo !== undefined)
      return `${String(details.photo)} ${whose(line, "their photo", (of) => `the photo of ${of}`)}`;
    return `changed ${whose(line, "their profile", (of) => `the profile of ${of}`)}`;
  },
  meeting_given: (line) =>
    `gave the meeting with ${name(line, "a guest")} to ${String(line.details.to ?? "a colleague")}`,
  team_added: (line) => `added the team ${name(line, "")}`.trimEnd(),
  team_changed: (line) => `changed the team ${name(line, "")}`.trimEnd(),
  team_removed: (line) => `removed the team ${name(line, "")}`.trimEnd(),
  meeting_type_added: (line) => `added the meeting type ${name(line, "")}`.trimEnd(),
  meeting_type_changed: (line) => `changed the meeting type ${name(line, "")}`.trimEnd(),
  meeting_type_removed: (line) => `removed the meeting type ${name(line, "")}`.trimEnd(),
  meeting_settings_changed: ({ details }) =>
    details.ownerFirstDays === 0
      ? "set meetings to go to the whole team at once"
      : `set meetings to go to the owner first, within ${String(details.ownerFirstDays)} days`,
  signed_in: ({ details }) =>
    details.kind === "app"
      ? `was signed in by the app ${String(details.label ?? "")}`
      : `signed in ${ways[String(details.kind)] ?? ""}${on(details.label)}`,
  sign_in_refused: (line) => `failed to sign in as ${name(line, "a member")}`,
  sso_refused: (line) =>
    `was not let in through ${name(line, "a provider")}: ${refusals[String(line.details.problem)] ?? String(line.details.problem)}`,
  identity_linked: (line) =>
    `was linked to ${String(line.details.outside)} of ${name(line, "a provider")}${line.details.email == null ? "" : ` by the address ${String(line.details.email)}`}`,
  password_changed: (line) => `changed ${whose(line, "their password", (of) => `the password of ${of}`)}`,
  password_reset_asked: (line) =>
    line.details.byOperator
      ? `had a link to a new password for ${name(line, "a member")} printed at the server`
      : `asked for a new password for ${name(line, "a member")} on the sign-in page`,
  sessions_ended: (line) =>
    `signed ${whose(line, "themselves", (of) => of)} out${line.details.label == null ? " elsewhere" : on(line.details.label)}`,
  app_authorized: (line) =>
    `let the app ${name(line, "")} in${line.details.device ? `, asked for by ${String(line.details.device)}` : ""}`,
  phone_signed_in: ({ details }) => `signed a phone in by its code${on(details.label)}`,
  sso_provider_added: (line) => `added the identity provider ${name(line, "")}`.trimEnd(),
  sso_provider_changed: (line) =>
    `changed ${fieldsOf(line.details.fields)}the identity provider ${name(line, "")}`.trimEnd(),
  sso_provider_removed: (line) => `removed the identity provider ${name(line, "")}`.trimEnd(),
  sso_verified: (line) => `verified single sign-on through ${name(line, "a provider")}`,
  sso_turned_on: (line) => `turned single sign-on through ${name(line, "a provider")} on`,
  sso_turned_off: (line) => `turned single sign-on through ${name(line, "a provider")} off`,
  sso_only_changed: ({ details }) =>
    details.isOn
      ? `made single sign-on the only way in${typeof details.breakGlass === "string" ? `; passwords are kept by ${details.breakGlass}` : ""}`
      : "allowed passwords beside single sign-on",
  domain_added: (line) => `added the domain ${name(line, "")}`.trimEnd(),
  domain_proven: (line) => `proved the domain ${name(line, "")}`.trimEnd(),
  domain_removed: (line) => `removed the domain ${name(line, "")}`.trimEnd(),
  connection_added: (line) => `connected ${accountOf(line)}`,
  connection_renewed: (line) => `connected ${accountOf(line)} again`,
  connection_removed: (line) => `disconnected ${accountOf(line)}`,
  connections_revoked: ({ details }) =>
    `gave back and forgot every outside access (${String(details.connections ?? 0)} connections)`,
  provider_app_changed: (line) => `changed the registration at ${name(line, "a provider")}`,
  provider_app_removed: (line) => `removed the registration at ${name(line, "a provider")}`,
};

/** Who did it, where nobody was signed in. */
export function withoutActor({ action, details }: Pick<AuditLine, "action" | "details">): string {
  if (action === "password_reset_asked" && details.byOperator) return "Whoever runs the server";
  const isStranger =
    action === "sign_in_refused" || action === "sso_refused" || action === "password_reset_asked";
  return isStranger ? "Somebody" : "Foyer";
}

export const auditText = {
  tab: "Audit log",
  lead: "Who did what, newest first. Lines are never changed or removed.",
  person: "Person",
  everybody: "Everybody",
  left: (of: string) => `${of} (deactivated)`,
  group: "Kind",
  everything: "Everything",
  groups: {
    sign_in: "Signing in",
    members: "Members and invitations",
    teams: "Teams",
    workspace: "Workspace and sites",
    meetings: "Meeting types",
    sso: "Single sign-on",
    connections: "Outside accounts",
  } satisfies Record<AuditGroup, string>,
  from: "From",
  to: "Until",
  clear: "Clear",
  download: "Download CSV",
  list: "Audit log",
  more: "Show older lines",
  loading: "Loading",
  emptyTitle: "Nothing matches",
  emptyWords: "No line of the log fits these filters.",
  noneTitle: "Nothing has happened yet",
  noneWords: "Whatever is changed in this workspace will be written down here.",
};

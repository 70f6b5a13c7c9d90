import type { OidcSettings, SamlSettings } from "../../../shared/protocol/sso-routes.ts";
import { type SealedFor, unseal } from "../../sealed.ts";
import type { ReadyProvider } from "./port.ts";
import type { ProviderRow } from "./store.ts";

type Sealing = Pick<ProviderRow, "id" | "workspace_id">;

/** Where the secret of a provider belongs; moved to another row or workspace, it does not open. */
export function sealedFor({ id, workspace_id }: Sealing): SealedFor {
  return [workspace_id, "oidc", id];
}

export function oidcSettingsOf(row: Pick<ProviderRow, "settings">): OidcSettings {
  const { issuer, clientId } = row.settings as Partial<OidcSettings>; // Written by `change-provider.ts` only.
  return { issuer: issuer ?? "", clientId: clientId ?? "" };
}

export function samlSettingsOf(row: Pick<ProviderRow, "settings">): SamlSettings {
  const { entityId, signInUrl, certificates } = row.settings as Partial<SamlSettings>; // As above.
  return { entityId: entityId ?? "", signInUrl: signInUrl ?? "", certificates: certificates ?? [] };
}

/** With all it needs, its secret opened; null while something is missing. */
export function readyProvider(secretKey: string, row: ProviderRow): ReadyProvider | null {
  const named = { id: row.id, workspaceId: row.workspace_id, name: row.name };
  if (row.kind === "saml") {
    const settings = samlSettingsOf(row);
    return settings.certificates.length > 0 ? { ...named, kind: "saml", settings } : null;
  }
  const settings = oidcSettingsOf(row);
  const secret = row.sealed_secret === null ? null : unseal(secretKey, sealedFor(row), row.sealed_secret);
  return settings.issuer === "" || secret === null ? null : { ...named, kind: "oidc", settings, secret };
}

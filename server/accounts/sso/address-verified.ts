/**
 * Whether a provider says that the address it tells is the person's own; null: it says nothing. Microsoft Entra ID sends no
 * `email_verified`, and lets every tenant write any address; its optional claim `xms_edov` ("e-mail domain owner verified")
 * is the same word. From any other issuer that claim means nothing.
 * https://learn.microsoft.com/entra/identity-platform/optional-claims-reference
 */
export function isAddressVerified(
  claims: Readonly<Record<string, unknown>> & { iss: string },
): boolean | null {
  // A string "true" is what some old providers send; anything else is no.
  if (claims.email_verified !== undefined) return isTrue(claims.email_verified);
  if (claims.xms_edov === undefined || !isEntra(claims.iss)) return null;
  return isTrue(claims.xms_edov) || claims.xms_edov === 1 || claims.xms_edov === "1";
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

function isEntra(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { protocol, host } = new URL(issuer);
  return protocol === "https:" && host === "login.microsoftonline.com";
}

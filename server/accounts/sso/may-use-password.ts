import type { Kysely } from "kysely";
import type { ProviderId } from "../../../shared/model/ids.ts";
import { emailField } from "../../../shared/protocol/fields.ts";
import type { Database } from "../../db/tables.ts";
import { domainOf } from "./accept-identity.ts";
import { passwordAllowed } from "./people-store.ts";
import { providersOfDomain } from "./store.ts";

/**
 * Whether a password is worth anything for this address: false for members of a workspace that is "SSO only", but for its
 * break-glass admins. True for an address that nobody has, so that asking tells nothing.
 */
export function mayUsePassword(db: Kysely<Database>, email: string): Promise<boolean> {
  return passwordAllowed(db, email);
}

/**
 * Through which providers people of this address sign in: by its domain alone, whoever has an account. `isOnlyWay`: their
 * workspace takes no passwords.
 */
export async function findProviders(
  db: Kysely<Database>,
  email: string,
): Promise<{ providers: { id: ProviderId; name: string }[]; isOnlyWay: boolean }> {
  const address = emailField.safeParse(email);
  const rows = address.success ? await providersOfDomain(db, domainOf(address.data)) : [];
  return {
    providers: rows.map(({ id, name }) => ({ id, name })),
    isOnlyWay: rows.some(({ is_sso_only }) => is_sso_only),
  };
}

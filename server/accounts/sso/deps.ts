import type { Kysely } from "kysely";
import type { MemberId, ProviderId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import type { GuardedFetch } from "../../guarded-fetch.ts";
import type { NoteRefusedSso } from "../audit/note-refused-sign-in.ts";
import type { OidcAnswer, OidcProvider } from "./oidc.ts";
import type { IdentityProtocol } from "./port.ts";
import type { SamlAnswer, SamlProvider, SamlTold } from "./saml.ts";

/** What single sign-on needs of the house. */
export type SsoDeps = {
  db: Kysely<Database>;
  secretKey: string;
  publicUrl: string;
  allowsPrivateHosts: boolean;
  fetch: GuardedFetch;
  /** The texts of a name's TXT records; rejects when there are none. */
  resolveTxt: (name: string) => Promise<string[][]>;
  oidc: IdentityProtocol<OidcProvider, OidcAnswer>;
  saml: IdentityProtocol<SamlProvider, SamlAnswer, SamlTold>;
  /** Nobody waits for it. */
  noteRefused: NoteRefusedSso;
  now: () => number;
  /** Told after the commit. */
  announceTeam: (workspaceId: WorkspaceId) => void;
  announceEnd: (memberId: MemberId) => void;
};

/** What providers are told of us: each gets addresses of its own. */
export function ourAddresses(publicUrl: string) {
  const at = (path: string) => (provider: { id: ProviderId }) =>
    `${publicUrl}/sso/${path.replace("ID", provider.id)}`;
  return {
    redirectUrl: at("oidc/ID/callback"),
    entityId: at("saml/ID/metadata"),
    acsUrl: at("saml/ID/acs"),
  };
}

import type { ProviderId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { OidcSettings, SamlSettings, SsoProblem } from "../../../shared/protocol/sso-routes.ts";

/** A provider with all it needs, its secret opened. */
export type ReadyProvider = {
  id: ProviderId;
  workspaceId: WorkspaceId;
  name: string;
} & ({ kind: "oidc"; settings: OidcSettings; secret: string } | { kind: "saml"; settings: SamlSettings });

/** Who the provider says that somebody is. */
export type Told = {
  issuer: string;
  /** Who it is there, for good, whatever their address. */
  subject: string;
  email: string | null;
  /** Null: it says nothing of it. */
  isEmailVerified: boolean | null;
  firstName: string | null;
  lastName: string | null;
  attributes: { name: string; values: string[] }[];
  /** When the person last proved who they are there, in ms since 1970; null: it does not say. */
  signedInAt: number | null;
};

/** What a flow keeps between the way there and the way back. */
export type FlowSecrets = { nonce: string | null; codeVerifier: string | null; requestId: string | null };

export type BeginInput = {
  /** Comes back unchanged and names the flow. */
  state: string;
  /** The person is to prove who they are again, even if the provider still knows them. */
  isProof: boolean;
  /** Shown there as the account to use; null: unknown. */
  email: string | null;
};

/** Refuses what a provider told. */
export class SsoRefused extends Error {
  override readonly name = "SsoRefused";

  constructor(readonly problem: SsoProblem) {
    super(problem);
  }
}

/** How one kind of provider is spoken with. `begin` and `finish` throw `SsoRefused`. */
export interface IdentityProtocol<P extends ReadyProvider, Answer, T extends Told = Told> {
  /** Where the browser goes, and what must be kept for its return. */
  begin(provider: P, input: BeginInput): Promise<{ url: URL; keeps: FlowSecrets }>;
  /** Checks everything about the answer that does not need our own accounts. */
  finish(provider: P, answer: Answer): Promise<T>;
}

/** Names, values and their number as far as a page shows them and a row should hold them. */
export function attributesOf(entries: Iterable<readonly [string, unknown]>): Told["attributes"] {
  const shown: Told["attributes"] = [];
  for (const [name, value] of entries) {
    if (shown.length === 40) break;
    const values = [value]
      .flat()
      .filter((each) => ["string", "number", "boolean"].includes(typeof each))
      .slice(0, 30)
      .map((each) => String(each).slice(0, 300));
    if (values.length > 0) shown.push({ name: name.slice(0, 200), values });
  }
  return shown;
}

import type { TestCertificate } from "./test-certificate.ts";

export type SamlPerson = { uid: string; mail: string; givenName: string; sn: string; groups: string[] };
/** An application the provider knows. */
export type SamlApp = { entityId: string; acsUrl: string; signsResponse?: boolean; signsAssertion?: boolean };
/** What the provider's page posts to us. */
export type Posted = { action: string; SAMLResponse: string; RelayState?: string };

/** A SAML provider as the tests drive it. */
export interface SamlIdp {
  entityId: string;
  signInUrl: string;
  keys: TestCertificate;
  person(person: SamlPerson): void;
  knows(apps: SamlApp[]): void;
  /** Answers the request that our redirect brought. */
  answer(url: URL): Promise<Posted>;
  /** Begins by itself. */
  unasked(app: SamlApp): Promise<Posted>;
  close(): Promise<void>;
}

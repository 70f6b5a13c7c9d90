import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Provider } from "oidc-provider";

/** Somebody in the directory of the company. */
export type Person = {
  sub: string;
  email?: string;
  email_verified?: boolean;
  given_name?: string;
  family_name?: string;
};

export type TestIdp = {
  issuer: string;
  clientId: string;
  secret: string;
  /** Who sits at the browser that comes next. */
  person: Person;
  close(): Promise<void>;
};

/** The reference OpenID provider for Node, in this process; whoever comes is `person`, without being asked. */
export async function openOidcProvider(redirectUrls: string[]): Promise<TestIdp> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  let handle: (
    request: Parameters<ReturnType<Provider["callback"]>>[0],
    response: Parameters<ReturnType<Provider["callback"]>>[1],
  ) => void;
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const idp: TestIdp = {
    issuer,
    clientId: "foyer",
    secret: "the client's secret, known to both",
    person: { sub: "1" },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: idp.clientId,
        client_secret: idp.secret,
        redirect_uris: redirectUrls,
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" }] },
    cookies: { keys: ["a key of the tests"] },
    pkce: { required: () => true },
    claims: {
      email: ["email", "email_verified"],
      profile: ["given_name", "family_name", "name"],
    },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ ...idp.person, sub: accountId }),
    }),
    loadExistingGrant: async (context: {
      oidc: { client: { clientId: string }; session: { accountId: string } };
    }) => {
      const grant = new provider.Grant({
        clientId: context.oidc.client.clientId,
        accountId: context.oidc.session.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
    interactions: { url: () => "/who" },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 600,
      Interaction: 600,
      Session: 600,
    },
  });
  const callback = provider.callback();
  handle = (request, response) => {
    if (request.url !== "/who") return callback(request, response);
    provider
      .interactionFinished(request, response, { login: { accountId: idp.person.sub, remember: false } })
      .catch(() => response.writeHead(500).end());
  };
  return idp;
}

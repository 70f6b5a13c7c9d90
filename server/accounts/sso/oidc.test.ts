import { beforeEach, describe, expect, it } from "vitest";
import type { GuardedFetch } from "../../guarded-fetch.ts";
import { createOidc, type OidcProvider } from "./oidc.ts";

const issuer = "https://idp.example";
const provider: OidcProvider = {
  id: "p" as OidcProvider["id"],
  workspaceId: "w" as OidcProvider["workspaceId"],
  name: "The company",
  kind: "oidc",
  settings: { issuer, clientId: "foyer" },
  secret: "secret",
};

let asked: string[];
let isAway: boolean;
let clock: number;
const fetch: GuardedFetch = async (url) => {
  asked.push(String(url));
  if (isAway) throw new TypeError("away");
  const about = {
    issuer,
    authorization_endpoint: `${issuer}/go`,
    token_endpoint: `${issuer}/t`,
    jwks_uri: `${issuer}/j`,
  };
  return Response.json(about);
};
beforeEach(() => {
  asked = [];
  isAway = false;
  clock = 0;
});

describe("sign-ins that begin", () => {
  const open = () =>
    createOidc({
      fetch,
      allowsPrivateHosts: false,
      redirectUrl: () => "https://foyer.example/cb",
      now: () => clock,
    });
  const begin = (oidc: ReturnType<typeof open>, who = provider) =>
    oidc.begin(who, { state: "s", isProof: false, email: null });

  it("ask the provider about itself once in five minutes, however many they are", async () => {
    const oidc = open();
    await Promise.all(Array.from({ length: 20 }, () => begin(oidc)));
    clock = 299_000;
    await begin(oidc);
    expect(asked).toEqual([`${issuer}/.well-known/openid-configuration`]);
    clock = 301_000;
    await begin(oidc);
    expect(asked).toHaveLength(2);
  });

  it("ask again for other settings, and after a failure", async () => {
    const oidc = open();
    await begin(oidc);
    await begin(oidc, { ...provider, secret: "another" });
    expect(asked).toHaveLength(2);
    isAway = true;
    const other = { ...provider, settings: { issuer, clientId: "other" } };
    await expect(begin(oidc, other)).rejects.toMatchObject({ problem: "unreachable" });
    isAway = false;
    await begin(oidc, other);
    expect(asked).toHaveLength(4);
  });
});

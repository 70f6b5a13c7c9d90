import { expect, test } from "vitest";
import type { OAuthProvider } from "../../shared/model/connections.ts";
import type { AppCheck, ProviderAppView } from "../../shared/protocol/connection-routes.ts";
import type { Refusal } from "../../shared/protocol/errors.ts";
import type { ApiCall } from "../ports.ts";
import { settle } from "./fake-clock.ts";
import { IntegrationsModel } from "./integrations.ts";

const app = (provider: OAuthProvider): ProviderAppView => ({
  provider,
  clientId: null,
  redirectUrl: "https://foyer.example/connect/callback",
  registerUrl: "https://provider.example",
  scopes: [],
  isVerified: false,
  updatedAt: null,
});

async function setUp() {
  const server = {
    apps: [app("google"), app("zoom")],
    check: "works" as AppCheck,
    refusal: null as Refusal | null,
    secrets: [] as (string | null)[],
    release: () => undefined as undefined,
    isHeld: false,
  };
  type Input = { clientId: string; clientSecret: string | null };
  const call = (async (route: string, input: Input, id: string) => {
    if (server.isHeld) {
      await new Promise<void>((resolve) => {
        server.release = () => void resolve();
      });
    }
    if (server.refusal) return server.refusal;
    if (route.endsWith("/check")) return { ok: true, check: server.check };
    if (route.endsWith("/revoke-all")) return { ok: true, revoked: 3, unanswered: 1 };
    if (route.startsWith("PUT")) {
      server.secrets.push(input.clientSecret);
      server.apps = server.apps.map((each) =>
        each.provider === id ? { ...each, clientId: input.clientId } : each,
      );
    }
    return { ok: true, apps: server.apps };
  }) as unknown as ApiCall;
  const model = new IntegrationsModel(call);
  await model.load();
  return { model, server };
}

test("a registration is saved and tested, and saving forgets what the test before it showed", async () => {
  const { model, server } = await setUp();
  model.show("google");
  expect(await model.save("google", "id", "secret")).toBe(true);
  expect(model.open.value?.clientId).toBe("id");
  server.check = "wrong_secret";
  await model.test("google");
  expect(model.check.value).toBe("wrong_secret");
  expect(await model.save("google", "id", "another")).toBe(true);
  expect(model.check.value).toBeNull();
  expect(await model.save("google", "id-2", null)).toBe(true);
  expect(server.secrets).toEqual(["secret", "another", null]);
});

test("what a test showed does not appear at another provider that was opened meanwhile", async () => {
  const { model, server } = await setUp();
  model.show("google");
  server.isHeld = true;
  const testing = model.test("google");
  await settle();
  model.show("zoom");
  server.release();
  await testing;
  expect(model.check.value).toBeNull();
});

test("a refusal stays until the next question, and nothing is changed by it", async () => {
  const { model, server } = await setUp();
  server.refusal = { ok: false, code: "invalid_input", field: "clientId" };
  expect(await model.save("google", "", "secret")).toBe(false);
  expect(model.refusal.value?.field).toBe("clientId");
  expect(model.apps.value?.[0]?.clientId).toBeNull();
  expect(await model.revokeAll()).toBeNull();
  server.refusal = null;
  expect(await model.revokeAll()).toMatchObject({ revoked: 3, unanswered: 1 });
  expect(model.refusal.value).toBeNull();
});

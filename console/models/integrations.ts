import { computed, createModel, signal } from "@preact/signals";
import type { OAuthProvider } from "../../shared/model/connections.ts";
import type { AppCheck, ProviderAppView } from "../../shared/protocol/connection-routes.ts";
import type { Answer, Refusal } from "../../shared/protocol/errors.ts";
import type { ApiCall } from "../ports.ts";

export type Integrations = InstanceType<typeof IntegrationsModel>;

/** The workspace's registrations at providers, as admins set them up. */
export const IntegrationsModel = createModel((call: ApiCall) => {
  /** Null until loaded. */
  const apps = signal<readonly ProviderAppView[] | null>(null);
  const refusal = signal<Refusal | null>(null);
  const isBusy = signal(false);
  const openProvider = signal<OAuthProvider | null>(null);
  /** What the latest test of the open one showed. */
  const check = signal<AppCheck | null>(null);

  /** One question at a time; what is refused stays until the next. */
  async function ask<T>(question: () => Promise<Answer<T>>): Promise<({ ok: true } & T) | null> {
    if (isBusy.value) return null;
    isBusy.value = true;
    refusal.value = null;
    const answer = await question();
    isBusy.value = false;
    if (answer.ok) return answer;
    refusal.value = answer;
    return null;
  }

  return {
    apps,
    refusal,
    isBusy,
    check,
    open: computed(() => apps.value?.find(({ provider }) => provider === openProvider.value) ?? null),
    async load() {
      const answer = await call("GET /api/provider-apps", {});
      if (answer.ok) apps.value = answer.apps;
      else refusal.value = answer;
    },
    show(provider: OAuthProvider | null) {
      openProvider.value = provider;
      check.value = null;
      refusal.value = null;
    },
    forget() {
      refusal.value = null;
    },
    /** `clientSecret`: null keeps the one that is there. */
    async save(provider: OAuthProvider, clientId: string, clientSecret: string | null) {
      const input = { clientId, clientSecret };
      const answer = await ask(() => call("PUT /api/provider-apps/:provider", input, provider));
      if (answer === null) return false;
      apps.value = answer.apps;
      check.value = null;
      return true;
    },
    async test(provider: OAuthProvider) {
      check.value = null;
      const answer = await ask(() => call("POST /api/provider-apps/:provider/check", {}, provider));
      // Another page may be open by now.
      if (answer !== null && openProvider.peek() === provider) check.value = answer.check;
    },
    async remove(provider: OAuthProvider) {
      const answer = await ask(() => call("POST /api/provider-apps/:provider/remove", {}, provider));
      if (answer === null) return false;
      apps.value = answer.apps;
      check.value = null;
      return true;
    },
    /** Answers what became of it; null when nothing was done. */
    revokeAll: () => ask(() => call("POST /api/connections/revoke-all", {})),
  };
});

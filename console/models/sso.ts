import { computed, createModel, signal } from "@preact/signals";
import type { DomainId, MemberId, ProviderId } from "../../shared/model/ids.ts";
import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { Answer, Refusal } from "../../shared/protocol/errors.ts";
import type {
  DomainProblem,
  ProviderKind,
  ProviderView,
  SamlSettings,
  SsoSettings,
} from "../../shared/protocol/sso-routes.ts";
import type { ApiCall, Shelf } from "../ports.ts";

export type Sso = InstanceType<typeof SsoModel>;
export type ProviderDraft = ConsoleRouteInput<"PUT /api/sso/providers/:id">;

const openKey = "foyer:sso-open";

/** How a workspace signs in, as its admin sets it up. */
export const SsoModel = createModel((call: ApiCall, shelf: Shelf, leave: (url: string) => void) => {
  const settings = signal<SsoSettings | null>(null);
  const refusal = signal<Refusal | null>(null);
  const isBusy = signal(false);
  const openId = signal<ProviderId | null>(null);
  /** The provider whose try one has just come back from. */
  const tried = signal<ProviderId | null>(null);
  const domainProblems = signal<ReadonlyMap<DomainId, DomainProblem>>(new Map());
  const open = computed(() => settings.value?.providers.find(({ id }) => id === openId.value) ?? null);

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

  async function load(): Promise<void> {
    const answer = await call("GET /api/sso", {});
    if (answer.ok) settings.value = answer;
    else refusal.value = answer;
    // Back from a try: its provider is looked at again.
    const left = shelf.read(openKey);
    if (left === null || !answer.ok) return;
    shelf.drop(openKey);
    tried.value = answer.providers.find(({ id }) => id === left)?.id ?? null;
    openId.value = tried.value;
  }

  function put(provider: ProviderView): void {
    const before = settings.value;
    if (before === null) return;
    const isNew = !before.providers.some(({ id }) => id === provider.id);
    const providers = before.providers.map((each) => (each.id === provider.id ? provider : each));
    settings.value = { ...before, providers: isNew ? [...providers, provider] : providers };
  }

  return {
    settings,
    refusal,
    isBusy,
    open,
    tried,
    domainProblems,
    load,
    show(id: ProviderId | null) {
      openId.value = id;
      tried.value = null;
      refusal.value = null;
    },
    /** The result of the try has been shown: it is not gone to again. */
    seeTried() {
      tried.value = null;
    },
    forget() {
      refusal.value = null;
    },
    async add(kind: ProviderKind, name: string) {
      const answer = await ask(() => call("POST /api/sso/providers", { kind, name }));
      if (answer === null) return false;
      put(answer.provider);
      openId.value = answer.provider.id;
      return true;
    },
    async save(id: ProviderId, draft: ProviderDraft) {
      const answer = await ask(() => call("PUT /api/sso/providers/:id", draft, id));
      if (answer !== null) put(answer.provider);
      return answer?.provider ?? null;
    },
    async readMetadata(xml: string): Promise<SamlSettings | null> {
      return (await ask(() => call("POST /api/sso/metadata", { xml })))?.settings ?? null;
    },
    async verify(id: ProviderId) {
      const answer = await ask(() => call("POST /api/sso/providers/:id/verify", {}, id));
      if (answer === null) return;
      shelf.write(openKey, id);
      leave(answer.url);
    },
    async turn(id: ProviderId, isOn: boolean) {
      const answer = await ask(() => call("POST /api/sso/providers/:id/turn", { isOn }, id));
      if (answer !== null) put(answer.provider);
      return answer !== null;
    },
    async remove(id: ProviderId) {
      if ((await ask(() => call("POST /api/sso/providers/:id/delete", {}, id))) === null) return false;
      openId.value = null;
      await load();
      return true;
    },
    async addDomain(domain: string) {
      const answer = await ask(() => call("POST /api/sso/domains", { domain }));
      if (answer !== null) await load();
      return answer !== null;
    },
    async proveDomain(id: DomainId) {
      const answer = await ask(() => call("POST /api/sso/domains/:id/prove", {}, id));
      if (answer === null) return;
      const problems = new Map(domainProblems.value);
      if (answer.problem === null) problems.delete(id);
      else problems.set(id, answer.problem);
      domainProblems.value = problems;
      await load();
    },
    async removeDomain(id: DomainId) {
      if ((await ask(() => call("POST /api/sso/domains/:id/delete", {}, id))) !== null) await load();
    },
    async setOnly(isSsoOnly: boolean, breakGlassIds: MemberId[]) {
      const answer = await ask(() => call("PUT /api/sso/only", { isSsoOnly, breakGlassIds }));
      if (answer !== null) await load();
      return answer !== null;
    },
  };
});

import type { DomainId, ProviderId } from "../../../shared/model/ids.ts";
import type {
  ConsoleRoute,
  ConsoleRouteAnswers,
  ConsoleRouteInput,
} from "../../../shared/protocol/console-routes.ts";
import type { ProviderKind, ProviderView } from "../../../shared/protocol/sso-routes.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { startTestWeb, type TestWeb } from "../../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";

/** As much of a browser as sign-ins need: cookies by origin, redirects one by one, `Lax` kept back from strange POSTs. */
export class TestBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  async ask(
    address: string | URL,
    init: { method?: string; form?: Record<string, string>; from?: string } = {},
  ) {
    const url = new URL(address);
    const method = init.method ?? (init.form ? "POST" : "GET");
    const isStrange = method !== "GET" && init.from !== undefined && init.from !== url.origin;
    const cookies = isStrange ? [] : [...this.jar(url)].map(([name, value]) => `${name}=${value}`);
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: { cookie: cookies.join("; "), ...(init.from ? { origin: init.from } : {}) },
      ...(init.form ? { body: new URLSearchParams(init.form) } : {}),
    });
    this.keep(url, response);
    return response;
  }

  /** Follows redirects until `isEnd` says so, or there are no more; answers where it ended. */
  async follow(
    start: string | URL,
    isEnd: (url: URL) => boolean = () => false,
    first: Parameters<TestBrowser["ask"]>[1] = {},
  ): Promise<{ url: URL; response: Response | null }> {
    let url = new URL(start);
    let init = first;
    for (let steps = 0; steps < 15; steps++) {
      if (steps > 0 && isEnd(url)) return { url, response: null };
      const response = await this.ask(url, init);
      const next = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || next === null) return { url, response };
      await response.arrayBuffer();
      url = new URL(next, url);
      init = {};
    }
    throw new Error("redirected in a circle");
  }

  keep(url: URL, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const [name = "", value = ""] = [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
      if (value === "" || /max-age=0(;|$)/i.test(line)) this.jar(url).delete(name);
      else this.jar(url).set(name, value);
    }
  }

  jar(url: URL): Map<string, string> {
    const known = this.jars.get(url.origin) ?? new Map<string, string>();
    this.jars.set(url.origin, known);
    return known;
  }
}

export type House = {
  database: TestDatabase;
  web: TestWeb;
  txt: Map<string, string>;
  close(): Promise<void>;
};

/** A server of ours that may speak with providers on this machine, and a DNS that says what a test wants. */
export async function openHouse(): Promise<House> {
  const database = await createTestDatabase({ poolSize: 8 });
  const txt = new Map<string, string>();
  const web = await startTestWeb({
    databaseUrl: database.url,
    settings: { ALLOW_PRIVATE_HOSTS: "on" },
    resolveTxt: async (name) => (txt.has(name) ? [[txt.get(name) ?? ""]] : []),
  });
  return {
    database,
    web,
    txt,
    async close() {
      await web.close();
      await database.close();
    },
  };
}

/** A workspace with its admin in a browser, as far as setting single sign-on up needs it. */
export class Company {
  readonly browser = new TestBrowser();

  private constructor(
    readonly house: House,
    readonly workspace: TestWorkspace,
  ) {}

  static async open(house: House, name: string): Promise<Company> {
    const workspace = await addWorkspace(house.database.db, { name, roles: ["admin", "rep"] });
    const company = new Company(house, workspace);
    const [admin] = workspace.members;
    await company.ok("POST /api/session", { email: admin?.email ?? "", password: admin?.password ?? "" });
    return company;
  }

  async call<R extends ConsoleRoute>(route: R, input: ConsoleRouteInput<R>, id = "", browser = this.browser) {
    return callAs(browser, this.house.web.url, route, input, id);
  }

  async ok<R extends ConsoleRoute>(route: R, input: ConsoleRouteInput<R>, id = "", browser = this.browser) {
    const { body } = await this.call(route, input, id, browser);
    if (body.ok !== true) throw new Error(`${route} was refused: ${JSON.stringify(body)}`);
    return body as unknown as ConsoleRouteAnswers[R]; // The server answers by the contract.
  }

  async provenDomain(domain: string): Promise<DomainId> {
    const { domain: added } = await this.ok("POST /api/sso/domains", { domain });
    this.house.txt.set(added.dnsName, added.text);
    const { problem } = await this.ok("POST /api/sso/domains/:id/prove", {}, added.id);
    if (problem !== null) throw new Error(`not proven: ${problem}`);
    return added.id;
  }

  async draft(kind: ProviderKind): Promise<ProviderView> {
    const { provider } = await this.ok("POST /api/sso/providers", { kind, name: `${kind} of the company` });
    return provider;
  }

  async save(
    provider: ProviderView,
    change: Partial<ConsoleRouteInput<"PUT /api/sso/providers/:id">>,
  ): Promise<ProviderView> {
    const kept = {
      name: provider.name,
      oidc: provider.oidc,
      saml: provider.saml,
      defaultRole: provider.defaultRole,
      defaultTeamId: provider.defaultTeamId,
      allowsIdpInitiated: provider.allowsIdpInitiated,
    };
    const answer = await this.ok("PUT /api/sso/providers/:id", { ...kept, ...change }, provider.id);
    return answer.provider;
  }

  async provider(id: ProviderId): Promise<ProviderView> {
    const { providers } = await this.ok("GET /api/sso", {});
    const found = providers.find((each) => each.id === id);
    if (found === undefined) throw new Error("no such provider");
    return found;
  }

  /** Begins a sign-in as a stranger's browser does. */
  async start(browser: TestBrowser, id: ProviderId): Promise<URL> {
    const { url } = await this.ok("POST /api/sso/start", { providerId: id, email: "" }, "", browser);
    return new URL(url);
  }
}

export async function callAs<R extends ConsoleRoute>(
  browser: TestBrowser,
  base: string,
  route: R,
  input: ConsoleRouteInput<R>,
  id = "",
): Promise<{ status: number; body: Record<string, unknown> }> {
  const [method = "", path = ""] = route.split(" ");
  const url = new URL(path.replace(/:\w+/, id), base);
  const cookies = [...browser.jar(url)].map(([name, value]) => `${name}=${value}`);
  const response = await fetch(url, {
    method,
    headers: { cookie: cookies.join("; "), origin: base, "content-type": "application/json" },
    ...(method === "GET" ? {} : { body: JSON.stringify(input) }),
  });
  browser.keep(url, response);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** Who is signed in there; null: nobody. */
export async function whoIs(browser: TestBrowser, house: House) {
  const { body } = await callAs(browser, house.web.url, "GET /api/session", {});
  return body.ok === true ? (body as unknown as ConsoleRouteAnswers["GET /api/session"]).member : null;
}

/** Where a way through a provider ended: the console, and the word that says why not. */
export function endOf(url: URL): string {
  return `${url.pathname}${url.hash}`;
}

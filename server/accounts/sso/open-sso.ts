import { Resolver } from "node:dns/promises";
import type { RequestHandler } from "express";
import type { Config } from "../../config.ts";
import { createGuardedFetch } from "../../guarded-fetch.ts";
import type { Log } from "../../log.ts";
import type { Bus } from "../../realtime/hints.ts";
import { routesUnder } from "../../web/routes-under.ts";
import type { SignOutDeps } from "../sign-out.ts";
import { ssoCallbacks } from "./callbacks.ts";
import { ourAddresses, type SsoDeps } from "./deps.ts";
import type { IdentityProtocol, ReadyProvider, Told } from "./port.ts";
import { ssoRoutes } from "./routes.ts";

type OpenDeps = Pick<SignOutDeps, "db" | "sessions" | "cookie" | "announceEnd"> & {
  config: Pick<Config, "secretKey" | "publicUrl" | "allowsPrivateHosts">;
  bus: Pick<Bus, "publish">;
  log: Log;
  noteRefused: SsoDeps["noteRefused"];
  /** For tests; the system's DNS when left out. */
  resolveTxt?: SsoDeps["resolveTxt"];
};

/** Puts single sign-on together: the console's routes, and the pages that providers send browsers back to. */
export function openSso({
  config,
  db,
  cookie,
  sessions,
  announceEnd,
  bus,
  log,
  noteRefused,
  resolveTxt,
}: OpenDeps): {
  routes: ReturnType<typeof ssoRoutes>;
  callbacks: RequestHandler;
} {
  const { secretKey, publicUrl, allowsPrivateHosts } = config;
  const fetch = createGuardedFetch({ allowsPrivateHosts });
  const ours = ourAddresses(publicUrl);
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const deps: SsoDeps = {
    db,
    secretKey,
    publicUrl,
    allowsPrivateHosts,
    fetch,
    resolveTxt: resolveTxt ?? ((name) => resolver.resolveTxt(name)),
    oidc: whenAsked(async () => {
      const { createOidc } = await import("./oidc.ts");
      return createOidc({ fetch, allowsPrivateHosts, redirectUrl: ours.redirectUrl });
    }),
    saml: whenAsked(async () => {
      const { createSaml } = await import("./saml.ts");
      return createSaml(ours);
    }),
    noteRefused,
    now: Date.now,
    announceTeam: (workspaceId) => bus.publish({ kind: "team", workspaceId }),
    announceEnd,
  };
  return {
    routes: ssoRoutes({ ...deps, cookie }),
    callbacks: routesUnder(["/sso/"], () => ssoCallbacks({ ...deps, cookie, sessions, log })),
  };
}

/** Its libraries are read when somebody first signs in so: most starts of the program never need them. */
function whenAsked<P extends ReadyProvider, Answer, T extends Told>(
  load: () => Promise<IdentityProtocol<P, Answer, T>>,
): IdentityProtocol<P, Answer, T> {
  let loaded: Promise<IdentityProtocol<P, Answer, T>> | null = null;
  const protocol = () => (loaded ??= load());
  return {
    begin: async (provider, input) => (await protocol()).begin(provider, input),
    finish: async (provider, answer) => (await protocol()).finish(provider, answer),
  };
}

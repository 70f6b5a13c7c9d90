import { Resolver } from "node:dns/promises";
import type { Router } from "express";
import type { Config } from "../../config.ts";
import { createGuardedFetch } from "../../guarded-fetch.ts";
import type { Log } from "../../log.ts";
import type { Bus } from "../../realtime/bus.ts";
import type { SignOutDeps } from "../sign-out.ts";
import { ssoCallbacks } from "./callbacks.ts";
import { ourAddresses, type SsoDeps } from "./deps.ts";
import { createOidc } from "./oidc.ts";
import { ssoRoutes } from "./routes.ts";
import { createSaml } from "./saml.ts";

type OpenDeps = Pick<SignOutDeps, "db" | "sessions" | "cookie" | "announceEnd"> & {
  config: Pick<Config, "secretKey" | "publicUrl" | "allowsPrivateHosts">;
  bus: Pick<Bus, "publish">;
  log: Log;
  /** For tests; the system's DNS when left out. */
  resolveTxt?: SsoDeps["resolveTxt"];
};

/** Puts single sign-on together: the console's routes, and the pages that providers send browsers back to. */
export function openSso({ config, db, cookie, sessions, announceEnd, bus, log, resolveTxt }: OpenDeps): {
  routes: ReturnType<typeof ssoRoutes>;
  callbacks: Router;
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
    oidc: createOidc({ fetch, allowsPrivateHosts, redirectUrl: ours.redirectUrl }),
    saml: createSaml(ours),
    now: Date.now,
    announceTeam: (workspaceId) => bus.publish({ kind: "team", workspaceId }),
    announceEnd,
  };
  return {
    routes: ssoRoutes({ ...deps, cookie }),
    callbacks: ssoCallbacks({ ...deps, cookie, sessions, log }),
  };
}

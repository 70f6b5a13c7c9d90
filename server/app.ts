import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Pool } from "pg";
import type { MemberId, WorkspaceId } from "../shared/model/ids.ts";
import { createZones } from "../shared/time/zone.ts";
import { oauthRoutes } from "./accounts/apps/oauth-routes.ts";
import { appRoutes } from "./accounts/apps/routes.ts";
import { createRefusalNotes, createSsoRefusalNotes } from "./accounts/audit/note-refused-sign-in.ts";
import { auditRoutes } from "./accounts/audit/routes.ts";
import { firstRunRoutes } from "./accounts/first-run/routes.ts";
import { invitationRoutes } from "./accounts/invitations/routes.ts";
import { createKnownBrowsers } from "./accounts/known-browsers.ts";
import { memberRoutes } from "./accounts/members/routes.ts";
import { createPasswordCheck } from "./accounts/password-check.ts";
import { createResetLimits } from "./accounts/passwords/ask-reset.ts";
import { passwordRoutes } from "./accounts/passwords/routes.ts";
import { createPhotoStudio } from "./accounts/profile/photo-studio.ts";
import { photoRoutes, profileRoutes } from "./accounts/profile/routes.ts";
import { readPhoto } from "./accounts/read-photo.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { createSessions } from "./accounts/session.ts";
import { sessionCookieFor } from "./accounts/session-cookie.ts";
import { sessionRoutes } from "./accounts/sessions/routes.ts";
import { setUpRoutes } from "./accounts/set-up/routes.ts";
import { openSso } from "./accounts/sso/open-sso.ts";
import { workspaceRoutes } from "./accounts/workspace/routes.ts";
import { calDavRoutes } from "./calendars/caldav-routes.ts";
import { pushRoutes } from "./calendars/push-routes.ts";
import { calendarRoutes } from "./calendars/routes.ts";
import type { ViewDeps } from "./calendars/show-connections.ts";
import type { Config } from "./config.ts";
import { connectCallback } from "./connections/callback.ts";
import { connectionRoutes } from "./connections/routes.ts";
import { approvalUrl, listWaits } from "./connections/waits.ts";
import { conversationRoutes } from "./conversations/routes.ts";
import type { Db } from "./db/connect.ts";
import { listDemoAccounts } from "./demo/list-demo-accounts.ts";
import { prepareJobs } from "./jobs/queue.ts";
import type { Log } from "./log.ts";
import { openTransport } from "./mail/open-transport.ts";
import { mailRoutes } from "./mail/routes.ts";
import { showMail } from "./mail/show-mailbox.ts";
import { meetingActionRoutes } from "./meetings/action-routes.ts";
import { meetingDetailsRoutes } from "./meetings/details-routes.ts";
import { meetingConsoleRoutes, meetingVisitorRoutes } from "./meetings/routes.ts";
import { showBookingPage } from "./meetings/show-booking-page.ts";
import { unbookableReasons } from "./meetings/unbookable-members.ts";
import { newNodeId, openLinks } from "./open-links.ts";
import { openProviders } from "./providers.ts";
import { createAllowance } from "./realtime/allowance.ts";
import { createBus } from "./realtime/bus.ts";
import { createRouting } from "./routing/create-routing.ts";
import { authenticateVisitor } from "./visitors/access.ts";
import { createLiveVisitors } from "./visitors/live-visitors.ts";
import { beaconRoutes, resumeRoutes } from "./visitors/routes.ts";
import { savePresence } from "./visitors/save-presence.ts";
import { createSightings } from "./visitors/sightings.ts";
import { createSites } from "./visitors/sites.ts";
import { healthRoutes } from "./web/health.ts";
import { createHttpApp, createHttpServer, requireOwnOrigin } from "./web/http-app.ts";
import { mailPreviewRoutes } from "./web/mail-preview.ts";
import { createMetrics } from "./web/metrics.ts";
import { callerOf, isLoopback, networkOf, type TrustsProxy } from "./web/networks.ts";
import { createOriginCheck } from "./web/origins.ts";
import { pageRoutes } from "./web/pages.ts";
import { createPrograms } from "./web/programs.ts";
import { createRateLimiter } from "./web/rate-limit.ts";
import { createConsoleRouter, createVisitorRouter } from "./web/route.ts";
import { routesUnder } from "./web/routes-under.ts";

export type AppDeps = { config: Config; log: Log; pool: Pool; db: Db };

/** The build puts the programs of threads beside the server's own. */
const builtPhotoProgram = new URL("draw-photo.worker.js", import.meta.url);

/** Newcomers that one network may bring within an hour; whole offices share one. */
const newVisitors = { points: 2_000, seconds: 3_600 };
/** Loads of public booking pages by one network: as many as it may ask for the times in them. */
const bookingPageLoads = { points: 120, seconds: 60 };
/** Pages that one visitor may tell of; somebody who only clicks on needs a second for each. */
const visitorPages = { points: 90, seconds: 60 };

/** The web role: pages, HTTP, sockets, and the clock of routing. `url` is where it listens, whatever it is called outside. */
export async function startWeb({
  config,
  log,
  pool,
  db,
  photoProgram = builtPhotoProgram,
  resolveTxt,
}: AppDeps & { photoProgram?: URL; resolveTxt?: (name: string) => Promise<string[][]> }): Promise<{
  url: string;
  close(): Promise<void>;
}> {
  const nodeId = newNodeId();
  const [bus] = await Promise.all([
    createBus({ connection: { connectionString: connectionOf(pool) }, pool, nodeId, log }),
    prepareJobs(pool),
  ]);
  const metrics = createMetrics();
  const origins = createOriginCheck(config);
  const onAnswer = (route: string, status: number, seconds: number) =>
    metrics.httpSeconds.observe({ route, status }, seconds);
  const cookie = sessionCookieFor(config.publicUrl);
  const sessions = createSessions({
    db,
    cookie,
    onProblem: (error) => log.warn({ err: error }, "the use of a session could not be noted"),
  });
  const sessionDeps = {
    db,
    cookie,
    sessions,
    announceEnd: (memberId: MemberId) => bus.publish({ kind: "session_ended", memberId }),
  };
  const sites = createSites(db, Date.now);
  const sightings = createSightings({ db, log, nowMs: Date.now, isOurs: origins.isOurs });
  const stopHearingOfSites = bus.subscribe((hint) => {
    if (hint.kind !== "sites" && hint.kind !== "workspace_gone" && hint.kind !== "missed") return;
    sites.forget();
    sightings.forget();
  });
  const live = createLiveVisitors();
  const presence = savePresence({ db, live, bus, log, nowMs: Date.now });
  const transport = await openTransport(config);
  const newcomers = createRateLimiter(newVisitors);
  const bookingPages = createRateLimiter(bookingPageLoads);
  const zones = createZones();
  const providers = openProviders({ config, db, log, zones, announce: (hint) => bus.publish(hint) });
  const { calendars, connections } = providers;
  const meetingDeps = { db, zones, secretKey: config.secretKey, publicUrl: config.publicUrl, bus };

  const profileDeps = {
    db,
    announceTeam: (workspaceId: WorkspaceId) => bus.publish({ kind: "team", workspaceId }),
  };
  const sso = openSso({
    config,
    ...sessionDeps,
    bus,
    log,
    noteRefused: createSsoRefusalNotes({ db, pool, log }),
    ...(resolveTxt ? { resolveTxt } : {}),
  });

  const ofAccounts: ViewDeps = {
    db,
    reasonsOf: (workspaceId, memberIds) => unbookableReasons(db, workspaceId, memberIds),
    approvalUrl: (workspaceId, provider) => approvalUrl(connections, workspaceId, provider),
    waitsOf: (member) => listWaits(connections, member),
  };

  const signInDeps = {
    ...sessionDeps,
    checkPassword: createPasswordCheck(pool),
    knownBrowsers: createKnownBrowsers({ secretKey: config.secretKey, cookie }),
    noteRefused: createRefusalNotes({ db, pool, log }),
    hasMailbox: transport.keepsMails,
  };

  const visitorRouter = createVisitorRouter(
    { origins, log, onAnswer, authenticateVisitor: (credential) => authenticateVisitor(db, credential) },
    {
      ...meetingVisitorRoutes(meetingDeps),
      ...resumeRoutes({ db, secretKey: config.secretKey, now: Date.now }),
    },
  );
  const studio = createPhotoStudio({ program: photoProgram });
  const consoleRouter = createConsoleRouter(
    { origins, log, onAnswer, memberOf: sessions.memberOf },
    {
      ...accountRoutes({
        ...signInDeps,
        demoAccounts: () => (config.isDemo ? listDemoAccounts(db) : Promise.resolve([])),
      }),
      ...invitationRoutes({
        ...signInDeps,
        bus,
        publicUrl: config.publicUrl,
      }),
      ...passwordRoutes({
        ...signInDeps,
        resetLimits: createResetLimits(pool),
        publicUrl: config.publicUrl,
      }),
      ...sessionRoutes(signInDeps),
      ...memberRoutes({ ...meetingDeps, routing: createRouting({ db, bus, log }) }),
      ...auditRoutes({ db }),
      ...appRoutes({ ...signInDeps, pool, publicUrl: config.publicUrl }),
      ...conversationRoutes({ db }),
      ...meetingConsoleRoutes(meetingDeps),
      ...meetingDetailsRoutes({ db }),
      ...meetingActionRoutes(meetingDeps),
      ...calendarRoutes({ ...calendars, ...ofAccounts }),
      ...calDavRoutes({ ...providers, ...ofAccounts }),
      ...mailRoutes({ db, transport }),
      ...firstRunRoutes({
        db,
        cookie,
        hasMailbox: transport.keepsMails,
        publicUrl: config.publicUrl,
      }),
      ...workspaceRoutes({
        db,
        studio,
        publicUrl: config.publicUrl,
        announceSites: (removed) => bus.publish({ kind: "sites", ...(removed ? { removed } : {}) }),
        announceWorkspace: (workspaceId) => bus.publish({ kind: "settings", workspaceId, of: "workspace" }),
        announceTeam: (workspaceId) => bus.publish({ kind: "team", workspaceId }),
      }),
      ...profileRoutes(profileDeps),
      ...setUpRoutes({ db }),
      ...sso.routes,
      ...connectionRoutes({ ...connections, log, cookie }),
    },
  );
  const app = createHttpApp({
    config,
    log,
    beforeParsing: [
      beaconRoutes({
        db,
        live,
        sites,
        sightings,
        bus,
        log,
        nowMs: Date.now,
        teamOf: (workspaceId, siteId) => links.team.ofSite(workspaceId, siteId),
        arrivals: createAllowance(visitorPages, Date.now),
        admitNewVisitor: async (address) => {
          const network = networkOf(address);
          if (!isLoopback(network)) await newcomers.take(network);
        },
        requireOwnOrigin: requireOwnOrigin(origins),
      }),
      photoRoutes({
        ...profileDeps,
        studio,
        log,
        requireOwnOrigin: requireOwnOrigin(origins),
        memberOfCookies: sessions.memberOfCookies,
      }),
    ],
    routers: [
      healthRoutes({ origins, log, pool, metrics }),
      routesUnder(["/oauth/", "/.well-known/oauth"], () =>
        oauthRoutes({ db, publicUrl: config.publicUrl, log }),
      ),
      routesUnder(["/connect/push/"], () => pushRoutes({ db, log })),
      visitorRouter,
      consoleRouter,
      sso.callbacks,
      routesUnder(["/connect/"], () => connectCallback({ connections, cookie, sessions, log })),
      mailPreviewRoutes({
        publicUrl: config.publicUrl,
        memberOfCookies: sessions.memberOfCookies,
        readMail: async (workspaceId, id) => (await showMail({ db, transport }, workspaceId, id)).html,
      }),
      pageRoutes({
        publicUrl: config.publicUrl,
        programs: createPrograms(join(dirname(fileURLToPath(import.meta.url)), "..")),
        sites,
        photo: (id, size) => readPhoto(db, id, size),
        async bookingPage(slug, address) {
          const network = networkOf(address);
          if (!isLoopback(network)) await bookingPages.take(network);
          return showBookingPage(meetingDeps, slug);
        },
        onRefused: sightings.refused,
      }),
    ],
  });
  const http = createHttpServer(app);
  const trusts = app.get("trust proxy fn") as TrustsProxy; // Express keeps what it has compiled under this name.
  const links = openLinks({
    networkOf: (request) => networkOf(callerOf(request, trusts)),
    http,
    db,
    pool,
    bus,
    sessions,
    origins,
    nodeId,
    log,
    onMessage: (author) => metrics.messagesStored.inc({ author }),
  });
  metrics.watchSockets(links.count);
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(config.port, config.host, resolve);
  });

  return {
    url: config.publicUrl,
    async close() {
      const closed = new Promise((resolve) => http.close(resolve));
      await links.close();
      http.closeAllConnections();
      await closed;
      await presence.close();
      transport.close();
      stopHearingOfSites();
      await providers.close();
      await bus.close();
    },
  };
}

/** The bus has a link of its own, outside of the pool, to the same database. */
function connectionOf(pool: Pool): string {
  const { connectionString } = pool.options;
  if (connectionString === undefined) throw new Error("the pool was made without a connection string");
  return connectionString;
}

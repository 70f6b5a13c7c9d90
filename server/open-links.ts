import { randomUUID } from "node:crypto";
import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import type { Socket } from "socket.io";
import { mayLink } from "../shared/protocol/permissions.ts";
import type { RepNews } from "../shared/protocol/rep-events.ts";
import { repAuthSchema } from "../shared/protocol/rep-schemas.ts";
import { visitorAuthSchema } from "../shared/protocol/visitor-schemas.ts";
import { createLiveTeam, type LiveTeam } from "./accounts/live-team.ts";
import { endOfLink, type MemberAccess, type Sessions } from "./accounts/session.ts";
import { createFollower } from "./conversations/catch-up.ts";
import { deliverNews } from "./conversations/deliver-news.ts";
import { createMarksWriter } from "./conversations/marks-writer.ts";
import { createMessageWriter, mostUnderWay } from "./conversations/message-writer.ts";
import { openBeside } from "./db/connect.ts";
import type { Database } from "./db/tables.ts";
import type { Log } from "./log.ts";
import type { Bus } from "./realtime/hints.ts";
import { createLinkCount } from "./realtime/link-count.ts";
import { createRepLeases } from "./realtime/rep-leases.ts";
import { memberRoom, siteRoom, teamRoom, visitorRoom, visitorsRoom } from "./realtime/rooms.ts";
import { createSocketServer } from "./realtime/socket-server.ts";
import { serveRep } from "./rep-socket.ts";
import { startRoutingClock } from "./routing/clock.ts";
import { createRouting } from "./routing/create-routing.ts";
import { deliverOffers } from "./routing/deliver-offers.ts";
import { serveVisitor } from "./visitor-socket.ts";
import { authenticateVisitor } from "./visitors/access.ts";
import { createLiveBoard } from "./visitors/live-board.ts";
import { hasBearer } from "./web/bearer.ts";
import { isLoopback } from "./web/networks.ts";
import { isFromNoPage, type OriginCheck } from "./web/origins.ts";

export type LinkDeps = {
  http: HttpServer;
  db: Kysely<Database>;
  pool: Pool;
  bus: Bus;
  sessions: Sessions;
  origins: OriginCheck;
  nodeId: string;
  /** Who asks for a link, behind our proxies. */
  networkOf(request: IncomingMessage): string;
  log: Log;
  /** Measured: a message was stored. */
  onMessage(author: "visitor" | "rep"): void;
};

/** Tabs that one visitor may have open in one process. */
const mostLinksOfVisitor = 30;
/** Links of visitors from one network; whole offices share one. */
const mostLinksOfNetwork = 2_000;
/** Credentials that one link may try in vain, or have under way at once: each is looked up. */
const mostRefusedTries = 10;

/** Everything that lives on open links: chats, boards, rings. */
export type Links = { team: LiveTeam; count(): number; close(): Promise<void> };

export function newNodeId(): string {
  return randomUUID();
}

export function openLinks(deps: LinkDeps): Links {
  const { http, db, pool, bus, sessions, origins, nodeId, log } = deps;
  const leases = createRepLeases({ pool, nodeId, bus, log });
  const routing = createRouting({ db, bus, log });
  const messagePool = openBeside(pool, log, mostUnderWay);
  const follower = createFollower({ db, bus, log });
  const writer = createMessageWriter({ pool: messagePool, bus, follower });
  const marks = createMarksWriter({ db, bus, log });
  const refusedTries = new WeakMap<IncomingMessage, number>();
  const linksOfNetwork = createLinkCount(mostLinksOfNetwork);

  const sockets = createSocketServer({
    http,
    // An app comes from no page; without a bearer token of its own it gets no further than a stranger.
    isOurOrigin: ({ headers }) =>
      origins.isFromOurPage(headers) || (hasBearer(headers) && isFromNoPage(headers)),
    log,
    visitor: {
      authSchema: visitorAuthSchema,
      async admit(auth, request) {
        const tries = (refusedTries.get(request) ?? 0) + 1;
        if (tries > mostRefusedTries) return { refused: "too_many" };
        refusedTries.set(request, tries);
        const data = await authenticateVisitor(db, auth.credential);
        if (data === null) return { refused: "unauthenticated" };
        const hasMany = sockets.visitorLinks(visitorRoom(data.visitorId)) >= mostLinksOfVisitor;
        if (hasMany || linksOfNetwork.isFull(deps.networkOf(request))) return { refused: "too_many" };
        refusedTries.delete(request);
        return { data };
      },
      connected(socket, data) {
        const network = deps.networkOf(socket.request);
        if (!isLoopback(network)) socket.once("disconnect", linksOfNetwork.add(network));
        visitorConnected(socket, data);
      },
    },
    rep: {
      authSchema: repAuthSchema,
      async admit(_auth, request) {
        const data = await sessions.memberOf(request.headers);
        // A member who never chats is refused like a stranger.
        return data === null || !mayLink(data.role) ? { refused: "unauthenticated" } : { data };
      },
      connected(socket, data: MemberAccess) {
        repConnected(socket, data);
        // It was let in by what was known before: a session that ended, or a role that changed, while it was let in shows here.
        void endIfOver([socket]);
        leases.hold(data.memberId, data.workspaceId).then(
          (release) => {
            if (socket.connected) socket.once("disconnect", release);
            else release();
          },
          (error: unknown) => {
            // Without a lease the rep would look offline with a console open: the console connects again.
            log.warn({ err: error }, "a rep's lease could not be taken");
            socket.disconnect(true);
          },
        );
      },
    },
  });

  const { emitter } = sockets;
  const team = createLiveTeam({ db, bus, emitter, log });
  const board = createLiveBoard({ db, bus, emitter, log });
  const visitorConnected = serveVisitor({ ...deps, routing, writer, marks, team });
  const repConnected = serveRep({ ...deps, routing, writer, marks, team, board });
  const news = deliverNews({ db, bus, emitter, log });
  const offers = deliverOffers({ db, bus, emitter, log, localMembers: leases.localMembers });
  const clock = startRoutingClock({ db, bus, log });

  const stop = bus.subscribe((hint) => {
    if (hint.kind === "meetings")
      emitter.toReps(teamRoom(hint.workspaceId), "meeting:changed", { hostId: hint.hostId });
    if (hint.kind === "settings")
      emitter.toReps(teamRoom(hint.workspaceId), "settings:changed", { of: hint.of });
    if (hint.kind === "sites" && hint.removed !== undefined) sockets.endVisitorLinks(siteRoom(hint.removed));
    if (hint.kind === "session_ended") void endSessions(hint.memberId);
    if (hint.kind === "missed") void endIfOver([...sockets.repSockets.sockets.values()]);
    if (hint.kind === "workspace_gone") endAllOf(hint.workspaceId);
  });

  /** The workspace is being deleted: its consoles and chats end here, and find no way back in. */
  function endAllOf(workspaceId: MemberAccess["workspaceId"]) {
    sessions.forgetWorkspace(workspaceId);
    emitter.toReps(teamRoom(workspaceId), "session:ended", { because: "deactivated" });
    sockets.endVisitorLinks(visitorsRoom(workspaceId));
    sockets.endRepLinks(teamRoom(workspaceId));
  }

  /** Ends the links of a member that may not go on; those of other sessions with the same role stay. */
  async function endSessions(memberId: MemberAccess["memberId"]) {
    sessions.forgetMember(memberId); // It ended in another process, perhaps.
    const room = sockets.repSockets.adapter.rooms.get(memberRoom(memberId)) ?? [];
    await endIfOver([...room].flatMap((id) => sockets.repSockets.sockets.get(id) ?? []));
  }

  async function endIfOver(links: readonly Socket[]) {
    for (const socket of links) {
      try {
        const then = socket.data as MemberAccess; // Set when it was let in.
        const because = await endOfLink({ db, sessions }, then, socket.handshake.headers);
        if (because === null) continue;
        socket.emit("session:ended", { because } satisfies RepNews["session:ended"]);
        socket.disconnect(true);
      } catch (error) {
        // Unknown is not allowed: a console comes back by itself.
        log.warn({ err: error }, "a link could not be judged, and was ended");
        socket.disconnect(true);
      }
    }
  }

  return {
    team,
    count: sockets.count,
    async close() {
      stop();
      offers.close();
      news.close();
      board.close();
      team.close();
      await clock.close();
      sockets.close();
      await writer.close();
      await follower.close();
      await messagePool.end();
      await marks.close();
      await leases.close();
    },
  };
}

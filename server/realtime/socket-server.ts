import type { Server as HttpServer, IncomingMessage } from "node:http";
import { type DefaultEventsMap, type Namespace, Server, type Socket } from "socket.io";
import type { z } from "zod";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { RepNews, ServerToRep } from "../../shared/protocol/rep-events.ts";
import { PROTOCOL_VERSION, SOCKET_PATH } from "../../shared/protocol/version.ts";
import type { ServerToVisitor, VisitorNews } from "../../shared/protocol/visitor-events.ts";
import type { Log } from "../log.ts";
import { emitTo, writeNews } from "./emit-to.ts";
import { gatherWrites } from "./gather-writes.ts";
import { cutLink, cutSlowReaders, type Link } from "./slow-readers.ts";

/** Sends news to rooms of this process's own links. */
export interface Emitter {
  toVisitors<E extends keyof VisitorNews>(room: string, event: E, news: VisitorNews[E]): void;
  toReps<E extends keyof RepNews>(room: string, event: E, news: RepNews[E]): void;
  /** The same words for a visitor and for reps, written once. */
  toBoth<E extends keyof VisitorNews & keyof RepNews>(
    rooms: { visitors: string; reps: string },
    event: E,
    news: VisitorNews[E] & RepNews[E],
  ): void;
  /** True while somebody in this process would hear it: else nothing need be loaded. */
  visitorsIn(room: string): boolean;
  repsIn(room: string): boolean;
}

type Admission<Data> = { data: Data } | { refused: ErrorCode };

type NamespacePlan<Auth extends { version: number }, Data extends object> = {
  authSchema: z.ZodType<Auth>;
  admit(auth: Auth, request: IncomingMessage): Promise<Admission<Data>>;
  connected(socket: Socket, data: Data): void;
};

type SocketServerDeps<
  VA extends { version: number },
  VD extends object,
  RA extends { version: number },
  RD extends object,
> = {
  http: HttpServer;
  /** Only our own pages may open a link: the frame and the console. CORS settings do not protect WebSockets. */
  isOurOrigin(request: IncomingMessage): boolean;
  visitor: NamespacePlan<VA, VD>;
  rep: NamespacePlan<RA, RD>;
  log: Log;
};

export type SocketServer = {
  emitter: Emitter;
  repSockets: Namespace;
  /** Open links of visitors in a room, in this process. */
  visitorLinks(room: string): number;
  /** Ends every link of visitors in a room, in this process. */
  endVisitorLinks(room: string): void;
  endRepLinks(room: string): void;
  count(): number;
  close(): void;
};

export function createSocketServer<
  VA extends { version: number },
  VD extends object,
  RA extends { version: number },
  RD extends object,
>(deps: SocketServerDeps<VA, VD, RA, RD>): SocketServer {
  const { http, isOurOrigin, log } = deps;
  const io = new Server(http, {
    path: SOCKET_PATH,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.packetBytes,
    pingInterval: 15_000,
    pingTimeout: 10_000,
    connectTimeout: 10_000,
    allowRequest: (request, decide) => decide(null, isOurOrigin(request)),
  });
  // `allowRequest` is asked at the first request of a link only, not when another takes it over or writes to it.
  io.engine.use((request: IncomingMessage, _response: unknown, next: (error?: Error) => void) => {
    const isFirst = !new URL(request.url ?? "", "http://link").searchParams.has("sid");
    next(isFirst || isOurOrigin(request) ? undefined : new Error("forbidden"));
  });
  // Nothing is served on the main namespace.
  io.use((_socket, next) => next(new Error("not_found")));

  const visitors: Namespace<DefaultEventsMap, ServerToVisitor> = io.of("/visitor");
  const reps: Namespace<DefaultEventsMap, ServerToRep> = io.of("/rep");
  openNamespace(visitors as Namespace, deps.visitor, log);
  openNamespace(reps as Namespace, deps.rep, log);
  gatherWrites(io, log);
  const stopCutting = cutSlowReaders(io, log);

  return {
    emitter: {
      toVisitors: (room, event, news) => emitTo(visitors as Namespace, room, event, news),
      toReps: (room, event, news) => emitTo(reps as Namespace, room, event, news),
      toBoth(rooms, event, news) {
        if (!isAnyoneIn(visitors, rooms.visitors) && !isAnyoneIn(reps, rooms.reps)) return;
        const written = writeNews(event, news);
        emitTo(visitors as Namespace, rooms.visitors, event, news, written);
        emitTo(reps as Namespace, rooms.reps, event, news, written);
      },
      visitorsIn: (room) => isAnyoneIn(visitors, room),
      repsIn: (room) => isAnyoneIn(reps, room),
    },
    repSockets: reps as Namespace,
    visitorLinks: (room) => visitors.adapter.rooms.get(room)?.size ?? 0,
    endVisitorLinks: (room) => visitors.in(room).disconnectSockets(true),
    endRepLinks: (room) => reps.in(room).disconnectSockets(true),
    count: () => io.engine.clientsCount,
    close() {
      stopCutting();
      io.disconnectSockets(true);
      // Not io.close(): that closes the HTTP server too, and waits for connections that its owner has yet to end.
      io.engine.close();
    },
  };
}

/** A room ends with its last link. */
function isAnyoneIn({ adapter }: Pick<Namespace, "adapter">, room: string): boolean {
  return adapter.rooms.has(room);
}

/** Our programs join once a link; each join is a look into the database that no other limit counts. */
const mostJoins = 5;

function openNamespace<Auth extends { version: number }, Data extends object>(
  namespace: Namespace,
  plan: NamespacePlan<Auth, Data>,
  log: Log,
) {
  const joins = new WeakMap<object, number>();
  namespace.use((socket, next) => {
    const joined = (joins.get(socket.conn) ?? 0) + 1;
    joins.set(socket.conn, joined);
    if (joined > mostJoins) {
      cutLink(socket.conn as unknown as Link); // An engine.io link, as the slow readers know it.
      return;
    }
    const refuse = (code: ErrorCode) => next(Object.assign(new Error(code), { data: { ok: false, code } }));
    const auth = plan.authSchema.safeParse(socket.handshake.auth);
    if (!auth.success) return refuse("invalid_input");
    if (auth.data.version !== PROTOCOL_VERSION) return refuse("outdated");
    plan.admit(auth.data, socket.request).then(
      (admission) => {
        if ("refused" in admission) return refuse(admission.refused);
        socket.data = admission.data;
        next();
      },
      (error: unknown) => {
        log.error({ err: error }, "a handshake failed");
        refuse("unavailable");
      },
    );
    return undefined;
  });
  namespace.on("connection", (socket) => {
    try {
      plan.connected(socket, socket.data as Data); // Set by the middleware above; there is no other way in.
    } catch (error) {
      log.error({ err: error }, "a connection could not be set up");
      socket.disconnect(true);
    }
  });
}

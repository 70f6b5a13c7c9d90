import { type Request, type RequestHandler, Router } from "express";
import { z } from "zod";
import {
  type ConsoleRoute,
  type ConsoleRouteAnswers,
  consoleRouteSchemas,
} from "../../shared/protocol/console-routes.ts";
import {
  isPublicConsoleRoute,
  mayAppAskRoute,
  mayAskRoute,
  type PublicConsoleRoute,
} from "../../shared/protocol/permissions.ts";
import {
  type VisitorRoute,
  type VisitorRouteAnswers,
  visitorRouteSchemas,
} from "../../shared/protocol/visitor-routes.ts";
import type { CallerHeaders, MemberAccess } from "../accounts/session.ts";
import { AppError } from "../errors.ts";
import type { VisitorAccess } from "../visitors/access.ts";
import { handleRequest, parseInput, type RequestDeps, type RequestInfo } from "./handle-request.ts";
import { isLoopback } from "./networks.ts";
import { isPublicVisitorRoute, type PublicVisitorRoute } from "./public-routes.ts";
import { createRateLimiter, type RateLimit } from "./rate-limit.ts";
import { routesUnder } from "./routes-under.ts";

/** Path segments by name: `PathOf<"GET /api/mails/:id">` is `{ id: string }`. */
export type PathOf<R extends string> = R extends `${string}/:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & PathOf<`/${Rest}`>
  : R extends `${string}/:${infer Name}`
    ? { [K in Name]: string }
    : object;

type VisitorContext<R extends VisitorRoute> = RequestInfo &
  (R extends PublicVisitorRoute ? object : { visitor: VisitorAccess });
type ConsoleContext<R extends ConsoleRoute> = RequestInfo &
  (R extends PublicConsoleRoute ? object : { member: MemberAccess });

type Handler<Context, Schema extends z.ZodType, Path, Answer> = {
  /** For each visitor or member, or each network where nobody is known; `defaultLimit` when left out. */
  limit?: RateLimit;
  handle(context: Context, input: z.output<Schema>, path: Path): Promise<Answer>;
};

export type VisitorRoutes<K extends VisitorRoute = VisitorRoute> = {
  [R in K]: Handler<VisitorContext<R>, (typeof visitorRouteSchemas)[R], PathOf<R>, VisitorRouteAnswers[R]>;
};

export type ConsoleRoutes<K extends ConsoleRoute = ConsoleRoute> = {
  [R in K]: Handler<ConsoleContext<R>, (typeof consoleRouteSchemas)[R], PathOf<R>, ConsoleRouteAnswers[R]>;
};

/** A folder's part of the visitor routes, checked against the contract. app.ts spreads the parts into one table. */
export function defineVisitorRoutes<K extends VisitorRoute>(part: VisitorRoutes<K>): VisitorRoutes<K> {
  return part;
}

/** A folder's part of the console routes. */
export function defineConsoleRoutes<K extends ConsoleRoute>(part: ConsoleRoutes<K>): ConsoleRoutes<K> {
  return part;
}

const defaultLimit: RateLimit = { points: 240, seconds: 60 };
/** Every request of one network counts before anything else is done; whole offices share one. */
const networkLimit: RateLimit = { points: 3_000, seconds: 60 };

export type VisitorRouterDeps = RequestDeps & {
  authenticateVisitor(credential: string): Promise<VisitorAccess | null>;
};

/** All routes of visitors. The type asks for the whole table: a route of the contract that nobody serves does not compile. */
export function createVisitorRouter(deps: VisitorRouterDeps, routes: VisitorRoutes): RequestHandler {
  const admit: Admit = async (request, name) => {
    if (isPublicVisitorRoute(name)) return { caller: null, context: {} };
    const credential = /^Visitor ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? "")?.[1];
    const visitor = credential === undefined ? null : await deps.authenticateVisitor(credential);
    if (visitor === null) throw new AppError("unauthenticated");
    return { caller: visitor.visitorId, context: { visitor } };
  };
  return routesUnder(["/visitor/"], () => createRouter(deps, routes, visitorRouteSchemas, admit));
}

export type ConsoleRouterDeps = RequestDeps & {
  /** The member whose session the request's cookies or bearer token lead to. */
  memberOf(headers: CallerHeaders): Promise<MemberAccess | null>;
};

export function createConsoleRouter(deps: ConsoleRouterDeps, routes: ConsoleRoutes): RequestHandler {
  const admit: Admit = async (request, name) => {
    const route = name as ConsoleRoute; // The table's own keys.
    if (isPublicConsoleRoute(route)) return { caller: null, context: {} };
    const member = await deps.memberOf(request.headers);
    if (member === null) throw new AppError("unauthenticated");
    if (!mayAskRoute(member.role, route)) throw new AppError("forbidden");
    if (member.sessionKind === "app" && !mayAppAskRoute(route)) throw new AppError("forbidden");
    return { caller: member.memberId, context: { member } };
  };
  return routesUnder(["/api/"], () => createRouter(deps, routes, consoleRouteSchemas, admit));
}

/** A route once its types have done their work. */
type AnyRoute = {
  limit?: RateLimit;
  handle(context: object, input: unknown, path: object): Promise<object>;
};

type Admission = { caller: string | null; context: object };
type Admit = (request: Request, name: string) => Promise<Admission>;

function createRouter(
  deps: RequestDeps,
  routes: object,
  schemas: Readonly<Record<string, z.ZodType>>,
  admit: Admit,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const perNetwork = createRateLimiter(networkLimit);
  for (const [name, route] of Object.entries(routes as Record<string, AnyRoute>)) {
    const [method = "", path = ""] = name.split(" ");
    const schema = schemas[name];
    if (schema === undefined) throw new Error(`route ${name} is not in the contract`);
    const perCaller = createRateLimiter(route.limit ?? defaultLimit);
    const handler = handleRequest(deps, name, async (info) => {
      if (!isLoopback(info.network)) await perNetwork.take(info.network);
      const { caller, context } = await admit(info.request, name);
      await perCaller.take(caller ?? info.network);
      const input = parseInput(schema, method === "GET" ? info.request.query : info.request.body);
      return route.handle({ ...info, ...context }, input, parsePath(info.request.params));
    });
    if (method === "GET") router.get(path, handler);
    else if (method === "POST") router.post(path, handler);
    else if (method === "PUT") router.put(path, handler);
    else throw new Error(`route ${name} has a method that nobody serves`);
  }
  return router;
}

const pathFields: Readonly<Record<string, z.ZodType<string>>> = {
  id: z.uuid(),
  provider: z.string().regex(/^[a-z]{1,20}$/),
  token: z
    .string()
    .max(500)
    .regex(/^[A-Za-z0-9._~-]+$/),
};

/** A segment that cannot name anything names nothing: refusals look alike. */
function parsePath(params: Readonly<Record<string, string | string[] | undefined>>): object {
  for (const [name, value] of Object.entries(params)) {
    if (pathFields[name]?.safeParse(value).success !== true) throw new AppError("not_found");
  }
  return params;
}

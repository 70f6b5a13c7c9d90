import type { RequestHandler } from "express";

/**
 * Routes whose paths all begin with one of these, made when the first of them is asked for: a start needs none of their
 * patterns and parsers. Paths are compared as they are: another case is another path, as it is for our routers.
 */
export function routesUnder(prefixes: readonly string[], make: () => RequestHandler): RequestHandler {
  let routes: RequestHandler | null = null;
  return (request, response, next) => {
    if (!prefixes.some((prefix) => request.path.startsWith(prefix))) return next();
    routes ??= make();
    return routes(request, response, next);
  };
}

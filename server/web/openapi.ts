import { z } from "zod";
import { type ConsoleRoute, consoleRouteSchemas } from "../../shared/protocol/console-routes.ts";
import { errorStatus } from "../../shared/protocol/errors.ts";
import { isPublicConsoleRoute } from "../../shared/protocol/permissions.ts";
import { visitorRouteSchemas } from "../../shared/protocol/visitor-routes.ts";
import { isPublicVisitorRoute } from "./public-routes.ts";

type Json = Record<string, unknown>;

/** The HTTP contract as OpenAPI 3.1, made from the schemas that every request is checked with. */
export function describeApi(publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  const add = (name: string, schema: z.ZodType, security: Json[]) => {
    const [method = "", path = ""] = name.split(" ");
    const pattern = path.replace(/:(\w+)/g, "{$1}");
    paths[pattern] = { ...paths[pattern], [method.toLowerCase()]: operation(method, path, schema, security) };
  };
  for (const [name, schema] of Object.entries(visitorRouteSchemas))
    add(name, schema, isPublicVisitorRoute(name) ? [] : [{ visitor: [] }]);
  for (const [name, schema] of Object.entries(consoleRouteSchemas))
    add(name, schema, isPublicConsoleRoute(name as ConsoleRoute) ? [] : [{ session: [] }]);
  return {
    openapi: "3.1.0",
    info: { title: "Foyer", version: "1", description: "HTTP for visitors' frames and the reps' console." },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: {
        visitor: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "`Visitor <credential>`, as the first beacon handed it out.",
        },
        session: { type: "apiKey", in: "cookie", name: "__Host-foyer" },
      },
      schemas: { Refusal: refusal },
    },
  };
}

function operation(method: string, path: string, schema: z.ZodType, security: Json[]): Json {
  const input = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    target: "draft-2020-12",
  }) as Json;
  delete input.$schema;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: name === "id" ? { type: "string", format: "uuid" } : { type: "string", maxLength: 500 },
  }));
  const required = Array.isArray(input.required) ? input.required : [];
  const inQuery =
    method === "GET"
      ? Object.entries((input.properties ?? {}) as Json).map(([name, field]) => ({
          name,
          in: "query",
          required: required.includes(name),
          schema: field,
        }))
      : [];
  return {
    security,
    parameters: [...inPath, ...inQuery],
    ...(method === "GET"
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: input } } } }),
    responses: {
      200: {
        description: "Done.",
        content: {
          "application/json": {
            schema: { type: "object", properties: { ok: { const: true } }, required: ["ok"] },
          },
        },
      },
      default: {
        description: "Refused; the status follows from the code.",
        content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
      },
    },
  };
}

const refusal: Json = {
  type: "object",
  required: ["ok", "code"],
  properties: {
    ok: { const: false },
    code: { enum: Object.keys(errorStatus) },
    retryAfterMs: { type: "number" },
    takenBy: { type: ["string", "null"] },
    requestId: { type: "string", format: "uuid" },
    field: { type: "string" },
  },
};

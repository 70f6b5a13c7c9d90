import { expect, it } from "vitest";
import { consoleRouteSchemas } from "../../shared/protocol/console-routes.ts";
import { visitorRouteSchemas } from "../../shared/protocol/visitor-routes.ts";
import { describeApi } from "./openapi.ts";

type Operation = {
  security: object[];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: { "application/json": { schema: { properties: object; required: string[] } } } };
};

const description = describeApi("https://chat.example.com");
const paths = description.paths as Record<string, Record<string, Operation>>;

it("describes every route of the contract", () => {
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
  );
  const routes = [...Object.keys(visitorRouteSchemas), ...Object.keys(consoleRouteSchemas)];
  expect(described.sort()).toEqual(routes.sort());
});

it("tells inputs by path, query and body, and who may ask", () => {
  expect(paths["/api/canned-replies/{id}"]?.put?.parameters).toMatchObject([
    { name: "id", in: "path", required: true },
  ]);
  expect(paths["/visitor/slots"]?.get?.parameters).toMatchObject([
    { name: "host", in: "query", required: true },
    { name: "duration", in: "query", required: false },
  ]);
  const booking = paths["/visitor/meetings"]?.post;
  expect(booking?.requestBody?.content["application/json"].schema.required).toContain("holdId");
  expect(booking?.security).toEqual([{ visitor: [] }]);
  expect(paths["/api/session"]?.post?.security).toEqual([]);
  expect(paths["/visitor/meeting-links/{token}"]?.get?.security).toEqual([]);
});

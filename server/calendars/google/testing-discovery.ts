import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import type { SimulatedAnswer, SimulatedRequest } from "../testing-simulator-server.ts";

// Google's own description of its calendar, as a judge of our requests and of the simulator's answers: the discovery
// document; or the client in Go that Google makes of it, which repeats each method whole and has its shapes as types.
// `.ci/google-discovery.mjs` brings one of them.

export type GoogleJudge = {
  /** What is wrong with a request; nothing when it is as described. */
  request(request: SimulatedRequest): string[];
  answer(request: SimulatedRequest, answer: SimulatedAnswer): string[];
};

type Shape = Record<string, unknown>;
type Parameter = { type: string; location: string; required?: boolean; enum?: string[] };
type Method = {
  id: string;
  httpMethod: string;
  path: string;
  parameters?: Record<string, Parameter>;
  request?: { $ref: string };
  response?: { $ref: string };
};
type Described = { shapes: Record<string, Shape>; methods: Method[] };

const folder = fileURLToPath(new URL("../../../node_modules/.cache/google-discovery", import.meta.url));
/** Those that every method takes. */
const everywhere = new Set(["alt", "fields", "key", "prettyPrint", "quotaUser"]);

/** Null when none is on this machine. */
export function openGoogleJudge(): GoogleJudge | null {
  const [json, go] = [`${folder}/calendar.v3.json`, `${folder}/calendar-gen.go`];
  if (existsSync(json)) return createJudge(readDocument(readFileSync(json, "utf8")));
  if (existsSync(go)) return createJudge(readGoClient(readFileSync(go, "utf8")));
  return null;
}

function createJudge({ shapes, methods }: Described): GoogleJudge {
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [name, shape] of Object.entries(shapes)) ajv.addSchema({ ...shape, $id: name });
  const known = methods.map((method) => ({ ...method, pattern: patternOf(method.path) }));
  const find = ({ method, url }: SimulatedRequest) =>
    known.find(({ httpMethod, pattern }) => httpMethod === method && pattern.test(url.pathname));
  const judge = (what: string, ref: string, value: unknown): string[] => {
    const validate = ajv.getSchema(ref) as ValidateFunction | undefined; // Added above, or missing.
    if (!validate) return [`${what}: no shape ${ref}`];
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${what}: ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  return {
    request(request) {
      const method = find(request);
      if (!method) return [`${request.method} ${request.url.pathname}: no such method`];
      const { parameters = {} } = method;
      const query = [...request.url.searchParams].filter(([name]) => !everywhere.has(name));
      const wrong = query.flatMap(([name, value]) => {
        const parameter = parameters[name];
        if (parameter?.location !== "query") return [`${method.id}: no parameter ${name}`];
        return isOf(parameter, value) ? [] : [`${method.id}: ${name} is not ${parameter.type}`];
      });
      const missing = Object.entries(parameters)
        .filter(
          ([name, each]) => each.location === "query" && each.required && !request.url.searchParams.has(name),
        )
        .map(([name]) => `${method.id}: ${name} is missing`);
      if (!method.request) {
        return [...wrong, ...missing, ...(request.json === null ? [] : [`${method.id}: takes no body`])];
      }
      return [...wrong, ...missing, ...judge(method.id, method.request.$ref, request.json)];
    },
    answer(request, { status, json }) {
      const method = find(request);
      if (!method || status >= 300) return [];
      if (!method.response) return json === undefined ? [] : [`${method.id}: answers nothing`];
      return judge(`answer of ${method.id}`, method.response.$ref, json);
    },
  };
}

function patternOf(path: string): RegExp {
  return new RegExp(`^/calendar/v3/${path.replace(/\{\w+\}/g, "[^/]+")}$`);
}

function isOf({ type, enum: values }: Parameter, value: string): boolean {
  if (values && !values.includes(value)) return false;
  if (type === "integer") return /^-?\d+$/.test(value);
  return type !== "boolean" || value === "true" || value === "false";
}

/** A discovery document writes JSON Schema, but for how it names parts. */
function readDocument(text: string): Described {
  const { schemas, resources } = JSON.parse(text) as {
    schemas: Record<string, Shape>;
    resources: Record<string, { methods: Record<string, Method> }>;
  };
  const methods = Object.values(resources).flatMap((resource) => Object.values(resource.methods));
  const closed = (shape: unknown): unknown => {
    if (Array.isArray(shape)) return shape.map(closed);
    if (typeof shape !== "object" || shape === null) return shape;
    const { id: _, description: __, format: ___, required: ____, default: _____, ...rest } = shape as Shape;
    const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, closed(value)]));
    return "properties" in inner ? { additionalProperties: false, ...inner } : inner;
  };
  const shapes = Object.fromEntries(
    Object.entries(schemas).map(([name, shape]) => [name, closed(shape) as Shape]),
  );
  return { shapes, methods };
}

function readGoClient(text: string): Described {
  const shapes = Object.fromEntries(
    [...text.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms)].map(([, name = "", body = ""]) => {
      const fields = [...body.matchAll(/^\t\w+ (\S+) `json:"([\w$]+)(?:,omitempty)?(,string)?"`/gm)];
      const properties = Object.fromEntries(
        fields.map(([, type = "", field = "", isText]) => [
          field,
          isText ? { type: "string" } : shapeOf(type),
        ]),
      );
      return [name, { type: "object", additionalProperties: false, properties }];
    }),
  );
  const methods = [...text.matchAll(/^\t\/\/ \{\n((?:\t\/\/ .*\n)*?)\t\/\/ \}$/gm)]
    .map(([block]) => JSON.parse(block.replace(/^\t\/\/ /gm, "")) as Partial<Method>)
    .filter((method): method is Method => method.httpMethod !== undefined);
  return { shapes, methods };
}

function shapeOf(type: string): Shape {
  if (type.startsWith("[]")) return { type: "array", items: shapeOf(type.slice(2)) };
  if (type.startsWith("map[string]")) {
    return { type: "object", additionalProperties: shapeOf(type.slice("map[string]".length)) };
  }
  const simple = { string: "string", bool: "boolean", int64: "integer", float64: "number" }[type];
  if (simple) return { type: simple };
  return /^\*?[A-Z]\w*$/.test(type) ? { $ref: type.replace("*", "") } : {};
}

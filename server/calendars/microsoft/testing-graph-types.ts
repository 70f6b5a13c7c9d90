import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";

// Microsoft's types of Graph, which it makes of Graph's own description, as a judge of our requests and of the simulator's
// answers: only interfaces of plain fields and unions of words are in them, so that they say the same as a schema.

/** What is wrong with a value of this type; nothing when it is as described. */
export type GraphJudge = (type: string, value: unknown) => string[];

type Shape = Record<string, unknown>;

export function openGraphJudge(): GraphJudge {
  const text = readFileSync(
    createRequire(import.meta.url).resolve("@microsoft/microsoft-graph-types/microsoft-graph.d.ts"),
    "utf8",
  ).replaceAll("\r\n", "\n");
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [, name = "", words = ""] of text.matchAll(/^export type (\w+) =([^;]+);/gm)) {
    const known = [...words.matchAll(/"([^"]+)"/g)].map(([, word]) => word);
    ajv.addSchema({ $id: name, ...(known.length > 0 ? { enum: known } : {}) });
  }
  const interfaces = new Map<string, { parent: string; fields: Shape }>();
  const declared = /^export interface (\w+)(?: extends (\w+))? \{(?:\}|\n(.*?)^\})/gms;
  for (const [, name = "", parent = "", body = ""] of text.matchAll(declared)) {
    const fields = [...body.matchAll(/^ {4}"?([\w@.]+)"?\?: ([^;]+);/gm)];
    interfaces.set(name, {
      parent,
      fields: Object.fromEntries(fields.map(([, key, type = ""]) => [key, shapeOf(type)])),
    });
  }
  const fieldsOf = (name: string): Shape => {
    const found = interfaces.get(name);
    return found ? { ...fieldsOf(found.parent), ...found.fields } : {};
  };
  for (const name of interfaces.keys()) {
    ajv.addSchema({ $id: name, type: "object", additionalProperties: false, properties: fieldsOf(name) });
  }
  return (type, value) => {
    const validate = ajv.getSchema(type) as ValidateFunction | undefined; // Added above, or missing.
    if (!validate) return [`There is no type ${type}.`];
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${type}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

function shapeOf(type: string): Shape {
  const nullable = /^NullableOption<(.+)>$/s.exec(type)?.[1];
  if (nullable !== undefined) return { anyOf: [shapeOf(nullable), { type: "null" }] };
  if (type.endsWith("[]")) return { type: "array", items: shapeOf(type.slice(0, -2)) };
  if (["string", "boolean", "number"].includes(type)) return { type };
  return /^[A-Z]\w*$/.test(type) ? { $ref: type } : {};
}

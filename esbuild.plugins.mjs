import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

/**
 * A style sheet is text for `import css from "./x.css"` (for constructable sheets, inside the script) and a hashed
 * file of its own for `import "./x.css"`. `options` are those of the program it belongs to.
 */
export function styleSheets(options) {
  return {
    name: "style-sheets",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\.css$/ }, ({ path, importer, resolveDir, kind }) => {
        if (kind !== "import-statement" || !path.startsWith(".")) return null;
        const named = new RegExp(
          `import\\s+\\w+\\s+from\\s*["']${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}["']`,
        );
        if (!named.test(readFileSync(importer, "utf8"))) return null;
        return { path: join(resolveDir, path), namespace: "style-text" };
      });
      onLoad({ filter: /.*/, namespace: "style-text" }, async ({ path }) => {
        const loader = { ".svg": "dataurl" };
        const result = await build({ ...options, entryPoints: [path], write: false, loader });
        return { contents: result.outputFiles[0].text.trim(), loader: "text", watchFiles: [path] };
      });
    },
  };
}

const unused = [
  // Traces of socket.io and engine.io for their own authors: asked for several times with each packet.
  {
    file: "debug/src/index.js",
    // Every way of importing it must find a function: the code of TypeScript asks for `default` by name.
    contents:
      "const none = () => Object.assign(() => {}, { enabled: false }); module.exports = Object.assign(none, { debug: none, default: none });",
  },
  // Names of charsets from before Unicode; JSON is UTF-8. Half a megabyte.
  { file: "iconv-lite/encodings/dbcs-data.js", contents: "module.exports = {};" },
  { file: "iconv-lite/encodings/sbcs-data-generated.js", contents: "module.exports = {};" },
  // Messages in fifty languages; refusals leave as codes.
  { file: "zod/v4/locales/index.js", contents: 'export { default as en } from "./en.js";' },
];

/** What the server sends or reads. */
const typesInUse = new Set(
  [
    ["text", "html css javascript plain calendar xml csv"],
    ["application", "json xml octet-stream x-www-form-urlencoded manifest+json wasm pdf"],
    ["multipart", "form-data"],
    ["image", "svg+xml webp png jpeg gif avif vnd.microsoft.icon x-icon"],
    ["font", "woff woff2 ttf"],
    ["audio", "mpeg ogg wav"],
  ].flatMap(([kind, names]) => names.split(" ").map((name) => `${kind}/${name}`)),
);

const modules = join(import.meta.dirname, "node_modules");

/** Leaves out of the server what it never uses and what would be read at every start. */
export const leanServer = {
  name: "lean-server",
  setup({ onResolve, onLoad }) {
    // Three packages bring three copies of a table of 2,500 types, and go through all of it at each start.
    onResolve({ filter: /^mime-db$/ }, () => ({ path: join(modules, "mime-db/index.js") }));
    onLoad({ filter: inModules("mime-db/db.json") }, async ({ path }) => {
      const types = Object.entries(JSON.parse(await readFile(path, "utf8")));
      const kept = types.filter(([type]) => typesInUse.has(type));
      if (kept.length !== typesInUse.size)
        throw new Error("mime-db has lost a type: see esbuild.plugins.mjs");
      const table = kept.map(([type, { source, charset, extensions }]) => [
        type,
        { source, charset, extensions },
      ]);
      const json = JSON.stringify(JSON.stringify(Object.fromEntries(table)));
      return { contents: `module.exports = JSON.parse(${json});`, loader: "js" };
    });
    for (const { file, contents } of unused)
      onLoad({ filter: inModules(file) }, () => ({ contents, loader: "js" }));
    // It asks by making a Response, for which Node loads its whole HTTP client: 15 ms.
    onLoad({ filter: inModules("pg/lib/stream.js") }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const question = "function isCloudflareRuntime() {";
      if (!text.includes(question)) throw new Error("pg/lib/stream.js has changed: see esbuild.plugins.mjs");
      return { contents: text.replace(question, `${question} return false;`), loader: "js" };
    });
  },
};

function inModules(file) {
  return new RegExp(`node_modules/${file.replaceAll(".", "\\.")}$`);
}

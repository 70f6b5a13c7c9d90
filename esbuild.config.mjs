// Builds every program into dist/, checks the size budgets and prints them. Ends with 1 when a program is missing or
// something is too large. Whether a build is needed at all is decided by server/start.mjs.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync, constants as zlib } from "node:zlib";
import { build } from "esbuild";
import { leanServer, styleSheets } from "./esbuild.plugins.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");

const shared = { bundle: true, absWorkingDir: root, logLevel: "warning", metafile: true };
const browser = {
  ...shared,
  platform: "browser",
  target: "es2020",
  minify: true,
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { "process.env.NODE_ENV": '"production"' },
};

const node = {
  ...shared,
  platform: "node",
  target: "node20",
  // Size is time at the start. Names stay for the places in the log; `keepNames` would set them anew for each closure made.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  sourcemap: "linked",
  plugins: [leanServer],
  // Else Express would show stacks in its own answers.
  define: { "process.env.NODE_ENV": '"production"' },
  // Native code stays where npm put it, and so does what a start never needs: each byte of the program is read at every one.
  // pg-native is an optional part of pg that we do not use.
  external: [
    ...["@node-rs/argon2", "sharp", "@zxcvbn-ts/language-common"],
    ...[
      "@node-saml/node-saml",
      "@xmldom/xmldom",
      "openid-client",
      "libphonenumber-js",
      "nodemailer",
      "pg-boss",
    ],
    ...["tsdav", "rrule-temporal", "windows-iana"],
    "pg-native",
  ],
};

/** Programs for the browser with hashed chunks; the server finds their names in dist/manifest.json. */
const apps = [
  { name: "frame", entry: "widget/frame/main.tsx", outdir: "dist/widget/assets" },
  { name: "teaser", entry: "widget/frame/teaser.ts", outdir: "dist/widget/teaser" },
  { name: "manage", entry: "widget/manage/main.tsx", outdir: "dist/widget/manage" },
  { name: "book", entry: "widget/book/main.tsx", outdir: "dist/widget/book" },
  { name: "console", entry: "console/main.tsx", outdir: "dist/console" },
];
const scripts = [
  { entry: "widget/loader.ts", outfile: "dist/widget/widget.js", options: { ...browser, format: "iife" } },
  { entry: "widget/embed.ts", outfile: "dist/widget/embed.js", options: { ...browser, format: "esm" } },
  {
    entry: "widget/frame/presence.ts",
    outfile: "dist/widget/frame.js",
    options: { ...browser, format: "iife" },
  },
];

const serverEntry = "server/main.ts";

process.exitCode = await main().catch((error) => {
  if (!error.errors) throw error; // Else esbuild has shown what is wrong and where.
  return 1;
});

async function main() {
  const entries = [...apps, ...scripts, { entry: serverEntry }].map(({ entry }) => entry);
  const missing = entries.filter((entry) => !existsSync(join(root, entry)));
  const isThere = ({ entry }) => !missing.includes(entry);
  const [, ...results] = await Promise.all([
    Promise.all(
      scripts
        .filter(isThere)
        .map(({ entry, outfile, options }) =>
          build({ plugins: [styleSheets(browser)], ...options, entryPoints: [entry], outfile }),
        ),
    ),
    ...apps.filter(isThere).map(buildApp),
    ...[serverEntry].filter((entry) => isThere({ entry })).map(buildServer),
  ]);
  const built = results.filter((result) => result !== undefined);
  writeFileSync(
    join(dist, "manifest.json"),
    `${JSON.stringify(Object.fromEntries(built.map(({ name, files }) => [name, files])), null, 2)}\n`,
  );
  await writePages();
  compressAssets();
  for (const entry of missing) console.error(`missing: ${entry}`);
  if (process.argv.includes("--without-budgets")) return 0;
  return checkBudgets(built.find(({ name }) => name === "frame")) && missing.length === 0 ? 0 : 1;
}

/**
 * The HTML pages of the widget, in one line, with what the server fills in for each answer: {{nonce}}, {{config}} (JSON with
 * every < as \u003c) and, for the pages behind links, {{entry}} and {{title}}.
 */
async function writePages() {
  const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : null);
  const config = '<script type="application/json" id="foyer">';
  const frame = read("widget/frame/frame.html");
  const script = read("dist/widget/frame.js");
  if (frame && script) {
    const styles = await build({ ...browser, entryPoints: ["widget/frame/frame.css"], write: false });
    const page = onOneLine(frame)
      .replace("<style>", () => `<style nonce="{{nonce}}">${styles.outputFiles[0].text.trim()}`)
      .replace(config, `${config}{{config}}`)
      .replace(
        "<script>",
        () => `<script nonce="{{nonce}}">${script.trim().replaceAll("</script", "<\\/script")}`,
      );
    writeFileSync(join(dist, "widget/frame.html"), page);
  }
  for (const [source, name] of [
    ["widget/manage/manage.html", "manage"],
    ["widget/book/book.html", "book"],
  ]) {
    const html = read(source);
    if (!html) continue;
    const page = onOneLine(html)
      .replace(config, `${config}{{config}}`)
      .replace('<script type="module">', '<script type="module" nonce="{{nonce}}" src="{{entry}}">');
    writeFileSync(join(dist, `widget/${name}.html`), page);
  }
}

function onOneLine(html) {
  return html.replace(/>\s+</g, "><").trim();
}

/**
 * The server is one CommonJS file (only that kind can be kept compiled on Node 20), named after its content, and main.cjs,
 * which runs it: see server/boot.cjs. Programs of worker threads lie beside it.
 */
async function buildServer() {
  const outdir = join(dist, "server");
  const { metafile } = await build({
    ...node,
    entryPoints: { program: serverEntry },
    outdir,
    format: "cjs",
    entryNames: "[name]-[hash]",
    outExtension: { ".js": ".cjs" },
    // The function that boot.cjs calls, in plain ASCII: the text is then read, kept and compiled as it lies in the file.
    banner: { js: "(function (require, __filename, __dirname, foyerUrl) {" },
    footer: { js: "})" },
    define: { ...node.define, "import.meta.url": "foyerUrl", "import.meta.dirname": "__dirname" },
    // As calls of require: a script has no loader of modules.
    supported: { "dynamic-import": false },
  });
  const names = Object.keys(metafile.outputs).map((path) => basename(path));
  const program = names.find((name) => name.endsWith(".cjs"));
  writeFileSync(
    join(outdir, "main.cjs"),
    readFileSync(join(root, "server/boot.cjs"), "utf8").replace("PROGRAM.cjs", program),
  );
  const threads = readdirSync(join(root, "server"), { recursive: true }).filter((path) =>
    path.endsWith(".worker.ts"),
  );
  for (const path of threads) {
    const outfile = join(outdir, basename(path).replace(/\.ts$/, ".js"));
    await build({ ...node, entryPoints: [join("server", path)], outfile, format: "esm" });
    names.push(basename(outfile), `${basename(outfile)}.map`);
  }
  removeOthers(outdir, new Set(["main.cjs", ...names]));
}

async function buildApp({ name, entry, outdir }) {
  const { metafile } = await build({
    ...browser,
    plugins: [styleSheets(browser)],
    entryPoints: { [name]: entry },
    outdir,
    format: "esm",
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: {
      ".svg": "file",
      ".png": "file",
      ".webp": "file",
      ".woff2": "file",
      ".mp3": "file",
      ".ogg": "file",
      ".wav": "file",
    },
  });
  const { outputs } = metafile;
  removeOthers(join(root, outdir), new Set(Object.keys(outputs).map((path) => basename(path))));
  const script = Object.keys(outputs).find((path) => outputs[path].entryPoint === entry);
  const fromDist = (path) => relative("dist", path);
  const isStyle = (path) => path.endsWith(".css");
  const files = {
    /** Paths from dist/: the module to start with, the style sheets, and what it imports at once (for modulepreload). */
    script: fromDist(script),
    styles: Object.keys(outputs)
      .filter((path) => isStyle(path) && path === outputs[script].cssBundle)
      .map(fromDist),
    preload: [...reachable(outputs, [script], isStatic)].filter((path) => path !== script).map(fromDist),
    /** Modules loaded on demand, by the name of their source file. */
    onDemand: Object.fromEntries(
      Object.entries(outputs)
        .filter(([path, { entryPoint }]) => entryPoint && path !== script)
        .map(([path, { entryPoint }]) => [basename(entryPoint).replace(/\.\w+$/, ""), fromDist(path)]),
    ),
  };
  return { name, files, outputs, script };
}

function isStatic({ kind }) {
  return kind === "import-statement";
}

/** The outputs that `from` loads, itself included, over the imports that `follows` lets through. */
function reachable(outputs, from, follows) {
  const found = new Set(from);
  for (const path of found) {
    for (const imported of outputs[path]?.imports ?? []) {
      if (!imported.external && follows(imported)) found.add(imported.path);
    }
    if (outputs[path]?.cssBundle) found.add(outputs[path].cssBundle);
  }
  return found;
}

function checkBudgets(frame) {
  const kilobyte = 1024;
  const size = (path) =>
    existsSync(join(root, path)) ? gzipSync(readFileSync(join(root, path)), { level: 9 }).length : null;
  const total = (paths) => [...paths].reduce((sum, path) => sum + (size(path) ?? 0), 0);
  const loader = size("dist/widget/widget.js");
  const presence = size("dist/widget/frame.html");
  const rows = [];
  if (loader !== null) rows.push({ what: "loader", bytes: loader, budget: 2.6 * kilobyte });
  // What the server fills in and the beacon's answer come on top; all of it is measured on the wire by bench/wire.
  if (loader !== null && presence !== null)
    rows.push({ what: "loader + frame page", bytes: loader + presence, budget: 4.5 * kilobyte });
  if (frame) {
    const isBooker = (path) => /booker/i.test(basename(frame.outputs[path]?.entryPoint ?? ""));
    // socket.io-client is fetched only where a network blocks WebSockets.
    const isPolling = (path) => frame.outputs[path]?.entryPoint === "widget/frame/socket.ts";
    const chat = reachable(frame.outputs, [frame.script], ({ path }) => !isBooker(path) && !isPolling(path));
    const bookers = Object.keys(frame.outputs).filter(isBooker);
    const booker = [...reachable(frame.outputs, bookers, isStatic)].filter((path) => !chat.has(path));
    rows.push({
      what: "open chat, all of it",
      bytes: total(chat) + (loader ?? 0) + (presence ?? 0),
      budget: 30 * kilobyte,
    });
    // Fetched when somebody wants to book; what asks the visitor less and shows more times costs a few kilobytes there, and none before.
    if (bookers.length > 0)
      rows.push({ what: "booker, on demand", bytes: total(booker), budget: 8 * kilobyte });
  }
  for (const { what, bytes, budget } of rows) {
    const verdict = bytes <= budget ? "" : "  TOO LARGE";
    console.log(`${what.padEnd(24)} ${inKilobytes(bytes)} of ${inKilobytes(budget)} gzip${verdict}`);
  }
  return rows.every(({ bytes, budget }) => bytes <= budget);
}

function inKilobytes(bytes) {
  return `${(bytes / 1024).toFixed(2).padStart(6)} KB`;
}

/** Compressed once here, beside each file, so that the server only chooses. */
function compressAssets() {
  for (const folder of [
    "widget",
    "widget/assets",
    "widget/teaser",
    "widget/manage",
    "widget/book",
    "console",
  ]) {
    const path = join(dist, folder);
    if (!existsSync(path)) continue;
    for (const name of readdirSync(path).filter((file) => /\.(js|css|svg)$/.test(file))) {
      const bytes = readFileSync(join(path, name));
      writeFileSync(join(path, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      writeFileSync(
        join(path, `${name}.br`),
        brotliCompressSync(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } }),
      );
    }
  }
}

/** Hashed names change with their content; those of older builds go. */
function removeOthers(folder, names) {
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile() && !names.has(entry.name)) rmSync(join(folder, entry.name));
  }
}

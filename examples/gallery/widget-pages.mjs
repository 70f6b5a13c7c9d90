// The widget's half of the gallery: /widget/ lists every state, each in a frame of its own.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const folder = dirname(fileURLToPath(import.meta.url));

/** As the real build does: a style sheet is its text. */
const styleText = {
  name: "style-text",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: (await transform(readFileSync(path, "utf8"), { loader: "css" })).code,
      loader: "text",
    }));
  },
};

/** What to answer, by path. */
export async function widgetPages() {
  const { outputFiles } = await build({
    entryPoints: ["gallery.ts", "panel.ts", "teaser.ts", "meeting.tsx", "book.tsx"].map((file) =>
      join(folder, file),
    ),
    bundle: true,
    write: false,
    splitting: true,
    outdir: "/widget",
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    plugins: [styleText],
  });
  const file = (name, type) => ({ type, body: readFileSync(join(folder, name)) });
  return new Map([
    ["/widget/", file("index.html", "text/html")],
    ["/widget/gallery.css", file("gallery.css", "text/css")],
    ["/widget/panel.html", file("panel.html", "text/html")],
    ["/widget/meeting.html", file("meeting.html", "text/html")],
    ["/widget/book.html", file("book.html", "text/html")],
    ["/widget/teaser.html", file("teaser.html", "text/html")],
    ...outputFiles.map(({ path, contents }) => [path, { type: "text/javascript", body: contents }]),
  ]);
}

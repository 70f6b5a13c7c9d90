// Shows the gallery: node examples/gallery/serve.mjs, then open the address it prints. PORT chooses the port.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { widgetPages } from "./widget-pages.mjs";

const folder = dirname(fileURLToPath(import.meta.url));
const { outputFiles } = await build({
  entryPoints: [join(folder, "console.tsx")],
  bundle: true,
  write: false,
  outdir: "/",
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  sourcemap: "inline",
});
const script = outputFiles.find(({ path }) => path.endsWith(".js"))?.contents;
const styles = outputFiles.find(({ path }) => path.endsWith(".css"))?.contents;

const widget = await widgetPages();

// As strict as the console's own page.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; connect-src 'self'";

const mail = `<!doctype html><title>Mail</title><body style="font:16px sans-serif;padding:24px;color:#222;background:#fff">
<h1 style="font-size:22px">Your meeting is booked</h1>
<p>Monday, 23 November, 09:30 with <b>Imogen Hartley</b>.</p>`;

createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://gallery").pathname;
  const page = widget.get(path);
  if (page) return send(response, page.type, page.body);
  if (path === "/console.js") return send(response, "text/javascript", script);
  if (path === "/console.css") return send(response, "text/css", styles);
  if (path.startsWith("/mail-preview/")) return send(response, "text/html", mail);
  response.setHeader("content-security-policy", policy);
  return send(response, "text/html", readFileSync(join(folder, "console.html")));
}).listen(Number(process.env.PORT ?? 0), "127.0.0.1", function listening() {
  console.log(`Console gallery: http://127.0.0.1:${this.address().port}/`);
  console.log(`Widget gallery: http://127.0.0.1:${this.address().port}/widget/`);
});

function send(response, type, body) {
  response.setHeader("content-type", `${type}; charset=utf-8`);
  response.end(body);
}

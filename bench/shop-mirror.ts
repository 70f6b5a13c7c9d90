import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

/**
 * The demo shop again, with the least a launcher can be in the place of our tag: one script that draws a box in the corner.
 * What it takes on the same line is the floor.
 */
const script = gzipSync(`(() => {
  const box = document.createElement("button");
  box.id = "bare-launcher";
  box.style.cssText = "position:fixed;right:20px;bottom:20px;width:56px;height:56px;border:0;border-radius:28px";
  document.documentElement.append(box);
})();`);

export async function startShopMirror(
  port: number,
  shopUrl: string,
): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.url === "/bare.js") {
        response
          .writeHead(200, { "content-type": "text/javascript", "content-encoding": "gzip" })
          .end(script);
        return;
      }
      const from = await fetch(shopUrl + (request.url ?? "/"));
      const type = from.headers.get("content-type") ?? "";
      const body = Buffer.from(await from.arrayBuffer());
      const tagless = type.includes("html")
        ? body
            .toString()
            .replace(/<script[^>]*widget\.js[^>]*>/, `<script async src="http://localhost:${port}/bare.js">`)
        : body;
      response.writeHead(from.status, { "content-type": type }).end(tagless);
    };
    answer().catch(() => response.writeHead(502).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

/** A website of one's own, on an origin of its own; what is pasted into it is served from the next load on. */
export type OwnPage = { url: string; paste(tag: string): void; close(): Promise<void> };

const template = readFileSync(fileURLToPath(new URL("../first-run/index.html", import.meta.url)), "utf8");

export async function serveOwnPage(): Promise<OwnPage> {
  let tag = "";
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(template.replace("__TAG__", () => tag));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    paste(next) {
      tag = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

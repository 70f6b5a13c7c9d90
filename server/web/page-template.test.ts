import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { FrameConfig } from "../../shared/protocol/page-data.ts";
import { consoleHtml, fillTemplate, readTemplate } from "./page-template.ts";

const built = [
  '<style nonce="{{nonce}}">body{margin:0}</style>',
  '<script type="application/json" id="foyer">{{config}}</script>',
  '<script nonce="{{nonce}}">start("{{nonce}}"+1)</script>',
].join("");

const config: FrameConfig = {
  siteKey: "key",
  origins: ["https://shop.example"],
  look: {
    color: "#112233",
    position: "right",
    companyName: "</script><script>alert(1)</script><!-- $& {{entry}} {{config}}",
  },
  entry: "/assets/frame/frame-A.js",
  teaser: "/assets/teaser/teaser-A.js",
};

const sha256 = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

it("allows what stands inside the page by its hash, and nothing else", () => {
  const template = readTemplate(built);
  expect(template.scripts).toEqual([sha256('start("{{nonce}}"+1)')]);
  expect(template.styles).toEqual([sha256("body{margin:0}")]);
});

it("carries data that cannot break out of its block, however it looks", () => {
  const html = fillTemplate(readTemplate(built), { config, entry: config.entry });
  expect(html.match(/<script/g)).toHaveLength(2);
  const block = /id="foyer">(.*?)<\/script>/.exec(html)?.[1] ?? "";
  expect(JSON.parse(block)).toEqual(config);
});

it("loads the console with its styles and what it imports at once", () => {
  const html = consoleHtml({
    script: "/assets/console/a.js",
    styles: ["/assets/console/a.css"],
    preload: ["/assets/console/b.js", "/assets/console/a.css"],
  });
  expect(html).toContain('<script type="module" src="/assets/console/a.js"></script>');
  expect(html).toContain('<link rel="stylesheet" href="/assets/console/a.css">');
  expect(html.match(/modulepreload/g)).toHaveLength(1);
});

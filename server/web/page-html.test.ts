import { expect, it } from "vitest";
import { pageHtml } from "./page-html.ts";

it("carries data that cannot break out of its block", () => {
  const html = pageHtml({
    title: "</title><script>alert(1)</script>",
    data: { page: "meeting", token: "</script><script>alert(2)</script><!--" },
    program: null,
    inlineScript: null,
  });
  expect(html).not.toContain("alert(1)</script>");
  expect(html.match(/<script/g)).toHaveLength(1);
  const block = /id="foyer-data">(.*?)<\/script>/.exec(html)?.[1] ?? "";
  expect(JSON.parse(block)).toEqual({ page: "meeting", token: "</script><script>alert(2)</script><!--" });
});

it("loads a program with its styles and what it imports at once", () => {
  const html = pageHtml({
    title: "Foyer",
    data: null,
    program: {
      script: "/assets/console/a.js",
      styles: ["/assets/console/a.css"],
      preload: ["/assets/console/b.js"],
    },
    inlineScript: null,
  });
  expect(html).toContain('<script type="module" src="/assets/console/a.js"></script>');
  expect(html).toContain('<link rel="stylesheet" href="/assets/console/a.css">');
  expect(html).toContain('<link rel="modulepreload" href="/assets/console/b.js">');
  expect(html).toContain('<div id="app"></div>');
});

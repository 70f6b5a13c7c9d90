import { createHash } from "node:crypto";
import type { BookingPageConfig, FrameConfig, MailedPageConfig } from "../../shared/protocol/page-data.ts";

/** A page as the build left it, with `{{config}}`, `{{entry}}` and `{{title}}` to be filled in. */
export type PageTemplate = {
  html: string;
  /** CSP sources of what stands inside the page. */
  scripts: string[];
  styles: string[];
};

/**
 * Scripts and styles inside the page are allowed by their hash instead of the nonce that the build offers, so that the
 * page of a site is the same bytes every time: browsers keep it and ask only whether it still holds.
 */
export function readTemplate(text: string): PageTemplate {
  const html = text.replaceAll(' nonce="{{nonce}}"', "");
  return {
    html,
    scripts: contentsOf(html, "script").map(hashSource),
    styles: contentsOf(html, "style").map(hashSource),
  };
}

export function fillTemplate(
  template: PageTemplate,
  values: { config: FrameConfig | MailedPageConfig | BookingPageConfig; entry: string; title?: string },
): string {
  return template.html.replace(
    /\{\{(config|entry|title)\}\}/g,
    (_whole, name: "config" | "entry" | "title") =>
      name === "config" ? jsonForHtml(values.config) : escapeHtml(values[name] ?? "Foyer"),
  );
}

/** The console's whole HTML: it is told nothing, the rest it asks for. */
export function consoleHtml(program: { script: string; styles: string[]; preload: string[] }): string {
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    "<title>Foyer</title>",
    '<link rel="icon" href="/favicon.svg" type="image/svg+xml">',
    ...program.styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`),
    ...program.preload
      .filter((href) => href.endsWith(".js"))
      .map((href) => `<link rel="modulepreload" href="${escapeHtml(href)}">`),
    `<script type="module" src="${escapeHtml(program.script)}"></script>`,
  ];
  const body = '<div id="app"></div><noscript>The console needs JavaScript to be switched on.</noscript>';
  return `<!doctype html><html lang="en"><head>${head.join("")}</head><body>${body}</body></html>`;
}

/** Where there is nothing to show, and nobody to be told why. */
export const emptyHtml =
  '<!doctype html><html lang="en"><head><title>Foyer</title></head><body></body></html>';

/** The text of elements without attributes: blocks of data and files from elsewhere have some. */
function contentsOf(html: string, element: "script" | "style"): string[] {
  const pattern = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, "g");
  return [...html.matchAll(pattern)].map(([, content = ""]) => content);
}

function hashSource(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

/** Data that cannot end its own block, nor begin a comment in it. */
function jsonForHtml(data: object): string {
  return JSON.stringify(data).replace(/</g, "\\u003c");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

import type { PageData, ProgramFiles } from "../../shared/protocol/page-data.ts";

/** The HTML of our pages: a head, at most one block of data, and scripts. No text of a person ever stands in it. */
export type PageParts = {
  title: string;
  data: PageData | null;
  /** Loaded at once. */
  program: ProgramFiles | null;
  /** A classic script inside the page; the policy names its hash. */
  inlineScript: string | null;
};

export function pageHtml({ title, data, program, inlineScript }: PageParts): string {
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover,interactive-widget=resizes-content">',
    `<title>${escapeHtml(title)}</title>`,
    ...(inlineScript === null ? ['<link rel="icon" href="/favicon.svg" type="image/svg+xml">'] : []),
    ...(program?.styles ?? []).map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`),
    ...(program?.preload ?? [])
      .filter((href) => href.endsWith(".js"))
      .map((href) => `<link rel="modulepreload" href="${escapeHtml(href)}">`),
    ...(program === null ? [] : [`<script type="module" src="${escapeHtml(program.script)}"></script>`]),
  ];
  const body = [
    ...(program === null
      ? []
      : ['<div id="app"></div><noscript>This page needs JavaScript to be switched on.</noscript>']),
    ...(data === null
      ? []
      : [`<script type="application/json" id="foyer-data">${jsonForHtml(data)}</script>`]),
    ...(inlineScript === null ? [] : [`<script>${inlineScript}</script>`]),
  ];
  return `<!doctype html><html lang="en"><head>${head.join("")}</head><body>${body.join("")}</body></html>`;
}

/** Data that cannot end its own block, nor begin a comment in it. */
function jsonForHtml(data: PageData): string {
  return JSON.stringify(data).replace(/</g, "\\u003c");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

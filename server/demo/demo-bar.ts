import { shopVisitors } from "./shop-visitors.ts";

/** The strip on top of each shop page: who one is browsing as, and links to be somebody else. All text is ours. */
export function demoBar(host: string, port: number): string {
  const current = shopVisitors.find((visitor) => visitor.host === host);
  const who = current ? current.name : host.startsWith("visitor-") ? "an anonymous visitor" : "yourself";
  const people = shopVisitors.map((visitor) =>
    link(`http://${visitor.host}:${port}${visitor.path}`, visitor.name, visitor.story, visitor.host === host),
  );
  const anybody = link("/visit/anyone", "New anonymous visitor", "Nothing known yet", false);
  return `<link rel="stylesheet" href="/demo-bar.css">
    <aside class="demo-bar" aria-label="Demo">
      <div class="wrap">
        <p>Foyer demo. You are browsing as <strong>${who}</strong>.</p>
        <details>
          <summary>Visit as someone else</summary>
          <ul>
            ${[...people, anybody].join("\n            ")}
          </ul>
          <p class="why">Each person opens on a host name of their own, so the browser keeps them apart as separate visitors.</p>
        </details>
      </div>
    </aside>`;
}

function link(href: string, name: string, story: string, isCurrent: boolean): string {
  const address = href.replaceAll("&", "&amp;");
  return `<li><a href="${address}" rel="noreferrer"${isCurrent ? ' aria-current="true"' : ""}><strong>${name}</strong>${story}</a></li>`;
}

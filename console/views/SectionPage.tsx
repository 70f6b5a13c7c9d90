import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import { type Page, pathOf, type Section } from "../models/place.ts";

type SectionPageProps = {
  desk: Desk;
  page: Page;
  title: string;
  /** In the order shown; a single one is shown without tabs. */
  sections: readonly { section: Section; label: string; badge?: { count: number; label: string } }[];
  current: Section;
  /** Beside the title: the one thing most people come for. */
  actions?: ComponentChildren;
  children: ComponentChildren;
};

/** A page with parts that each have an address of their own. */
export function SectionPage({ desk, page, title, sections, current, actions, children }: SectionPageProps) {
  const tabs = useRef<HTMLElement>(null);
  // On a phone the row is wider than the screen: the open one is always seen.
  useEffect(() => {
    tabs.current
      ?.querySelector('[aria-current="page"]')
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <div class="page">
      <header class="page-head">
        <h1>{title}</h1>
        {actions && <div class="page-tools">{actions}</div>}
      </header>
      {sections.length > 1 && (
        <nav ref={tabs} class="sections" aria-label={title}>
          <ul>
            {sections.map(({ section, label, badge }) => (
              <li key={section}>
                <a
                  class="section-link"
                  href={pathOf({ page, conversationId: null, section })}
                  aria-current={section === current ? "page" : undefined}
                  onClick={(event) => {
                    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                    event.preventDefault();
                    desk.places.go({ page, conversationId: null, section });
                  }}
                >
                  {label}
                  {badge && badge.count > 0 && (
                    <span class="badge badge-settings section-badge">
                      <span aria-hidden="true">{badge.count}</span>
                      <span class="fy-hidden">{badge.label}</span>
                    </span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div class="page-body">{children}</div>
    </div>
  );
}

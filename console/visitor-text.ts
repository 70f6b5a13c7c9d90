import type { ZoneName } from "../shared/model/ids.ts";
import { text } from "./text.ts";

/** The city that stands for a zone: the nearest to a place that we know without asking anybody. */
export function cityOf(zone: ZoneName | null): string | null {
  // "Etc/UTC" and "Etc/GMT+3" are offsets, not places.
  if (!zone?.includes("/") || zone.startsWith("Etc/")) return null;
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? null;
}

type Whom = { name: string | null; email?: string | null; zone?: ZoneName | null };

/** What a visitor is called everywhere: the name, else the address, else the place. Summaries carry no zone. */
export function visitorName({ name, email, zone }: Whom): string {
  const city = cityOf(zone ?? null);
  return name || email || (city ? text.common.anonymousFrom(city) : text.common.anonymous);
}

/** The address without scheme and host, which are the same for every row. */
export function pagePath(url: string): string {
  try {
    const { pathname, search } = new URL(url);
    return pathname + search;
  } catch {
    return url;
  }
}

/** A title without the name of the site, which most sites hang behind a bar: it is the same on every row. */
export function pageTitle(page: { url: string; title: string }): string {
  const title = page.title.split(" | ")[0]?.trim();
  return title || pagePath(page.url);
}

/** A page's address if it may become a link: visitors choose these, so nothing but the web's own schemes. */
export function safeHref(url: string): string | null {
  return /^https?:\/\//i.test(url) ? url : null;
}

/** "pt-BR" as "Portuguese (Brazil)". */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

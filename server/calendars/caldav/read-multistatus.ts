import { readXml } from "../../read-xml.ts";

/** Namespaces, by the letters that our requests use for them. */
export const namespaces = {
  D: "DAV:",
  C: "urn:ietf:params:xml:ns:caldav",
  S: "http://calendarserver.org/ns/",
  A: "http://apple.com/ns/ical/",
} as const;

/** One resource of an answer. `status` is its own: 404 for what is gone; 200 where only properties are told. */
export type DavResponse = {
  href: string;
  status: number;
  /** Properties that were found, by namespace and name (`DAV: getetag`). */
  properties: ReadonlyMap<string, Element>;
};

export type Multistatus = { responses: DavResponse[]; syncToken: string | null };

/** Null: not a whole answer of that kind. */
export function readMultistatus(xml: string): Multistatus | null {
  const root = readXml(xml)?.documentElement;
  if (!root || !isNamed(root, namespaces.D, "multistatus")) return null;
  const responses: DavResponse[] = [];
  let syncToken: string | null = null;
  for (const element of childrenOf(root)) {
    if (isNamed(element, namespaces.D, "sync-token")) syncToken = textOf(element);
    if (!isNamed(element, namespaces.D, "response")) continue;
    const response = readResponse(element);
    if (response === null) return null;
    responses.push(...response);
  }
  return { responses, syncToken };
}

/** An answer without properties may name several resources. */
function readResponse(element: Element): DavResponse[] | null {
  const hrefs = childrenOf(element, "href").map(textOf);
  const [own] = childrenOf(element, "status");
  const status = own ? readStatus(own) : 200;
  const properties = new Map<string, Element>();
  let refused = 0;
  for (const group of childrenOf(element, "propstat")) {
    const [found] = childrenOf(group, "status");
    const code = found ? readStatus(found) : 0;
    if (code === null) return null;
    if (code >= 500 || code === 429) refused = code;
    if (code !== 200) continue;
    for (const prop of childrenOf(group, "prop"))
      for (const property of childrenOf(prop)) properties.set(nameOf(property), property);
  }
  if (hrefs.length === 0 || status === null) return null;
  return hrefs.map((href) => ({ href, status: refused || status, properties }));
}

function readStatus(element: Element): number | null {
  const found = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(textOf(element));
  return found ? Number(found[1]) : null;
}

/** The element's children; with a name, those of `DAV:` that are called so. */
export function childrenOf(element: Element, name?: string): Element[] {
  const found: Element[] = [];
  for (let node = element.firstChild; node; node = node.nextSibling) {
    if (node.nodeType !== 1) continue;
    const child = node as Element; // Nodes of type 1 are elements.
    if (name === undefined || isNamed(child, namespaces.D, name)) found.push(child);
  }
  return found;
}

export function isNamed(element: Element, namespace: string, name: string): boolean {
  return element.namespaceURI === namespace && element.localName === name;
}

export function nameOf(element: Element): string {
  return `${element.namespaceURI ?? ""} ${element.localName}`;
}

export function textOf(element: Element): string {
  return element.textContent?.trim() ?? "";
}

/** A property's text; null when the resource has none. */
export function propertyText(
  response: DavResponse,
  prefix: keyof typeof namespaces,
  name: string,
): string | null {
  const element = property(response, prefix, name);
  const text = element ? textOf(element) : "";
  return text === "" ? null : text;
}

export function property(
  response: DavResponse,
  prefix: keyof typeof namespaces,
  name: string,
): Element | undefined {
  return response.properties.get(`${namespaces[prefix]} ${name}`);
}

/** The addresses within a property. */
export function hrefsIn(response: DavResponse, prefix: keyof typeof namespaces, name: string): string[] {
  const element = property(response, prefix, name);
  return element ? childrenOf(element, "href").map(textOf) : [];
}

import { DOMParser } from "@xmldom/xmldom";

/** XML without a document type: nothing in it can name or make anything outside of it. Null: not well-formed. */
export function readXml(xml: string): Document | null {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return null;
  let isBroken = false;
  const fail = () => {
    isBroken = true;
  };
  try {
    const parser = new DOMParser({ errorHandler: { warning: fail, error: fail, fatalError: fail } });
    const document = parser.parseFromString(xml, "text/xml");
    return isBroken || !document?.documentElement ? null : document;
  } catch {
    return null;
  }
}

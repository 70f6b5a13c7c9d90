import { readXml } from "../../read-xml.ts";
import { SsoRefused } from "./port.ts";

/**
 * More than any directory sends about one person (150 groups, the most that Entra ID sends, are 200 elements), and few enough that the
 * library's searches, whose time grows by the square, take milliseconds.
 */
const most = { elements: 1_000, attributes: 4_000, nesting: 30, attributesOfOne: 50, attributeChars: 2_000 };
const signatureNamespace = "http://www.w3.org/2000/09/xmldsig#";

/**
 * Before the library sees a response, which anybody may post: what no provider sends and every trick needs. That is more
 * than one person's worth of XML, a document type, comments, a second assertion or response anywhere, a signature elsewhere
 * than right under what it signs, an algorithm that can be forged, an answer addressed to somebody else.
 */
export function refuseOddShapes(response: string, acsUrl: string): void {
  const xml = Buffer.from(response, "base64").toString("utf8");
  // Counted in the text: reading is work too. In well-formed XML each element has one or two of the first sign.
  if (occurrences(xml, "<") > 2 * most.elements || occurrences(xml, "=") > most.attributes) fail();
  if (/<!--|<!\[CDATA\[/.test(xml)) fail();
  const document = readXml(xml);
  if (document === null || isTooMuch(document.documentElement)) fail();
  const count = (name: string) => document.getElementsByTagNameNS("*", name).length;
  if (
    count("Response") !== 1 ||
    count("Assertion") > 1 ||
    count("EncryptedAssertion") > 0 ||
    count("Object") > 0 ||
    !isSignedInPlace(document)
  )
    fail();
  for (const name of ["SignatureMethod", "DigestMethod"])
    for (const method of Array.from(document.getElementsByTagNameNS("*", name)))
      if (!/#(rsa-|ecdsa-)?sha(256|384|512)$/.test(method.getAttribute("Algorithm") ?? "")) fail();
  // The response as a whole is signed, so this says where the provider sent it.
  if (document.documentElement.getAttribute("Destination") !== acsUrl) throw new SsoRefused("wrong_audience");
}

function fail(): never {
  throw new SsoRefused("bad_signature");
}

function occurrences(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function isTooMuch(root: Element): boolean {
  let elements = 0;
  const waiting = [{ element: root, depth: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    elements += 1;
    if (elements > most.elements || next.depth > most.nesting) return true;
    const attributes = Array.from(next.element.attributes);
    if (attributes.length > most.attributesOfOne) return true;
    if (attributes.some(({ value }) => value.length > most.attributeChars)) return true;
    for (const child of childrenOf(next.element)) waiting.push({ element: child, depth: next.depth + 1 });
  }
  return false;
}

/** One signature right under the response, at most one right under the assertion, and none anywhere else. */
function isSignedInPlace(document: Document): boolean {
  const root = document.documentElement;
  const assertion = childrenOf(root).find(({ localName }) => localName === "Assertion");
  const under = (element: Element | undefined) =>
    element === undefined ? 0 : childrenOf(element).filter(isSignature).length;
  const [ofResponse, ofAssertion] = [under(root), under(assertion)];
  const everywhere = document.getElementsByTagNameNS("*", "Signature").length;
  return ofResponse === 1 && ofAssertion <= 1 && everywhere === ofResponse + ofAssertion;
}

function isSignature({ localName, namespaceURI }: Element): boolean {
  return localName === "Signature" && namespaceURI === signatureNamespace;
}

function childrenOf(element: Element): Element[] {
  return Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1);
}

import { X509Certificate } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import type { SamlSettings } from "../../../shared/protocol/sso-routes.ts";
import { AppError } from "../../errors.ts";

const metadataNamespace = "urn:oasis:names:tc:SAML:2.0:metadata";
const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const mostCertificates = 6;

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

/**
 * A provider's metadata as settings: its entity id, where sign-ins begin by redirect, and the certificates it signs with.
 * Throws `invalid_input` with the field that is missing in it.
 */
export function readIdpMetadata(xml: string): SamlSettings {
  const document = readXml(xml);
  if (document === null) throw new AppError("invalid_input", { field: "xml" });
  const roles = elements(document, metadataNamespace, "IDPSSODescriptor");
  const [role] = roles;
  // A file of many providers (a federation) does not say which one is meant.
  if (role === undefined || roles.length > 1) throw new AppError("invalid_input", { field: "xml" });
  const entity = role.parentNode as Element | null; // Only elements hold elements.
  const entityId = entity?.getAttribute("entityID")?.trim() ?? "";
  if (entityId === "") throw new AppError("invalid_input", { field: "entityId" });
  const signInUrl = elements(role, metadataNamespace, "SingleSignOnService")
    .find((service) => service.getAttribute("Binding") === redirectBinding)
    ?.getAttribute("Location");
  if (!signInUrl) throw new AppError("invalid_input", { field: "signInUrl" });
  const signing = elements(role, metadataNamespace, "KeyDescriptor").filter(
    (key) => key.getAttribute("use") !== "encryption",
  );
  const found = signing.flatMap((key) =>
    elements(key, "http://www.w3.org/2000/09/xmldsig#", "X509Certificate").map(
      (each) => each.textContent ?? "",
    ),
  );
  const certificates = [...new Set(found.map(readCertificate))].slice(0, mostCertificates);
  if (certificates.length === 0) throw new AppError("invalid_input", { field: "certificates" });
  return { entityId, signInUrl: signInUrl.trim(), certificates };
}

/** A certificate as PEM, whether it came with its first and last line or without. Throws `invalid_input`. */
export function readCertificate(text: string): string {
  const base64 = text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, "").replace(/\s+/g, "");
  const pem = `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}(?=.)/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
  try {
    const { publicKey } = new X509Certificate(pem);
    const bits = publicKey.asymmetricKeyDetails?.modulusLength;
    if (bits !== undefined && bits < 2_048) throw new Error("a key this short can be broken");
  } catch {
    throw new AppError("invalid_input", { field: "certificates" });
  }
  return pem;
}

/** The first instant at which none of them is valid any more. */
export function certificatesEndAt(certificates: readonly string[]): number | null {
  const ends = certificates.map((pem) => Date.parse(new X509Certificate(pem).validTo));
  return ends.length === 0 ? null : Math.max(...ends);
}

/** What a provider reads about us: who we are, where it answers, and that it must sign. */
export function ourMetadata({ entityId, acsUrl }: { entityId: string; acsUrl: string }): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor xmlns:md="${metadataNamespace}" entityID="${escapeXml(entityId)}">
  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${escapeXml(acsUrl)}" index="0" isDefault="true"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>
`;
}

function elements(within: Document | Element, namespace: string, name: string): Element[] {
  return Array.from(within.getElementsByTagNameNS(namespace, name));
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

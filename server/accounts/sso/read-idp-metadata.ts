import type { SamlSettings } from "../../../shared/protocol/sso-routes.ts";
import { AppError } from "../../errors.ts";
import { readXml } from "../../read-xml.ts";
import { readCertificate } from "./saml-metadata.ts";

const metadataNamespace = "urn:oasis:names:tc:SAML:2.0:metadata";
const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const mostCertificates = 6;

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

function elements(within: Document | Element, namespace: string, name: string): Element[] {
  return Array.from(within.getElementsByTagNameNS(namespace, name));
}

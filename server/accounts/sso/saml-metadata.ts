import { X509Certificate } from "node:crypto";
import { AppError } from "../../errors.ts";

const metadataNamespace = "urn:oasis:names:tc:SAML:2.0:metadata";

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

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

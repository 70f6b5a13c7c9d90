/**
 * The headers under which each example page is served: the conditions we promise to work in.
 * `foyer` is the origin of the Foyer server.
 */
export function exampleHeaders(folder: string, foyer: string): Record<string, string> {
  switch (folder) {
    case "strict-csp":
      return {
        "content-security-policy": `default-src 'none'; script-src ${foyer}; frame-src ${foyer}; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'`,
      };
    case "booking":
      return {
        "content-security-policy": `default-src 'none'; script-src 'self' ${foyer}; frame-src ${foyer}; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
      };
    case "trusted-types":
      return { "content-security-policy": "require-trusted-types-for 'script'; trusted-types 'none'" };
    case "coep":
      return {
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-opener-policy": "same-origin",
      };
    default:
      return {};
  }
}

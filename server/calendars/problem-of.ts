import type { ConnectionProblem } from "../../shared/model/connections.ts";
import type { ProviderError } from "../connections/port.ts";

/** What a failed reading says about the account. */
export function problemOf({ kind }: ProviderError): ConnectionProblem {
  switch (kind) {
    case "auth":
      return "needs_reauth";
    case "scope":
      return "missing_scope";
    case "approval":
      return "needs_approval";
    case "gone":
      return "calendar_gone";
    case "refused":
    case "invalid":
      return "refused";
    case "rate":
    case "transient":
    case "conflict":
      return "unreachable";
  }
}

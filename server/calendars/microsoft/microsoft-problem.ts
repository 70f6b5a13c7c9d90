import { z } from "zod";
import { ProviderError, type ProviderErrorKind, type ProviderResponse } from "../../connections/port.ts";
import { retryAfterMs } from "../../connections/retry-after.ts";
import { kindOfStatus } from "../provider-answers.ts";

const answer = z.object({ error: z.object({ code: z.string() }) });

/** Where Graph's own word says more than its status. */
const kinds: Record<string, ProviderErrorKind> = {
  ErrorAccessDenied: "scope",
  AccessDenied: "scope",
  Authorization_RequestDenied: "scope",
  ErrorDuplicateTransactionId: "conflict",
  ErrorIrresolvableConflict: "conflict",
  ErrorInvalidIdMalformed: "gone",
  ErrorItemNotFound: "gone",
  ApplicationThrottled: "rate",
  TooManyRequests: "rate",
  ErrorServerBusy: "transient",
  ErrorMailboxStoreUnavailable: "transient",
  // Answered with 404: the account has no mailbox in the cloud, and will not have one by waiting.
  MailboxNotEnabledForRESTAPI: "refused",
  MailboxNotSupportedForRESTAPI: "refused",
};

export function microsoftProblem(response: ProviderResponse): ProviderError {
  const code = codeOf(response);
  const kind = (code === undefined ? undefined : kinds[code]) ?? kindOfStatus(response.status);
  const wait = retryAfterMs(response.headers, Number.NaN);
  return new ProviderError(kind, code ?? `status_${response.status}`, wait);
}

/** Graph's word for what is wrong; a word, never a sentence: it may be logged. */
export function codeOf({ text }: ProviderResponse): string | undefined {
  try {
    const { code } = answer.parse(JSON.parse(text)).error;
    return /^[A-Za-z_.]{1,80}$/.test(code) ? code : undefined;
  } catch {
    return undefined; // A proxy's page: the status is all there is.
  }
}

/** The place in the changes is not known any more. */
export function isForgotten(response: ProviderResponse): boolean {
  return response.status === 410 || /syncstate|resync/i.test(codeOf(response) ?? "");
}

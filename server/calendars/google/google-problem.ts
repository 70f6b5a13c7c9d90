import { z } from "zod";
import { ProviderError, type ProviderErrorKind, type ProviderResponse } from "../../connections/port.ts";
import { retryAfterMs } from "../../connections/retry-after.ts";
import { kindOfStatus } from "../provider-answers.ts";

const answer = z.object({
  error: z.object({
    status: z.string().optional(),
    errors: z.array(z.object({ reason: z.string().optional() })).optional(),
    details: z.array(z.object({ reason: z.string().optional() })).optional(),
  }),
});

/** Google says with 403 what others say with 429 and more: its reasons decide. */
const kinds: Record<string, ProviderErrorKind> = {
  rateLimitExceeded: "rate",
  userRateLimitExceeded: "rate",
  quotaExceeded: "rate",
  dailyLimitExceeded: "rate",
  calendarUsageLimitsExceeded: "rate",
  insufficientPermissions: "scope",
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: "scope",
  domainPolicy: "approval",
  admin_policy_enforced: "approval",
};

export function googleProblem(response: ProviderResponse): ProviderError {
  const reasons = reasonsIn(response.text);
  const [first = `status_${response.status}`] = reasons;
  const named = response.status === 403 ? reasons.find((reason) => reason in kinds) : undefined;
  const kind = (named === undefined ? undefined : kinds[named]) ?? kindOfStatus(response.status);
  return new ProviderError(kind, named ?? first, retryAfterMs(response.headers, Number.NaN));
}

function reasonsIn(text: string): string[] {
  try {
    const { error } = answer.parse(JSON.parse(text));
    const all = [...(error.errors ?? []), ...(error.details ?? [])].flatMap(({ reason }) => reason ?? []);
    // A word, never a sentence: it may be logged.
    return [...all, ...(error.status === undefined ? [] : [error.status])].filter((reason) =>
      /^[A-Za-z_.]{1,60}$/.test(reason),
    );
  } catch {
    return []; // A proxy's page: the status is all there is.
  }
}

/** Statuses by which a provider says "later". */
export function lateness(status: number): boolean {
  return status === 429 || status === 503;
}

const longestMs = 86_400_000;

/**
 * How long a provider wants us to wait: seconds, or an instant, which is reckoned from the answer's own `Date`, because its clock
 * need not be ours. Undefined: it did not say.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const wish = headers.get("retry-after")?.trim();
  if (wish === undefined || wish === "") return undefined;
  const ms = /^\d+$/.test(wish)
    ? Number(wish) * 1_000
    : Date.parse(wish) - (Date.parse(headers.get("date") ?? "") || now);
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestMs) : undefined;
}

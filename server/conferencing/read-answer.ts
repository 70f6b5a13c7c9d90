import { ProviderError, type ProviderResponse } from "../connections/port.ts";

// What both services' answers have in common.

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** An answer that says yes and is not what was promised: as if there were none. */
export function garbled(): ProviderError {
  return new ProviderError("transient", "bad_answer");
}

const longestPauseMs = 86_400_000;

/** Seconds or an instant, which is reckoned from the answer's own clock; undefined: it does not say. */
export function pauseOf({ headers }: ProviderResponse): number | undefined {
  const wish = headers.get("retry-after")?.trim() ?? "";
  if (/^\d+$/.test(wish)) return Math.min(Number(wish) * 1_000, longestPauseMs);
  const [until, now] = [Date.parse(wish), Date.parse(headers.get("date") ?? "")];
  return Number.isNaN(until) || Number.isNaN(now)
    ? undefined
    : Math.min(Math.max(until - now, 0), longestPauseMs);
}

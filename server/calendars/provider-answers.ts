import type { z } from "zod";
import { ProviderError, type ProviderErrorKind, type ProviderResponse } from "../connections/port.ts";

// What answers of all calendar providers have in common.

/** What a status means when the provider's own word does not say more. */
export function kindOfStatus(status: number): ProviderErrorKind {
  if (status === 401) return "auth";
  if (status === 404 || status === 410) return "gone";
  if (status === 409 || status === 412) return "conflict";
  if (status === 429) return "rate";
  if (status === 403) return "refused";
  if (status === 408 || status === 425 || status >= 500) return "transient";
  return "invalid";
}

export function isGood({ status }: ProviderResponse): boolean {
  return status >= 200 && status < 300;
}

/** An answer that is not whole, or not what the provider promises, is none: later it may be. */
export function parseAnswer<T>(schema: z.ZodType<T>, { text }: ProviderResponse): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProviderError("transient", "answer_cut_off");
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new ProviderError("transient", "answer_not_understood");
  return parsed.data;
}

import { z } from "zod";
import {
  type ProviderAccount,
  ProviderError,
  type ProviderRequest,
  type ProviderResponse,
} from "../../connections/port.ts";
import { isGood, parseAnswer } from "../provider-answers.ts";
import { isForgotten, microsoftProblem } from "./microsoft-problem.ts";

// How Graph answers: in pages, each of which names the next by its whole address.

export const me = "/v1.0/me";
/** Times in UTC, and names that stay when a thing moves. */
export const immutable = 'outlook.timezone="UTC", IdType="ImmutableId"';

/** 100,000 events in the window: no person's calendar. */
const mostPages = 200;

const forgotten = "place_forgotten";

/** Whether what was thrown says that our place in the changes is not known any more. */
export function isForgottenPlace(error: unknown): boolean {
  return error instanceof ProviderError && error.code === forgotten;
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    value: z.array(item),
    "@odata.nextLink": z.string().optional(),
    "@odata.deltaLink": z.string().optional(),
  });
}

/** All pages of a reading, one after the other; throws where one fails, and where the place in the changes is forgotten. */
export async function* pagesOf<Page extends { "@odata.nextLink"?: string | undefined }>(
  account: ProviderAccount,
  first: string,
  request: Omit<ProviderRequest, "path">,
  schema: z.ZodType<Page>,
): AsyncGenerator<Page> {
  let path = first;
  for (let count = 0; count < mostPages; count++) {
    const response = await account.send({ ...request, path });
    if (isForgotten(response)) throw new ProviderError("gone", forgotten);
    const page = parseAnswer(schema, good(response));
    yield page;
    const next = page["@odata.nextLink"];
    if (next === undefined) return;
    if (!isOfAccount(account, next)) throw new ProviderError("refused", "other_origin");
    path = next;
  }
  throw new ProviderError("refused", "too_many_events");
}

export function good(response: ProviderResponse): ProviderResponse {
  if (!isGood(response)) throw microsoftProblem(response);
  return response;
}

export function calendarPath(ref: string): string {
  return `${me}/calendars/${encodeURIComponent(ref)}`;
}

/** Our access goes to Graph and to nobody else, whatever an answer names. */
export function isOfAccount({ baseUrl }: ProviderAccount, link: string): boolean {
  return URL.canParse(link) && new URL(link).origin === new URL(baseUrl).origin;
}

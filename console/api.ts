import type { ConsoleRoute, ConsoleRouteAnswers } from "../shared/protocol/console-routes.ts";
import { type Answer, type ErrorCode, errorStatus, type Refusal } from "../shared/protocol/errors.ts";
import type { ApiCall } from "./ports.ts";

const GIVE_UP_MS = 15_000;

/**
 * Typed HTTP. An answer is the JSON body of a 2xx; anything else is a refusal with the code of its body.
 * `onSignedOut` hears of a session that ended between two questions.
 */
export function createApi(fetchIt: typeof fetch, onSignedOut: () => void): ApiCall {
  return async (route, input, id) => {
    const [method = "GET", pattern = ""] = route.split(" ");
    let path = pattern.replace(/:\w+/, encodeURIComponent(id ?? ""));
    const init: RequestInit = {
      method,
      credentials: "same-origin",
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(GIVE_UP_MS),
    };
    if (method === "GET") {
      const query = new URLSearchParams(
        Object.entries(input).map(([key, value]): [string, string] => [key, String(value)]),
      );
      if (query.size > 0) path += `?${query}`;
    } else {
      init.headers = { ...init.headers, "content-type": "application/json" };
      init.body = JSON.stringify(input);
    }
    try {
      const response = await fetchIt(path, init);
      const body: unknown = await response.json().catch(() => null);
      if (response.ok) {
        // The server answers by the same contract.
        return { ...(body as ConsoleRouteAnswers[ConsoleRoute]), ok: true } as never;
      }
      const refusal = refusalOf(response.status, body);
      if (refusal.code === "unauthenticated" && !route.endsWith("/api/session")) onSignedOut();
      return refusal;
    } catch {
      // No network, or no answer in time: the caller may try again.
      return { ok: false, code: "unavailable" };
    }
  };
}

/** The answer of a route that does not speak JSON on its way in. */
export async function answerOf<T>(response: Response): Promise<Answer<T>> {
  const body: unknown = await response.json().catch(() => null);
  // The server answers by the same contract.
  if (response.ok) return { ...(body as T), ok: true };
  return refusalOf(response.status, body);
}

function refusalOf(status: number, body: unknown): Refusal {
  const known = body as Partial<Refusal> | null;
  if (typeof known?.code === "string" && Object.hasOwn(errorStatus, known.code)) {
    return { ...known, ok: false, code: known.code };
  }
  const codes = Object.keys(errorStatus) as ErrorCode[];
  return { ok: false, code: codes.find((code) => errorStatus[code] === status) ?? "internal" };
}

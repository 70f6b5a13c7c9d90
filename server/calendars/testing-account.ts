import type { ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId } from "../../shared/model/ids.ts";
import {
  type ProviderAccount,
  ProviderError,
  type ProviderRequest,
  type ProviderResponse,
} from "../connections/port.ts";

// For tests: an account whose credential is always the same, and one whose answers go wrong as a test wishes.

export type TestAccount = {
  provider: ProviderName;
  accountName: string;
  baseUrl: string;
  authorization: string;
};

/** Sends to `baseUrl` with a fixed credential; what the port says of 401 and of silence holds. */
export function createTestAccount({
  provider,
  accountName,
  baseUrl,
  authorization,
}: TestAccount): ProviderAccount {
  return {
    connectionId: "00000000-0000-4000-8000-00000000c0de" as ConnectionId, // No row is behind it.
    provider,
    accountName,
    baseUrl,
    async send({ method = "GET", path, headers = {}, json, body, signal }) {
      const url = path.startsWith("/") ? baseUrl + path : path;
      if (new URL(url).origin !== new URL(baseUrl).origin) throw new Error("Sent past the account's origin.");
      const response = await fetch(url, {
        method,
        redirect: "manual",
        headers: {
          authorization,
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        body: json === undefined ? (body ?? null) : JSON.stringify(json),
        signal: signal ?? null,
      }).catch(() => {
        throw new ProviderError("transient", "no_answer");
      });
      if (response.status === 401) throw new ProviderError("auth", "unauthorized");
      const text = await response.text().catch(() => {
        throw new ProviderError("transient", "no_answer");
      });
      return { status: response.status, headers: response.headers, text };
    },
  };
}

export type TestAnswer = { status: number; headers?: Record<string, string>; text?: string };

export type FaultyAccount = ProviderAccount & {
  /** Everything that was asked, in order. */
  readonly asked: readonly ProviderRequest[];
  /** After `skipping` requests that go through, one is answered so and never sent. */
  answerNext(answer: TestAnswer, skipping?: number): void;
  /** The next request of this method is carried out, and its answer lost on the way. */
  loseAnswerTo(method: string): void;
};

export function createFaultyAccount(account: ProviderAccount): FaultyAccount {
  const asked: ProviderRequest[] = [];
  let planned: { answer: TestAnswer; skipping: number } | undefined;
  let lostMethod: string | undefined;
  return {
    connectionId: account.connectionId,
    provider: account.provider,
    accountName: account.accountName,
    baseUrl: account.baseUrl,
    asked,
    answerNext: (answer, skipping = 0) => {
      planned = { answer, skipping };
    },
    loseAnswerTo: (method) => {
      lostMethod = method;
    },
    async send(request): Promise<ProviderResponse> {
      asked.push(request);
      if (planned && planned.skipping-- === 0) {
        const { status, headers, text = "" } = planned.answer;
        planned = undefined;
        return { status, headers: new Headers(headers), text };
      }
      const response = await account.send(request);
      if ((request.method ?? "GET") !== lostMethod) return response;
      lostMethod = undefined;
      throw new ProviderError("transient", "no_answer");
    },
  };
}

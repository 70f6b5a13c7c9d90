import type { Subscription } from "@microsoft/microsoft-graph-types";
import type { SimulatedAnswer } from "../testing-simulator-server.ts";
import { refusal } from "./testing-store.ts";

// Graph's calls when a calendar changes. Before it makes a subscription, it asks the address whether it wants it.

export type Subscriptions = Map<string, Subscription>;

const jsonHeaders = { "content-type": "application/json" };

export async function subscribe(
  subscriptions: Subscriptions,
  json: unknown,
  endsAtMost = Number.POSITIVE_INFINITY,
): Promise<SimulatedAnswer> {
  const wish = json as Subscription; // The judge has seen it.
  for (const address of [wish.notificationUrl, wish.lifecycleNotificationUrl]) {
    if (address && !(await isWanted(address))) return refusal(400, "ValidationError");
  }
  const until = Math.min(Date.parse(wish.expirationDateTime ?? ""), endsAtMost);
  const id = `subscription-${subscriptions.size + 1}`;
  const made: Subscription = { ...wish, id, expirationDateTime: new Date(until).toISOString() };
  subscriptions.set(id, made);
  return { status: 201, json: made };
}

/** Tells all subscriptions of a calendar of a change; answers their statuses. */
export async function notify(subscriptions: Subscriptions, calendarId: string): Promise<number[]> {
  const told = [...subscriptions.values()].filter(
    ({ resource }) => resource === `me/calendars/${calendarId}/events`,
  );
  return Promise.all(
    told.map(async ({ id, notificationUrl = "", clientState, resource, expirationDateTime }) => {
      const change = {
        subscriptionId: id,
        subscriptionExpirationDateTime: expirationDateTime,
        changeType: "updated",
        resource,
        clientState,
        tenantId: "00000000-0000-0000-0000-000000000000",
      };
      const body = JSON.stringify({ value: [change] });
      return (await fetch(notificationUrl, { method: "POST", headers: jsonHeaders, body })).status;
    }),
  );
}

async function isWanted(address: string): Promise<boolean> {
  const token = "Validation: Testing client application & reachability";
  const url = new URL(address);
  url.searchParams.set("validationToken", token);
  try {
    const response = await fetch(url, { method: "POST" });
    const isPlain = response.headers.get("content-type")?.startsWith("text/plain") === true;
    return response.status === 200 && isPlain && (await response.text()) === token;
  } catch {
    return false; // Nobody is there.
  }
}

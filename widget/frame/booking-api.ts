import type { FrameHost } from "./host.ts";
import type { Asked } from "./link.ts";
import type { BookingApi } from "./models/booking.ts";

/** One question over HTTP; whatever goes wrong on the way counts as `unavailable`. */
export async function askHttp<T>(path: string, body?: object, authorization?: string): Promise<Asked<T>> {
  try {
    const response = await fetch(path, {
      method: body ? "POST" : "GET",
      headers: {
        ...(body && { "content-type": "application/json" }),
        ...(authorization && { authorization }),
      },
      ...(body && { body: JSON.stringify(body), keepalive: true }),
    });
    return await response.json();
  } catch {
    return { ok: false, code: "unavailable" };
  }
}

export function bookingApi(host: Pick<FrameHost, "credential">): BookingApi {
  const ask = async <T>(path: string, body?: object): Promise<Asked<T>> =>
    askHttp<T>(path, body, `Visitor ${await host.credential()}`);
  return {
    slots: (who) => ask(`/visitor/slots?host=${who}`),
    hold: (who, startAt, offer) => ask("/visitor/holds", { host: who, startAt, offer }),
    release: (holdId) => void ask("/visitor/holds/release", { holdId }),
    book: (booking) => ask("/visitor/meetings", booking),
  };
}

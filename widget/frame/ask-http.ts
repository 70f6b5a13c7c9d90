import type { Asked } from "./link.ts";

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

import { photoRoute } from "../shared/protocol/profile-routes.ts";
import { answerOf } from "./api.ts";
import type { PhotoUpload } from "./ports.ts";

/** A large file over a phone's link takes its time; the server waits no longer than this either. */
const GIVE_UP_MS = 60_000;

/** The file is the body, whole: the server cuts it, since it alone is trusted with what is in it. */
export function createPhotoUpload(fetchIt: typeof fetch): PhotoUpload {
  return async (file, { left, top, side }) => {
    const query = new URLSearchParams({ left: String(left), top: String(top), side: String(side) });
    try {
      const response = await fetchIt(`${photoRoute}?${query}`, {
        method: "POST",
        credentials: "same-origin",
        headers: { accept: "application/json", "content-type": file.type },
        body: file,
        signal: AbortSignal.timeout(GIVE_UP_MS),
      });
      return await answerOf(response);
    } catch {
      // No network, or no answer in time.
      return { ok: false, code: "unavailable" };
    }
  };
}

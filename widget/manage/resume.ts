import type { Beacon, BeaconAnswer } from "../../shared/protocol/beacon.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { VisitorRouteAnswers } from "../../shared/protocol/visitor-routes.ts";
import { askHttp } from "../frame/ask-http.ts";
import type { FrameApp, FrameHost } from "../frame/host.ts";
import { keep } from "../frame/kept.ts";
import type { Asked } from "../frame/link.ts";
import { manageText as text } from "../text.ts";

/** Why the conversation of a mailed link does not open. */
export type ResumeProblem = "gone" | "lost";

/** Opens the conversation of a mailed link with the chat app as a whole page; null when it runs. */
export async function resumeConversation(token: string, entry: string): Promise<ResumeProblem | null> {
  const resumed = await askHttp<VisitorRouteAnswers["POST /visitor/resume"]>("/visitor/resume", { token });
  if (!resumed.ok) return resumed.code === "unavailable" || resumed.code === "internal" ? "lost" : "gone";
  const { credential, siteKey, look } = resumed;
  const told = (event: Beacon["event"]): Beacon => ({
    site: siteKey,
    credential,
    event,
    // Without the token: reps see this address.
    url: `${location.origin}/chat/`,
    title: text.conversation,
    referrer: "",
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || null,
    language: navigator.language || null,
    screenWidth: screen.width,
  });
  const hello: Asked<BeaconAnswer> = await askHttp("/visitor/beacon", told("hello"));
  if (!hello.ok) return "lost";
  const beat = setInterval(() => void askHttp("/visitor/beacon", told("beat")), limits.beatSeconds * 1_000);
  addEventListener("pagehide", () => {
    clearInterval(beat);
    navigator.sendBeacon(
      "/visitor/beacon",
      new Blob([JSON.stringify(told("leave"))], { type: "application/json" }),
    );
  });

  const host: FrameHost = {
    siteKey,
    look,
    isWholePage: true,
    kept: keep(`mailed:${siteKey}`),
    // A link's credential cannot be replaced: the page says that it is over when it is refused.
    credential: async () => credential,
    post: () => undefined,
    listen: (listener) => listener({ foyer: 1, type: "open", view: "chat" }),
    tease: () => undefined,
  };
  document.title = look.companyName;
  try {
    const app: FrameApp = await import(entry);
    app.start(host);
    return null;
  } catch {
    return "lost";
  }
}

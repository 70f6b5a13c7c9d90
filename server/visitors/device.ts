import Bowser from "bowser";
import type { Device } from "../../shared/model/people.ts";

/** What a user agent says of itself; "Unknown" where it says nothing. */
export function deviceOf(userAgent: string): Device {
  if (userAgent === "") return { kind: "desktop", browser: "Unknown", os: "Unknown" };
  const parsed = Bowser.parse(userAgent.slice(0, 400));
  const kind =
    parsed.platform.type === "mobile" ? "phone" : parsed.platform.type === "tablet" ? "tablet" : "desktop";
  return { kind, browser: parsed.browser.name ?? "Unknown", os: parsed.os.name ?? "Unknown" };
}

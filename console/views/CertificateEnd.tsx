import type { Instant } from "../../shared/model/ids.ts";
import { DAY } from "../../shared/time/local-day.ts";
import { ssoText } from "../text/sso.ts";
import { dayOfYear } from "../time-text.ts";

const words = ssoText.guide.theirs;
const soon = 30 * DAY;

/** Until when a provider's certificates are good: a warning for a month before, an error after. */
export function CertificateEnd({ at, now }: { at: Instant; now: Instant }) {
  const day = dayOfYear(at);
  if (at <= now) return <span class="field-hint sso-expired">{words.expired(day)}</span>;
  if (at - now < soon) return <span class="field-hint sso-expires">{words.expiresSoon(day)}</span>;
  return <span class="field-hint">{words.expires(day)}</span>;
}

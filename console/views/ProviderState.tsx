import type { ProviderView } from "../../shared/protocol/sso-routes.ts";
import { ssoText } from "../text/sso.ts";

/** How far a provider is: a draft, verified, or on. */
export function ProviderState({ provider }: { provider: ProviderView }) {
  if (provider.isOn) return <span class="tag tag-now">{ssoText.states.on}</span>;
  if (provider.verifiedAt !== null) return <span class="tag">{ssoText.states.verified}</span>;
  return <span class="tag tag-waiting">{ssoText.states.draft}</span>;
}

import type { ProviderAppView } from "../../shared/protocol/connection-routes.ts";
import { integrationsText } from "../text/integrations.ts";

const words = integrationsText.apps.states;

/** How far a registration is, as a tag. */
export function AppState({ app }: { app: ProviderAppView }) {
  if (app.clientId === null) return <span class="tag">{words.none}</span>;
  if (app.isVerified) return <span class="tag tag-now">{words.verified}</span>;
  return <span class="tag tag-waiting">{words.saved}</span>;
}

import { useEffect } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import { integrationsText } from "../text/integrations.ts";
import { Problem } from "../ui/Problem.tsx";
import { ProviderMark } from "../ui/ProviderMark.tsx";
import { AppState } from "./AppState.tsx";
import { ConnectNotice } from "./ConnectNotice.tsx";
import { DoctorCard } from "./DoctorCard.tsx";
import { IntegrationGuide } from "./IntegrationGuide.tsx";
import { RevokeAllCard } from "./RevokeAllCard.tsx";

const words = integrationsText.apps;

/** The workspace at its providers, and how everybody's accounts are. */
export function IntegrationsSection({ desk }: { desk: Desk }) {
  const { integrations } = desk;
  useEffect(() => void integrations.load(), [integrations]);
  const apps = integrations.apps.value;
  const open = integrations.open.value;
  if (open) return <IntegrationGuide key={open.provider} desk={desk} app={open} />;
  return (
    <div class="settings integrations">
      <ConnectNotice desk={desk} />
      <section class="card">
        <h2>{words.title}</h2>
        <p class="soft small">{words.lead}</p>
        {!apps && (
          <>
            <Problem
              code={integrations.refusal.value?.code ?? null}
              onRetry={() => void integrations.load()}
            />
            {!integrations.refusal.value && <div class="skeleton" aria-busy="true" />}
          </>
        )}
        {apps && (
          <ul class="sso-list">
            {apps.map((app) => {
              const { title, use } = integrationsText.providers[app.provider];
              return (
                <li key={app.provider}>
                  <button type="button" class="sso-line" onClick={() => integrations.show(app.provider)}>
                    <ProviderMark of={app.provider} size={34} />
                    <span class="sso-line-words">
                      <span class="strong">{title}</span>
                      <span class="soft small">{use}</span>
                    </span>
                    <AppState app={app} />
                  </button>
                </li>
              );
            })}
          </ul>
        )}
      </section>
      <DoctorCard desk={desk} />
      <RevokeAllCard desk={desk} />
    </div>
  );
}

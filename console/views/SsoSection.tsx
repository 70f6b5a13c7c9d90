import { useEffect, useId, useState } from "preact/hooks";
import type { ProviderKind } from "../../shared/protocol/sso-routes.ts";
import type { Desk } from "../models/desk.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { ProviderState } from "./ProviderState.tsx";
import { SsoDomains } from "./SsoDomains.tsx";
import { SsoGuide } from "./SsoGuide.tsx";
import { SsoOnlyCard } from "./SsoOnlyCard.tsx";

const words = ssoText.providers;

/** How people of this workspace come in: providers, domains, and whether passwords count. */
export function SsoSection({ desk }: { desk: Desk }) {
  const { sso } = desk;
  const [isAdding, setAdding] = useState(false);
  useEffect(() => void sso.load(), [sso]);
  const settings = sso.settings.value;
  const open = sso.open.value;
  if (!settings) {
    return (
      <div class="settings">
        <Problem code={sso.refusal.value?.code ?? null} onRetry={() => void sso.load()} />
        <div class="skeleton" aria-busy="true" />
      </div>
    );
  }
  if (open) return <SsoGuide key={open.id} desk={desk} settings={settings} provider={open} />;
  return (
    <div class="settings">
      <section class="card">
        <div class="settings-head">
          <h2>{words.title}</h2>
          <Button size="small" icon="plus" onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        </div>
        <p class="soft small">{words.lead}</p>
        {settings.providers.length === 0 ? (
          <p class="sso-none">{words.none}</p>
        ) : (
          <ul class="sso-list">
            {settings.providers.map((provider) => (
              <li key={provider.id}>
                <button type="button" class="sso-line" onClick={() => sso.show(provider.id)}>
                  <span class="sso-line-words">
                    <span class="strong cut">{provider.name}</span>
                    <span class="soft small">
                      {ssoText.kinds[provider.kind]}
                      {provider.people > 0 && `, ${words.people(provider.people)}`}
                    </span>
                  </span>
                  <ProviderState provider={provider} />
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <SsoDomains desk={desk} domains={settings.domains} isSsoOnly={settings.isSsoOnly} />
      <SsoOnlyCard key={String(settings.isSsoOnly)} desk={desk} settings={settings} />
      {isAdding && <AddProvider desk={desk} onClose={() => setAdding(false)} />}
    </div>
  );
}

function AddProvider({ desk, onClose }: { desk: Desk; onClose: () => void }) {
  const { sso } = desk;
  const [kind, setKind] = useState<ProviderKind>("oidc");
  const [name, setName] = useState("");
  const formId = useId();
  const submit = async () => {
    if (name.trim() !== "" && (await sso.add(kind, name.trim()))) onClose();
  };
  return (
    <Dialog
      title={words.addTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button
            look="primary"
            type="submit"
            form={formId}
            isBusy={sso.isBusy.value}
            isDisabled={name.trim() === ""}
          >
            {words.create}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="field">
          <span>{words.kind}</span>
          <Segmented
            label={words.kind}
            value={kind}
            segments={[
              { value: "oidc", label: ssoText.kinds.oidc },
              { value: "saml", label: ssoText.kinds.saml },
            ]}
            onChange={setKind}
          />
        </div>
        <label class="field">
          <span>{words.name}</span>
          <input
            value={name}
            maxLength={60}
            placeholder={words.namePlaceholder}
            autoFocus
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <span class="field-hint">{words.nameHint}</span>
        </label>
        <Problem code={sso.refusal.value?.code ?? null} />
      </form>
    </Dialog>
  );
}

import { useState } from "preact/hooks";
import type { ProviderView } from "../../shared/protocol/sso-routes.ts";
import type { Desk } from "../models/desk.ts";
import type { ProviderDraft } from "../models/sso.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { CertificateEnd } from "./CertificateEnd.tsx";
import { SsoMetadata } from "./SsoMetadata.tsx";

const words = ssoText.guide.theirs;

/** A provider as it is saved. */
export function draftOf(provider: ProviderView): ProviderDraft {
  const { saml } = provider;
  return {
    name: provider.name,
    oidc: provider.oidc,
    saml: saml && { entityId: saml.entityId, signInUrl: saml.signInUrl, certificates: saml.certificates },
    defaultRole: provider.defaultRole,
    defaultTeamId: provider.defaultTeamId,
    allowsIdpInitiated: provider.allowsIdpInitiated,
  };
}

/** What the provider says about itself. */
export function SsoProviderForm({ desk, provider }: { desk: Desk; provider: ProviderView }) {
  const { sso, notices } = desk;
  const [draft, setDraft] = useState(draftOf(provider));
  const [secret, setSecret] = useState("");
  const [certificates, setCertificates] = useState(draft.saml?.certificates.join("\n") ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const { oidc, saml } = draft;
  const edit = (change: Partial<ProviderDraft>) => setDraft({ ...draft, ...change });
  const save = async () => {
    setProblem(null);
    const whole: ProviderDraft = {
      ...draftOf(provider),
      name: draft.name,
      oidc,
      saml: saml && { ...saml, certificates: splitCertificates(certificates) },
      ...(secret === "" ? {} : { secret }),
    };
    const { verifiedAt, lastRun } = provider;
    const after = await sso.save(provider.id, whole);
    if (after) {
      setSecret("");
      setCertificates(after.saml?.certificates.join("\n") ?? "");
      const isUntried = after.isOn && lastRun !== null && after.lastRun === null;
      if (isUntried) notices.say(words.tryNow);
      else notices.say(verifiedAt !== null && after.verifiedAt === null ? words.again : words.saved);
      return;
    }
    const refusal = sso.refusal.value;
    if (refusal === null || refusal.code === "proof_needed") return;
    const field = (refusal.field ?? "").replace(/^(saml\.certificates).*/, "$1");
    setProblem(
      words.fields[field] ??
        (refusal.code === "taken" ? ssoText.guide.neededToChange : text.errors[refusal.code]),
    );
    sso.forget();
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p class="soft small">{provider.kind === "oidc" ? words.oidc : words.saml}</p>
      {saml && (
        <SsoMetadata
          desk={desk}
          onRead={(read) => {
            edit({ saml: read });
            setCertificates(read.certificates.join("\n"));
          }}
        />
      )}
      <label class="field">
        <span>{ssoText.providers.name}</span>
        <input
          value={draft.name}
          maxLength={60}
          onInput={(event) => edit({ name: event.currentTarget.value })}
        />
        <span class="field-hint">{ssoText.providers.nameHint}</span>
      </label>
      {oidc && (
        <>
          <label class="field">
            <span>{words.issuer}</span>
            <input
              type="url"
              value={oidc.issuer}
              spellcheck={false}
              onInput={(event) => edit({ oidc: { ...oidc, issuer: event.currentTarget.value } })}
            />
            <span class="field-hint">{isEntra(oidc.issuer) ? words.entraHint : words.issuerHint}</span>
          </label>
          <label class="field">
            <span>{words.clientId}</span>
            <input
              value={oidc.clientId}
              spellcheck={false}
              autocomplete="off"
              onInput={(event) => edit({ oidc: { ...oidc, clientId: event.currentTarget.value } })}
            />
          </label>
          <label class="field">
            <span>{words.secret}</span>
            <input
              type="password"
              value={secret}
              autocomplete="off"
              placeholder={provider.hasSecret ? "••••••••••••" : ""}
              onInput={(event) => setSecret(event.currentTarget.value)}
            />
            <span class="field-hint">{provider.hasSecret ? words.secretKept : words.secretHint}</span>
          </label>
        </>
      )}
      {saml && (
        <>
          <label class="field">
            <span>{words.entityId}</span>
            <input
              value={saml.entityId}
              spellcheck={false}
              onInput={(event) => edit({ saml: { ...saml, entityId: event.currentTarget.value } })}
            />
          </label>
          <label class="field">
            <span>{words.signInUrl}</span>
            <input
              type="url"
              value={saml.signInUrl}
              spellcheck={false}
              onInput={(event) => edit({ saml: { ...saml, signInUrl: event.currentTarget.value } })}
            />
          </label>
          <label class="field">
            <span>{words.certificate}</span>
            <textarea
              class="sso-code"
              rows={5}
              spellcheck={false}
              value={certificates}
              onInput={(event) => setCertificates(event.currentTarget.value)}
            />
            {provider.saml?.expiresAt ? (
              <CertificateEnd at={provider.saml.expiresAt} now={desk.ticker.now.value} />
            ) : (
              <span class="field-hint">{words.certificateHint}</span>
            )}
          </label>
        </>
      )}
      <p class="field-problem" role="alert">
        {problem}
      </p>
      <div class="form-actions">
        <Button look={provider.isComplete ? "plain" : "primary"} type="submit" isBusy={sso.isBusy.value}>
          {words.save}
        </Button>
      </div>
    </form>
  );
}

function isEntra(issuer: string): boolean {
  return /^https:\/\/login\.microsoftonline\.com\//i.test(issuer.trim());
}

/** One after the other, each with its first and last line; or one without them. */
function splitCertificates(typed: string): string[] {
  const whole = typed.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  return whole ? [...whole] : [typed.trim()];
}

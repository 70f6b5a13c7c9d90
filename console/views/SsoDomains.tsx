import { useState } from "preact/hooks";
import type { DomainView } from "../../shared/protocol/sso-routes.ts";
import type { Desk } from "../models/desk.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";

const words = ssoText.domains;

type SsoDomainsProps = { desk: Desk; domains: readonly DomainView[]; isSsoOnly: boolean };

/** Domains and how to prove them. */
export function SsoDomains({ desk, domains, isSsoOnly }: SsoDomainsProps) {
  const { sso } = desk;
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [removing, setRemoving] = useState<DomainView | null>(null);
  const add = async () => {
    if (typed.trim() === "") return;
    setProblem(null);
    if (await sso.addDomain(typed)) return setTyped("");
    const code = sso.refusal.value?.code;
    sso.forget();
    if (code === "invalid_input") setProblem(words.refused);
    else if (code === "taken") setProblem(words.taken);
    else if (code && code !== "proof_needed") setProblem(text.errors[code]);
  };
  const isLast = (domain: DomainView) =>
    isSsoOnly && domain.provenAt !== null && domains.filter(({ provenAt }) => provenAt !== null).length === 1;
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <p class="soft small">{words.lead}</p>
      <ul class="sso-list">
        {domains.map((domain) => (
          <li key={domain.id} class="sso-domain">
            <div class="sso-domain-head">
              <span class="strong cut">{domain.domain}</span>
              {domain.provenAt === null ? (
                <span class="tag tag-waiting">{words.open}</span>
              ) : (
                <span class="tag tag-now">{words.proven}</span>
              )}
              <Button
                look="quiet"
                size="small"
                icon="trash"
                class="push"
                label={words.remove(domain.domain)}
                onClick={() => setRemoving(domain)}
              />
            </div>
            {domain.provenAt === null && <HowToProve desk={desk} domain={domain} />}
          </li>
        ))}
      </ul>
      <form
        class="sso-add"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <label class="field">
          <span class="fy-hidden">{words.field}</span>
          <input
            value={typed}
            placeholder={words.placeholder}
            autocapitalize="none"
            spellcheck={false}
            aria-invalid={problem !== null}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <Button type="submit" isBusy={sso.isBusy.value} isDisabled={typed.trim() === ""}>
          {words.add}
        </Button>
      </form>
      <p class="field-problem" role="alert">
        {problem}
      </p>
      {removing && (
        <Dialog
          title={words.removeTitle}
          onClose={() => setRemoving(null)}
          actions={
            <>
              <Button look="quiet" autoFocus onClick={() => setRemoving(null)}>
                {text.common.cancel}
              </Button>
              <Button
                look="danger"
                isDisabled={isLast(removing)}
                onClick={() => {
                  void sso.removeDomain(removing.id);
                  setRemoving(null);
                }}
              >
                {text.common.delete}
              </Button>
            </>
          }
        >
          <p>{isLast(removing) ? words.needed : words.removeWords(removing.domain)}</p>
        </Dialog>
      )}
    </section>
  );
}

function HowToProve({ desk: { sso }, domain }: { desk: Desk; domain: DomainView }) {
  const problem = sso.domainProblems.value.get(domain.id);
  return (
    <div class="sso-how">
      <p class="small">{words.how}</p>
      <h3>{words.dns}</h3>
      <CopyField label={words.dnsName} value={domain.dnsName} />
      <CopyField label={words.dnsValue} value={domain.text} />
      <h3>{words.file}</h3>
      <CopyField label={words.fileUrl} value={domain.fileUrl} />
      <CopyField label={words.fileText} value={domain.text} />
      <div class="form-actions">
        <Button isBusy={sso.isBusy.value} onClick={() => void sso.proveDomain(domain.id)}>
          {words.check}
        </Button>
      </div>
      <p class="field-problem" role="status">
        {problem && ssoText.domainProblems[problem]}
      </p>
    </div>
  );
}

import { useId, useState } from "preact/hooks";
import type { ProviderAppView } from "../../shared/protocol/connection-routes.ts";
import type { Desk } from "../models/desk.ts";
import { integrationsText } from "../text/integrations.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";

const words = integrationsText.guide;

/** Client id and secret as the provider gave them. The secret is never shown again. */
export function AppForm({ desk, app }: { desk: Desk; app: ProviderAppView }) {
  const { integrations, connections, setUp, notices } = desk;
  const [clientId, setClientId] = useState(app.clientId ?? "");
  const [secret, setSecret] = useState("");
  const [problem, setProblem] = useState<{ field: "clientId" | "clientSecret" | null; words: string } | null>(
    null,
  );
  const [isSaving, setSaving] = useState(false);
  const id = useId();
  const isSaved = app.clientId !== null;
  const isChanged = clientId.trim() !== (app.clientId ?? "") || secret !== "";
  const save = async () => {
    setProblem(null);
    if (clientId.trim() === "") return setProblem({ field: "clientId", words: words.clientIdMissing });
    if (!isSaved && secret.trim() === "")
      return setProblem({ field: "clientSecret", words: words.secretMissing });
    setSaving(true);
    const isDone = await integrations.save(app.provider, clientId.trim(), secret.trim() || null);
    setSaving(false);
    if (isDone) {
      setSecret("");
      void connections.load();
      void setUp.load();
      notices.say(words.saved(integrationsText.providers[app.provider].title));
      return;
    }
    const refusal = integrations.refusal.value;
    if (refusal === null || refusal.code === "proof_needed") return;
    const field = refusal.field === "clientId" || refusal.field === "clientSecret" ? refusal.field : null;
    setProblem({ field, words: text.errors[refusal.code] });
    integrations.forget();
  };
  const problemId = `${id}-problem`;
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label class="field">
        <span>{words.clientId}</span>
        <input
          value={clientId}
          maxLength={300}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="none"
          aria-invalid={problem?.field === "clientId"}
          aria-describedby={problem ? problemId : undefined}
          onInput={(event) => setClientId(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{words.clientSecret}</span>
        <input
          type="password"
          value={secret}
          maxLength={1_000}
          autocomplete="off"
          placeholder={isSaved ? "••••••••••••" : ""}
          aria-invalid={problem?.field === "clientSecret"}
          aria-describedby={problem ? problemId : undefined}
          onInput={(event) => setSecret(event.currentTarget.value)}
        />
        <span class="field-hint">{isSaved ? words.secretKept : words.secretHint}</span>
      </label>
      {isSaved && clientId.trim() !== app.clientId && <p class="sso-warn">{words.changed}</p>}
      <p class="field-problem" id={problemId} role="alert">
        {problem?.words}
      </p>
      <div class="form-actions">
        <Button
          look={isSaved ? "plain" : "primary"}
          type="submit"
          isBusy={isSaving}
          isDisabled={!isChanged && isSaved}
        >
          {words.save}
        </Button>
      </div>
    </form>
  );
}

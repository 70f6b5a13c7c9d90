import { useRef, useState } from "preact/hooks";
import type { SamlSettings } from "../../shared/protocol/sso-routes.ts";
import type { Desk } from "../models/desk.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";

const words = ssoText.guide.theirs;

type MetadataProps = { desk: Desk; onRead: (settings: SamlSettings) => void };

/** A provider's metadata, pasted or as a file, read into the fields below. */
export function SsoMetadata({ desk: { sso }, onRead }: MetadataProps) {
  const [xml, setXml] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isRead, setRead] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const read = async (from: string) => {
    setProblem(null);
    setRead(false);
    const settings = await sso.readMetadata(from);
    if (settings) {
      setXml("");
      setRead(true);
      onRead(settings);
      return;
    }
    const refusal = sso.refusal.value;
    sso.forget();
    if (refusal === null || refusal.code === "proof_needed") return;
    setProblem(words.readFailed[refusal.field ?? ""] ?? text.errors[refusal.code]);
  };
  return (
    <div class="field">
      <label class="field">
        <span>{words.metadata}</span>
        <textarea
          class="sso-code"
          rows={3}
          spellcheck={false}
          value={xml}
          placeholder="<EntityDescriptor …>"
          onInput={(event) => setXml(event.currentTarget.value)}
        />
      </label>
      <span class="field-hint">{words.metadataHint}</span>
      <div class="form-actions">
        <Button
          size="small"
          isBusy={sso.isBusy.value}
          isDisabled={xml.trim() === ""}
          onClick={() => void read(xml)}
        >
          {words.read}
        </Button>
        <Button size="small" look="quiet" onClick={() => file.current?.click()}>
          {words.file}
        </Button>
        <input
          ref={file}
          class="fy-hidden"
          type="file"
          tabIndex={-1}
          aria-hidden="true"
          accept=".xml,application/xml,text/xml"
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (chosen) void chosen.text().then(read);
          }}
        />
      </div>
      <p class="field-problem" role="alert">
        {problem}
      </p>
      <p class="field-hint" role="status">
        {isRead ? words.readDone : ""}
      </p>
    </div>
  );
}

import { useEffect, useState } from "preact/hooks";
import { ssoText } from "../text/sso.ts";
import { Button } from "./Button.tsx";

/** Something that is to be taken elsewhere exactly as it stands. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => {
    // Without a secure origin there is no clipboard; the text can still be selected.
    void navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div class="copy-field">
      <span class="copy-label">{label}</span>
      <div class="copy-row">
        <code class="copy-value">{value}</code>
        <Button
          size="small"
          look="quiet"
          icon={isCopied ? "check" : "copy"}
          label={isCopied ? ssoText.copied : ssoText.copy(label)}
          onClick={copy}
        />
        <span class="fy-hidden" role="status">
          {isCopied ? ssoText.copied : ""}
        </span>
      </div>
    </div>
  );
}

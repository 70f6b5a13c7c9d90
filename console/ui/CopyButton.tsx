import { useEffect, useState } from "preact/hooks";
import { Button } from "./Button.tsx";

type CopyButtonProps = { label: string; copied: string; value: string; look?: "primary" | "plain" };

/** Takes a text along that is to be sent to somebody. Without a clipboard the text itself is shown. */
export function CopyButton({ label, copied, value, look = "plain" }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "shown">("idle");
  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState("idle"), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      // Without a secure origin there is no clipboard.
      await navigator.clipboard.writeText(value);
      setState("copied");
    } catch {
      setState("shown");
    }
  };
  return (
    <>
      <Button
        size="small"
        look={look}
        icon={state === "copied" ? "check" : "copy"}
        onClick={() => void copy()}
      >
        {state === "copied" ? copied : label}
      </Button>
      {state === "shown" && <code class="copy-value">{value}</code>}
      <span class="fy-hidden" role="status">
        {state === "copied" ? copied : ""}
      </span>
    </>
  );
}

import { Fragment } from "preact";
import { useRef, useState } from "preact/hooks";
import type { SiteView } from "../../shared/protocol/workspace-routes.ts";
import { tagText } from "../text/workspace.ts";
import { Button } from "../ui/Button.tsx";

type TagSnippetProps = { site: Pick<SiteView, "publicKey" | "look">; scriptUrl: string };

/** The tag to be pasted, with its copy button. */
export function TagSnippet({ site, scriptUrl }: TagSnippetProps) {
  const code = useRef<HTMLElement>(null);
  const [copy, setCopy] = useState<"ready" | "copied" | "failed">("ready");
  const tag = tagOf(site, scriptUrl);
  const mark = () => {
    const range = document.createRange();
    if (code.current) range.selectNodeContents(code.current);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(range);
  };
  const copyIt = async () => {
    try {
      await navigator.clipboard.writeText(tag);
      setCopy("copied");
    } catch {
      // Refused, or a plain-HTTP page, where browsers have no clipboard.
      mark();
      setCopy("failed");
    }
  };
  return (
    <div class="snippet">
      <div class="snippet-head">
        <h3>{tagText.snippet}</h3>
        <Button size="small" icon={copy === "copied" ? "check" : "copy"} onClick={() => void copyIt()}>
          {copy === "copied" ? tagText.copied : tagText.copy}
        </Button>
      </div>
      <pre class="snippet-code">
        <code ref={code}>
          {tag.split(" ").map((part, index) => (
            <Fragment key={part}>
              {index > 0 && " "}
              <span>{part}</span>
            </Fragment>
          ))}
        </code>
      </pre>
      <p class="field-hint" role="status">
        {copy === "failed" ? tagText.copyFailed : tagText.snippetHelp}
      </p>
    </div>
  );
}

/** Keys are letters, digits, `-` and `_`, colours six digits: nothing to escape. */
function tagOf({ publicKey, look }: TagSnippetProps["site"], scriptUrl: string): string {
  const side = look.position === "left" ? ' data-position="left"' : "";
  return `<script async src="${scriptUrl}" data-site="${publicKey}" data-color="${look.color}"${side}></script>`;
}

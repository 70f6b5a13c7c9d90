import { useState } from "preact/hooks";
import { limits } from "../../shared/protocol/limits.ts";
import { readOrigin } from "../../shared/protocol/site-origin.ts";
import { originText, settingsText } from "../text/workspace.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { OriginField } from "../ui/OriginField.tsx";

const words = settingsText.sites;

type OriginListProps = { origins: readonly string[]; onChange: (origins: string[]) => void };

/** Addresses whose pages show the widget; at least one stays. */
export function OriginList({ origins, onChange }: OriginListProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [isChecked, setChecked] = useState(false);
  const read = readOrigin(typed ?? "");
  const isTwice = read.ok && origins.includes(read.origin);
  const add = () => {
    setChecked(true);
    if (!read.ok || isTwice) return;
    onChange([...origins, read.origin]);
    setTyped(null);
    setChecked(false);
  };
  return (
    <fieldset class="origins">
      <legend>{words.origins}</legend>
      <ul>
        {origins.map((origin) => (
          <li key={origin}>
            <span class="origin cut">{origin}</span>
            <Button
              look="quiet"
              size="small"
              icon="close"
              label={origins.length === 1 ? words.lastOrigin : words.removeOrigin(origin)}
              isDisabled={origins.length === 1}
              onClick={() => onChange(origins.filter((each) => each !== origin))}
            />
          </li>
        ))}
      </ul>
      {typed === null ? (
        <div class="origins-foot">
          <Button
            size="small"
            icon="plus"
            isDisabled={origins.length >= limits.siteOrigins}
            onClick={() => setTyped("")}
          >
            {words.addOrigin}
          </Button>
          <span class="field-hint">{words.originsHint}</span>
        </div>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: Enter adds the address instead of saving the whole form
        <div
          class="origins-add"
          onKeyDown={(event) => {
            if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
              event.preventDefault();
              add();
            }
            if (event.key === "Escape") setTyped(null);
          }}
        >
          <OriginField
            label={words.addOrigin}
            value={typed}
            isChecked={isChecked}
            problem={isChecked && isTwice ? originText.twice : null}
            isFirst
            onInput={setTyped}
          />
          <div class="form-actions">
            <Button size="small" onClick={add}>
              {words.addShort}
            </Button>
            <Button look="quiet" size="small" onClick={() => setTyped(null)}>
              {text.common.cancel}
            </Button>
          </div>
        </div>
      )}
    </fieldset>
  );
}

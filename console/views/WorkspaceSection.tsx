import { useEffect, useId, useRef, useState } from "preact/hooks";
import { limits } from "../../shared/protocol/limits.ts";
import type { Workspace } from "../../shared/protocol/workspace-routes.ts";
import type { Desk } from "../models/desk.ts";
import { smallPicture } from "../small-picture.ts";
import { settingsText } from "../text/workspace.ts";
import { Button } from "../ui/Button.tsx";
import { ColorField } from "../ui/ColorField.tsx";
import { Problem } from "../ui/Problem.tsx";
import { RetentionCard } from "./RetentionCard.tsx";

/** Name and look of the company, and how long its conversations are kept. */
export function WorkspaceSection({ desk }: { desk: Desk }) {
  const model = desk.workspace;
  useEffect(() => void model.load(), [model]);
  const workspace = model.workspace.value;
  if (!workspace) {
    return (
      <div class="settings" aria-busy={model.problem.value === null}>
        <Problem code={model.problem.value} onRetry={() => void model.load()} />
      </div>
    );
  }
  return (
    <div class="settings">
      <LookCard desk={desk} workspace={workspace} />
      <RetentionCard desk={desk} days={workspace.retentionDays} />
    </div>
  );
}

const words = settingsText.look;

function LookCard({ desk, workspace }: { desk: Desk; workspace: Workspace }) {
  const model = desk.workspace;
  const [draft, setDraft] = useState<{ name: string; color: string } | null>(null);
  const nameId = useId();
  const { name, color } = draft ?? workspace;
  const isNameMissing = name.trim() === "";
  const isDirty = draft !== null && (name.trim() !== workspace.name || color !== workspace.color);
  const edit = (change: Partial<{ name: string; color: string }>) => setDraft({ name, color, ...change });
  const save = async () => {
    if (!(await model.save(name.trim(), color))) return;
    setDraft(null);
    desk.notices.say(settingsText.saved);
  };
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <p class="soft small">{words.lead}</p>
      <form
        class="form settings-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isNameMissing) void save();
        }}
      >
        <div class="field">
          <label for={nameId}>{words.name}</label>
          <input
            id={nameId}
            value={name}
            maxLength={limits.nameChars}
            autocomplete="organization"
            aria-invalid={isNameMissing || undefined}
            aria-describedby={`${nameId}-problem`}
            onInput={(event) => edit({ name: event.currentTarget.value })}
          />
          <p class="field-problem" id={`${nameId}-problem`} role="alert">
            {isNameMissing && words.nameMissing}
          </p>
        </div>
        <LogoField desk={desk} workspace={workspace} />
        <ColorField
          label={settingsText.color}
          ownLabel={settingsText.colorOwn}
          hint={settingsText.colorHint}
          value={color}
          onChange={(value) => edit({ color: value })}
        />
        <Problem code={model.problem.value} />
        <div class="form-actions">
          <Button
            look="primary"
            type="submit"
            isBusy={model.isSaving.value}
            isDisabled={!isDirty || isNameMissing}
          >
            {words.save}
          </Button>
          {isDirty && (
            <Button look="quiet" onClick={() => setDraft(null)}>
              {settingsText.undo}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}

function LogoField({ desk, workspace }: { desk: Desk; workspace: Workspace }) {
  const model = desk.workspace;
  const file = useRef<HTMLInputElement>(null);
  const [isBad, setBad] = useState(false);
  const labelId = useId();
  const choose = async (picked: File | undefined) => {
    if (!picked) return;
    const image = await smallPicture(picked);
    setBad(image === null);
    if (image !== null && (await model.setLogo(image))) desk.notices.say(settingsText.saved);
  };
  const { logoUrl } = workspace;
  return (
    <div class="field">
      <span id={labelId}>{words.logo}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend of its own look */}
      <div class="logo-field" role="group" aria-labelledby={labelId}>
        <span class="logo-show">
          {logoUrl ? (
            <img src={logoUrl} alt={workspace.name} />
          ) : (
            <span class="logo-dot" style={{ background: workspace.color }} aria-hidden="true" />
          )}
        </span>
        <input
          ref={file}
          type="file"
          accept="image/png,image/jpeg"
          hidden
          aria-label={words.logoAdd}
          onChange={(event) => {
            const input = event.currentTarget;
            void choose(input.files?.[0]).finally(() => {
              input.value = ""; // The same file may be chosen again.
            });
          }}
        />
        <Button size="small" isBusy={model.isSaving.value} onClick={() => file.current?.click()}>
          {logoUrl ? words.logoChange : words.logoAdd}
        </Button>
        {logoUrl && (
          <Button look="quiet" size="small" onClick={() => void model.setLogo(null)}>
            {words.logoRemove}
          </Button>
        )}
      </div>
      <p class="field-problem" role="alert">
        {isBad && words.logoBad}
      </p>
      <p class="field-hint">{words.logoHint}</p>
    </div>
  );
}

import { useEffect } from "preact/hooks";
import { limits } from "../../shared/protocol/limits.ts";
import type { Desk } from "../models/desk.ts";
import type { Me, ProfileDraft } from "../models/me.ts";
import { profileText as text } from "../text/profile.ts";
import { Button } from "../ui/Button.tsx";
import { Problem } from "../ui/Problem.tsx";
import { LeaveDialog } from "./LeaveDialog.tsx";
import { PhotoCard } from "./PhotoCard.tsx";
import { PlaceCard } from "./PlaceCard.tsx";
import { VisitorPreview } from "./VisitorPreview.tsx";

const formId = "profile-form";

/** Says whether the profile is saved, and saves it. */
export function ProfileActions({ me }: { me: Me }) {
  const isDirty = me.isDirty.value;
  const isConfirmed = me.isConfirmed.value;
  return (
    <div class="save-bar" role="status">
      {me.draft.value && !me.isValid.value && <span class="small save-problem">{text.nameMissing}</span>}
      {isDirty ? (
        <>
          {me.isValid.value && <span class="small">{text.unsaved}</span>}
          <Button look="quiet" onClick={() => me.undo()}>
            {text.undo}
          </Button>
        </>
      ) : (
        me.isSaved.value && <span class="small soft">{text.saved}</span>
      )}
      <Button
        look="primary"
        isBusy={me.isSaving.value}
        isDisabled={!me.isValid.value || (!isDirty && isConfirmed)}
        onClick={() => document.querySelector<HTMLFormElement>(`#${formId}`)?.requestSubmit()}
      >
        {isConfirmed ? text.save : text.confirm}
      </Button>
    </div>
  );
}

/** The form, beside what it makes visitors see. */
export function ProfileSection({ desk }: { desk: Desk }) {
  const { me, places, setUp } = desk;
  useEffect(() => void me.load(), [me]);
  useEffect(() => places.guardWith(() => me.isDirty.peek()), [me, places]);
  const isDirty = me.isDirty.value;
  // The browser asks for reloads and closed tabs; the places model for moves inside the console.
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isDirty]);
  const draft = me.draft.value;
  const save = async () => {
    if (await me.save()) void setUp.load();
    else document.querySelector<HTMLElement>(`#${formId} [aria-invalid="true"]`)?.focus();
  };
  return (
    <div class="profile">
      <Problem code={me.problem.value} onRetry={draft ? () => void save() : () => void me.load()} />
      {!draft && !me.problem.value && <div class="skeleton" aria-hidden="true" />}
      {draft && (
        <>
          <div class="profile-form">
            <PhotoCard desk={desk} />
            <form
              id={formId}
              class="profile-form"
              onSubmit={(event) => {
                event.preventDefault();
                void save();
              }}
            >
              <AboutCard me={me} draft={draft} />
              <PlaceCard desk={desk} draft={draft} />
            </form>
          </div>
          <VisitorPreview desk={desk} />
        </>
      )}
      <LeaveDialog places={places} words={text.guard} onLeave={() => me.undo()} />
    </div>
  );
}

function AboutCard({ me, draft }: { me: Me; draft: ProfileDraft }) {
  const refused = me.refused.value;
  return (
    <section class="card form">
      <h2>{text.about.title}</h2>
      <div class="profile-pair">
        <Field
          me={me}
          draft={draft}
          name="firstName"
          label={text.about.firstName}
          most={limits.nameChars}
          complete="given-name"
          problem={refused === "firstName" ? text.about.invalid : ""}
        />
        <Field
          me={me}
          draft={draft}
          name="lastName"
          label={text.about.lastName}
          most={limits.nameChars}
          complete="family-name"
          problem={refused === "lastName" ? text.about.invalid : ""}
        />
      </div>
      <Field
        me={me}
        draft={draft}
        name="jobTitle"
        label={text.about.jobTitle}
        most={limits.jobTitleChars}
        complete="organization-title"
        placeholder={text.about.jobTitlePlaceholder}
        hint={text.about.jobTitleHint}
        problem={refused === "jobTitle" ? text.about.invalid : ""}
      />
      <div class="profile-pair profile-pair-phone">
        <Field
          me={me}
          draft={draft}
          name="phone"
          label={text.about.phone}
          most={limits.phoneChars}
          complete="tel"
          inputMode="tel"
          hint={text.about.phoneHint}
          problem={refused === "phone" ? text.about.phoneProblem : ""}
        />
        <Field
          me={me}
          draft={draft}
          name="phoneExtension"
          label={text.about.extension}
          most={limits.phoneExtensionChars}
          complete="tel-extension"
          problem={refused === "phoneExtension" ? text.about.extensionProblem : ""}
        />
      </div>
      <div class="field">
        <span>{text.about.email}</span>
        <span class="profile-email">
          <bdi>{me.saved.value?.email}</bdi>
        </span>
        <span class="field-hint">{text.about.emailHint}</span>
      </div>
    </section>
  );
}

type FieldProps = {
  me: Me;
  draft: ProfileDraft;
  name: "firstName" | "lastName" | "jobTitle" | "phone" | "phoneExtension";
  label: string;
  most: number;
  complete: "given-name" | "family-name" | "organization-title" | "tel" | "tel-extension";
  inputMode?: "text" | "tel";
  placeholder?: string;
  hint?: string;
  problem: string;
};

function Field({
  me,
  draft,
  name,
  label,
  most,
  complete,
  inputMode = "text",
  placeholder,
  hint,
  problem,
}: FieldProps) {
  const hintId = `profile-${name}-hint`;
  const isWrong = problem !== "";
  return (
    <div class="field">
      <label for={`profile-${name}`}>{label}</label>
      <input
        id={`profile-${name}`}
        inputMode={inputMode}
        dir="auto"
        value={draft[name]}
        maxLength={most}
        autocomplete={complete}
        placeholder={placeholder ?? ""}
        aria-invalid={isWrong}
        aria-describedby={hintId}
        onInput={(event) => me.edit({ [name]: event.currentTarget.value })}
      />
      {(isWrong || hint) && (
        <span
          id={hintId}
          class={isWrong ? "field-problem" : "field-hint"}
          role={isWrong ? "alert" : undefined}
        >
          {isWrong ? problem : hint}
        </span>
      )}
    </div>
  );
}

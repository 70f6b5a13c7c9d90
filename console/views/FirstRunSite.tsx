import { useState } from "preact/hooks";
import { readOrigin } from "../../shared/protocol/site-origin.ts";
import type { FirstRun } from "../models/first-run.ts";
import { firstRunText } from "../text/first-run.ts";
import { Button } from "../ui/Button.tsx";
import { OriginField } from "../ui/OriginField.tsx";
import { Problem } from "../ui/Problem.tsx";
import { DoorPage } from "./DoorPage.tsx";
import { StepMark } from "./StepMark.tsx";

/** The address of the first site; with it everything is made. */
export function FirstRunSite({ model }: { model: FirstRun }) {
  const [isChecked, setChecked] = useState(false);
  const { address } = model.fields.value;
  const isBusy = model.isBusy.value;
  const words = firstRunText.site;
  const submit = async () => {
    setChecked(true);
    if (!readOrigin(address).ok) return;
    // From here on a reload leads to the same place: signed in, with the tag on the page.
    if (await model.create()) history.replaceState(null, "", "/console/settings/sites");
  };
  return (
    <DoorPage
      title={words.title}
      lead={
        <>
          <StepMark at={2} /> {words.lead}
        </>
      }
    >
      <form
        class="form first-run-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <OriginField
          value={address}
          isChecked={isChecked}
          isFirst
          onInput={(value) => model.set({ address: value })}
        />
        <Problem code={model.problem.value} />
        <div class="first-run-actions">
          <Button look="primary" size="large" type="submit" isBusy={isBusy}>
            {isBusy ? words.creating : words.create}
          </Button>
          <Button look="quiet" size="large" isDisabled={isBusy} onClick={() => model.toCompany()}>
            {words.back}
          </Button>
        </div>
      </form>
    </DoorPage>
  );
}

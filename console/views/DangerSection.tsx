import { useEffect, useId, useState } from "preact/hooks";
import { limits } from "../../shared/protocol/limits.ts";
import { DAY } from "../../shared/time/local-day.ts";
import type { Desk } from "../models/desk.ts";
import { settingsText } from "../text/workspace.ts";
import { text } from "../text.ts";
import { longDay } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";

const words = settingsText.danger;

/** Taking everything along, and the end of it all. */
export function DangerSection({ desk }: { desk: Desk }) {
  const { workspace: model, notices } = desk;
  const [isAsking, setAsking] = useState(false);
  const [rows, setRows] = useState<number | null>(null);
  useEffect(() => {
    model.forgetProblem();
    void model.load();
  }, [model]);
  const workspace = model.workspace.value;
  const exportAll = async () => {
    const contents = await model.prepareExport();
    if (!contents) return;
    setRows(contents.tables.reduce((sum, table) => sum + table.rows, 0));
    // An answer that is a file leaves this page where it is.
    location.assign("/api/workspace/export");
    notices.say(words.exportReady);
  };
  const takeBack = async () => {
    if (await model.cancelDeletion()) notices.say(words.takenBack);
  };
  return (
    <div class="settings">
      {!isAsking && <Problem code={model.problem.value} />}
      <section class="card">
        <h2>{words.exportTitle}</h2>
        <p class="soft small">{words.exportLead}</p>
        <div class="form-actions settings-form">
          <Button isBusy={model.isSaving.value} onClick={() => void exportAll()}>
            {words.exportButton}
          </Button>
          {rows !== null && <span class="soft small settings-aside">{words.exportHolds(rows)}</span>}
        </div>
      </section>
      {workspace && (
        <section class="card card-danger">
          {workspace.deletion ? (
            <>
              <h2>{words.plannedTitle(longDay(workspace.deletion.at))}</h2>
              <p class="soft small">{words.plannedLead(workspace.deletion.askedBy ?? words.anAdmin)}</p>
              <div class="form-actions settings-form">
                <Button look="primary" isBusy={model.isSaving.value} onClick={() => void takeBack()}>
                  {words.takeBack}
                </Button>
              </div>
            </>
          ) : (
            <>
              <h2>{words.deleteTitle}</h2>
              <p class="soft small">{words.deleteLead(limits.deletionDays)}</p>
              <div class="form-actions settings-form">
                <Button look="danger" onClick={() => setAsking(true)}>
                  {words.deleteButton}
                </Button>
              </div>
            </>
          )}
        </section>
      )}
      {isAsking && workspace && (
        <DeleteDialog desk={desk} name={workspace.name} onClose={() => setAsking(false)} />
      )}
    </div>
  );
}

type DeleteDialogProps = { desk: Desk; name: string; onClose: () => void };

function DeleteDialog({ desk: { workspace: model, ticker }, name, onClose }: DeleteDialogProps) {
  const [typed, setTyped] = useState("");
  const [isChecked, setChecked] = useState(false);
  const id = useId();
  const isRight = typed.trim() === name;
  const day = longDay(ticker.now.value + limits.deletionDays * DAY);
  const submit = async () => {
    setChecked(true);
    if (isRight && (await model.planDeletion(typed.trim()))) onClose();
  };
  return (
    <Dialog
      title={words.confirmTitle(name)}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button look="danger" type="submit" form={id} isBusy={model.isSaving.value} isDisabled={!isRight}>
            {words.confirm}
          </Button>
        </>
      }
    >
      <form
        id={id}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{words.confirmLead(day)}</p>
        <p class="soft">{words.confirmExport}</p>
        <label class="field">
          <span>{words.confirmName(name)}</span>
          <input
            value={typed}
            autoFocus
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <p class="field-problem" role="alert">
          {isChecked && !isRight && words.nameDiffers}
        </p>
        <Problem code={model.problem.value} />
      </form>
    </Dialog>
  );
}

import { useId, useRef, useState } from "preact/hooks";
import type { Role } from "../../shared/model/people.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { Desk } from "../models/desk.ts";
import { invitationText } from "../text/invitations.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { InvitePreview } from "./InvitePreview.tsx";

type InviteDialogProps = { desk: Desk; onClose: () => void };

const words = invitationText.dialog;
const roles: readonly Role[] = ["rep", "meetings_only", "admin"];

/** Who shall be invited, as what; then what that will do, before anything is sent. */
export function InviteDialog({ desk, onClose }: InviteDialogProps) {
  const { invitations: model } = desk;
  const { preview: previewText } = invitationText;
  const formId = useId();
  const isPreview = model.preview.value !== null;
  const isBusy = model.isBusy.value;
  const { new: fresh, again } = model.counts.value;
  const send = async () => {
    const sent = await model.send();
    if (sent === null) return;
    desk.notices.say(invitationText.sentCount(sent));
    if (sent > 0) desk.places.go({ page: "members", conversationId: null, section: "invitations" });
    onClose();
  };
  return (
    <Dialog
      key={String(isPreview)}
      title={isPreview ? previewText.title : words.title}
      size="wide"
      onClose={onClose}
      actions={
        isPreview ? (
          <>
            <Button look="quiet" icon="back" isDisabled={isBusy} onClick={model.mend}>
              {previewText.back}
            </Button>
            <Button
              look="primary"
              autoFocus={fresh + again > 0}
              isBusy={isBusy}
              isDisabled={fresh + again === 0}
              onClick={() => void send()}
            >
              {isBusy ? previewText.sending : previewText.send(fresh + again)}
            </Button>
          </>
        ) : (
          <>
            <Button look="quiet" onClick={onClose}>
              {text.common.cancel}
            </Button>
            <Button
              look="primary"
              type="submit"
              form={formId}
              isBusy={isBusy}
              isDisabled={model.wish.value.text.trim() === ""}
            >
              {isBusy ? words.checking : words.next}
            </Button>
          </>
        )
      }
    >
      {isPreview ? <InvitePreview desk={desk} /> : <InviteForm desk={desk} formId={formId} />}
    </Dialog>
  );
}

function InviteForm({ desk, formId }: { desk: Desk; formId: string }) {
  const { invitations: model } = desk;
  const wish = model.wish.value;
  const teams = desk.members.teams.value ?? [];
  const file = useRef<HTMLInputElement>(null);
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const hintId = useId();
  const problemId = useId();
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    setFileProblem(null);
    if (chosen.size > limits.inviteChars * 3) return setFileProblem(words.fileTooLarge);
    const content = await chosen.text().catch(() => null);
    if (content === null || content.includes("\u0000")) return setFileProblem(words.fileUnread);
    if (content.length > limits.inviteChars) return setFileProblem(words.fileTooLarge);
    model.edit({ text: content.replace(/\r\n?/g, "\n") });
  };
  const code = model.wishProblem.value;
  const problem = fileProblem ?? (code && (code === "too_large" ? words.tooLarge : text.errors[code]));
  return (
    <form
      id={formId}
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void model.check();
      }}
    >
      <div class="field">
        <label for={`${formId}-who`}>{words.who}</label>
        <textarea
          id={`${formId}-who`}
          class="invite-who"
          rows={4}
          dir="ltr"
          autofocus
          spellcheck={false}
          autocapitalize="none"
          value={wish.text}
          maxLength={limits.inviteChars}
          placeholder={words.whoPlaceholder}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${problemId} ${hintId}` : hintId}
          onInput={(event) => {
            setFileProblem(null);
            model.edit({ text: event.currentTarget.value });
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void model.check();
          }}
        />
        <p class="field-problem invite-light" id={problemId} role="alert">
          {problem}
        </p>
        <div class="invite-hint">
          <p class="field-hint invite-light" id={hintId}>
            {words.whoHint}
          </p>
          <Button size="small" onClick={() => file.current?.click()}>
            {words.file}
          </Button>
        </div>
        <input
          ref={file}
          type="file"
          hidden
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          onChange={(event) => {
            void read(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <fieldset class="invite-roles">
        <legend>{words.role}</legend>
        <div class="choices">
          {roles.map((role) => (
            <label key={role} class="choice">
              <input
                type="radio"
                name={`${formId}-role`}
                checked={wish.role === role}
                onChange={() => model.edit({ role })}
              />
              <span class="stack">
                <span class="strong">{text.roles[role]}</span>
                <span class="soft small">{invitationText.roleHints[role]}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {teams.length > 0 && (
        <fieldset class="invite-teams">
          <legend>
            {words.teams} <span class="soft">({text.common.optional})</span>
          </legend>
          {teams.map((team) => {
            const isIn = wish.teamIds.includes(team.id);
            return (
              <label key={team.id} class="invite-team">
                <input
                  type="checkbox"
                  checked={isIn}
                  onChange={() =>
                    model.edit({
                      teamIds: isIn
                        ? wish.teamIds.filter((each) => each !== team.id)
                        : [...wish.teamIds, team.id],
                    })
                  }
                />
                <span class="cut" dir="auto">
                  {team.name}
                </span>
              </label>
            );
          })}
        </fieldset>
      )}
    </form>
  );
}

import { useEffect, useState } from "preact/hooks";
import type { CannedReplyId } from "../../shared/model/ids.ts";
import type { CannedReply } from "../../shared/protocol/console-routes.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { Desk } from "../models/desk.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";

type Draft = { id: CannedReplyId | null; title: string; text: string };

/** Make, change and remove ready-made replies. */
export function RepliesPage({ desk }: { desk: Desk }) {
  const { replies: model } = desk;
  const [draft, setDraft] = useState<Draft | null>(null);
  const [deleting, setDeleting] = useState<CannedReply | null>(null);
  useEffect(() => void model.load(), [model]);
  const replies = model.replies.value;
  const makeNew = () => setDraft({ id: null, title: "", text: "" });
  const save = async () => {
    if (!draft) return;
    const id = await model.save(draft.id, draft.title, draft.text);
    if (!id) return;
    desk.notices.say(text.replies.saved);
    setDraft({ ...draft, id });
  };
  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1>{text.replies.title}</h1>
          <p class="soft small">{text.replies.lead}</p>
        </div>
        <Button look="primary" icon="plus" onClick={makeNew}>
          {text.replies.new}
        </Button>
      </header>
      <div class={draft ? "page-body split split-deep" : "page-body split"}>
        <section class="split-list" aria-label={text.replies.list}>
          {!draft && <Problem code={model.problem.value} onRetry={() => void model.load()} />}
          {replies?.length === 0 ? (
            <Empty icon="replies" title={text.replies.emptyTitle}>
              <p>{text.replies.emptyWords}</p>
            </Empty>
          ) : (
            <ul class="lines">
              {replies?.map((reply) => (
                <li key={reply.id}>
                  <button
                    type="button"
                    class={draft?.id === reply.id ? "line line-open" : "line"}
                    aria-current={draft?.id === reply.id ? "true" : undefined}
                    onClick={() => setDraft({ ...reply })}
                  >
                    <span class="line-words">
                      <span class="line-name cut">{reply.title}</span>
                      <span class="line-preview cut">{reply.text}</span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
        {draft ? (
          <form
            class="split-detail reply-form"
            onSubmit={(event) => {
              event.preventDefault();
              void save();
            }}
          >
            <label class="field">
              <span>{text.replies.name}</span>
              <input
                value={draft.title}
                maxLength={limits.cannedTitleChars}
                placeholder={text.replies.namePlaceholder}
                onInput={(event) => setDraft({ ...draft, title: event.currentTarget.value })}
              />
            </label>
            <label class="field">
              <span>{text.replies.words}</span>
              <textarea
                rows={8}
                dir="auto"
                value={draft.text}
                maxLength={limits.messageChars}
                placeholder={text.replies.wordsPlaceholder}
                onInput={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
              />
            </label>
            <Problem code={model.problem.value} />
            <div class="form-actions">
              <Button
                look="primary"
                type="submit"
                isBusy={model.isSaving.value}
                isDisabled={draft.title.trim() === "" || draft.text.trim() === ""}
              >
                {text.replies.save}
              </Button>
              <Button look="quiet" onClick={() => setDraft(null)}>
                {text.common.close}
              </Button>
              {draft.id && (
                <Button
                  look="quiet"
                  icon="trash"
                  label={text.common.delete}
                  class="push"
                  onClick={() => setDeleting(replies?.find((reply) => reply.id === draft.id) ?? null)}
                />
              )}
            </div>
          </form>
        ) : (
          <div class="split-detail split-none">
            {replies && replies.length > 0 && <Empty icon="replies" title={text.replies.choose} />}
          </div>
        )}
      </div>
      {deleting && (
        <Dialog
          title={text.replies.deleteTitle}
          onClose={() => setDeleting(null)}
          actions={
            <>
              <Button look="quiet" autoFocus onClick={() => setDeleting(null)}>
                {text.common.cancel}
              </Button>
              <Button
                look="danger"
                onClick={() => {
                  void model.remove(deleting.id);
                  setDeleting(null);
                  setDraft(null);
                }}
              >
                {text.common.delete}
              </Button>
            </>
          }
        >
          <p>{text.replies.deleteWords(deleting.title)}</p>
        </Dialog>
      )}
    </div>
  );
}

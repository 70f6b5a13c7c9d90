import { useEffect, useState } from "preact/hooks";
import type { SiteId } from "../../shared/model/ids.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { readOrigin } from "../../shared/protocol/site-origin.ts";
import type { SiteView } from "../../shared/protocol/workspace-routes.ts";
import type { Desk } from "../models/desk.ts";
import { settingsText, tagText } from "../text/workspace.ts";
import { text } from "../text.ts";
import { dayTime } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Empty } from "../ui/Empty.tsx";
import { OriginField } from "../ui/OriginField.tsx";
import { Problem } from "../ui/Problem.tsx";
import { SiteForm } from "./SiteForm.tsx";
import { TagSnippet } from "./TagSnippet.tsx";
import { TagWatch } from "./TagWatch.tsx";

const words = settingsText.sites;

/** The websites that show the widget. */
export function SitesSection({ desk }: { desk: Desk }) {
  const { sites: model, ticker } = desk;
  const [openId, setOpenId] = useState<SiteId | null>(null);
  const [isAdding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<SiteView | null>(null);
  useEffect(() => void model.load(), [model]);
  const sites = model.sites.value;
  const only = sites?.length === 1 ? sites[0] : undefined;
  const site = sites?.find(({ id }) => id === openId) ?? only;
  return (
    <div class="settings">
      <div class="settings-head">
        <p class="soft small">{words.lead}</p>
        <Button size="small" icon="plus" onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </div>
      {!isAdding && <Problem code={model.problem.value} onRetry={() => void model.load()} />}
      {sites?.length === 0 && (
        <Empty icon="globe" title={words.emptyTitle}>
          <p>{words.emptyWords}</p>
        </Empty>
      )}
      {sites && sites.length > 1 && (
        <ul class="site-list" aria-label={words.list}>
          {sites.map((each) => (
            <li key={each.id}>
              <button
                type="button"
                class="site-line"
                aria-current={each.id === site?.id ? "true" : undefined}
                onClick={() => setOpenId(each.id === openId ? null : each.id)}
              >
                <span class="site-dot" style={{ background: each.look.color }} aria-hidden="true" />
                <span class="site-words">
                  <strong class="cut">{each.name}</strong>
                  <span class="soft small cut">{each.origins.join(", ")}</span>
                </span>
                <SiteState site={each} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {site && (
        <section class="card site-card" key={site.id} aria-label={site.name}>
          <h2>{site.name}</h2>
          <TagWatch site={site} sites={model} now={() => ticker.now.value} />
          <TagSnippet site={site} scriptUrl={model.scriptUrl.value} />
          <SiteForm desk={desk} site={site} onRemove={() => setRemoving(site)} />
        </section>
      )}
      {isAdding && (
        <AddSiteDialog
          desk={desk}
          onClose={(added) => {
            setAdding(false);
            if (added) setOpenId(added.id);
          }}
        />
      )}
      {removing && (
        <Dialog
          title={words.removeTitle(removing.name)}
          onClose={() => setRemoving(null)}
          actions={
            <>
              <Button look="quiet" autoFocus onClick={() => setRemoving(null)}>
                {text.common.cancel}
              </Button>
              <Button
                look="danger"
                onClick={() => {
                  setOpenId(null);
                  void model.remove(removing.id).then(() => setRemoving(null));
                }}
              >
                {words.remove}
              </Button>
            </>
          }
        >
          <p>{words.removeWords}</p>
        </Dialog>
      )}
    </div>
  );
}

function SiteState({ site: { seen, refused } }: { site: SiteView }) {
  if (refused && (!seen || refused.at > seen.at))
    return <span class="tag tag-waiting">{words.seenElsewhere}</span>;
  if (!seen) return <span class="tag">{words.neverSeen}</span>;
  return <span class="tag tag-now">{tagText.seen(dayTime(seen.at))}</span>;
}

type AddSiteDialogProps = { desk: Desk; onClose: (added: SiteView | null) => void };

function AddSiteDialog({ desk: { sites: model }, onClose }: AddSiteDialogProps) {
  const [address, setAddress] = useState("");
  const [name, setName] = useState("");
  const [isChecked, setChecked] = useState(false);
  const read = readOrigin(address);
  const host = read.ok ? new URL(read.origin).host : "";
  const submit = async () => {
    setChecked(true);
    if (!read.ok) return;
    const added = await model.add(name.trim() || host, read.origin);
    if (added) onClose(added);
  };
  return (
    <Dialog
      title={words.addTitle}
      onClose={() => onClose(null)}
      actions={
        <>
          <Button look="quiet" onClick={() => onClose(null)}>
            {text.common.cancel}
          </Button>
          <Button look="primary" type="submit" form="add-site" isBusy={model.isSaving.value}>
            {words.add}
          </Button>
        </>
      }
    >
      <form
        id="add-site"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <OriginField value={address} isChecked={isChecked} isFirst onInput={setAddress} />
        <label class="field">
          <span>
            {words.name} <span class="field-hint">({text.common.optional})</span>
          </span>
          <input
            value={name}
            placeholder={host}
            maxLength={limits.nameChars}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <span class="field-hint">{words.nameHint}</span>
        </label>
        <Problem code={model.problem.value} />
      </form>
    </Dialog>
  );
}

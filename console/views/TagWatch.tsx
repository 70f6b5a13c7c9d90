import { useEffect, useState } from "preact/hooks";
import type { SiteView } from "../../shared/protocol/workspace-routes.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import type { Sites } from "../models/sites.ts";
import { tagText } from "../text/workspace.ts";
import { durationText } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

type TagWatchProps = { site: SiteView; sites: Sites; now: () => number };

/** Whether the tag of a site is seen, while one looks: waiting, seen, or seen where it is not allowed. */
export function TagWatch({ site, sites, now }: TagWatchProps) {
  useEffect(() => sites.watch(), [sites]);
  const { seen, refused } = site;
  const isRefusedNews = refused !== null && (seen === null || refused.at > seen.at);
  const added = sites.allowed.value;
  const isAdded = added !== null && site.origins.includes(added) && seen?.origin !== added;
  return (
    <div class="watch" role="status">
      {seen && (
        <p class="watch-line watch-seen">
          <Icon name="check" />
          <span>
            <strong>{tagText.seen(`${seen.origin}${seen.path === "/" ? "" : seen.path}`)}</strong>{" "}
            {agoText(now() - seen.at)}
            <small>{tagText.seenHelp}</small>
          </span>
        </p>
      )}
      {isRefusedNews && <Refused key={refused.origin} site={site} sites={sites} origin={refused.origin} />}
      {!seen && !isRefusedNews && (
        <p class="watch-line">
          <span class="watch-pulse" aria-hidden="true" />
          <span>
            <strong>
              {isAdded && added ? tagText.reload(added) : tagText.waiting(site.origins[0] ?? "")}
            </strong>
            <small>{tagText.waitingHelp}</small>
          </span>
        </p>
      )}
    </div>
  );
}

type RefusedProps = { site: SiteView; sites: Sites; origin: string };

/** Whoever has copied the tag can make an address appear here: it is added by somebody who has read it, twice. */
function Refused({ site, sites, origin }: RefusedProps) {
  const [isAsked, setAsked] = useState(false);
  return (
    <div class="watch-line watch-refused">
      <Icon name="warning" />
      <span>
        <strong>{isAsked ? tagText.allowSure(origin) : tagText.refused(origin)}</strong>
        {!isAsked && <small>{tagText.refusedHelp}</small>}
      </span>
      {isAsked ? (
        <span class="watch-answers">
          <Button size="small" onClick={() => setAsked(false)}>
            {tagText.allowNo}
          </Button>
          <Button
            size="small"
            look="primary"
            autoFocus
            isBusy={sites.isSaving.value}
            onClick={() => void sites.allow(site, origin)}
          >
            {tagText.allowYes}
          </Button>
        </span>
      ) : (
        <Button size="small" label={tagText.allow(origin)} onClick={() => setAsked(true)}>
          {tagText.allowShort}
        </Button>
      )}
    </div>
  );
}

function agoText(ms: number): string {
  return ms < 2 * MINUTE ? tagText.justNow : tagText.ago(durationText(ms));
}

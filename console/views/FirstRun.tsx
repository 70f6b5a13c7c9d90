import { useEffect, useMemo, useState } from "preact/hooks";
import { type FirstRunDeps, FirstRunModel, type FirstRun as Model } from "../models/first-run.ts";
import type { Clock } from "../ports.ts";
import { firstRunText } from "../text/first-run.ts";
import { text } from "../text.ts";
import { browserZone } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { DoorPage } from "./DoorPage.tsx";
import { FirstRunCompany } from "./FirstRunCompany.tsx";
import { FirstRunSite } from "./FirstRunSite.tsx";
import { StepMark } from "./StepMark.tsx";
import { TagSnippet } from "./TagSnippet.tsx";
import { TagWatch } from "./TagWatch.tsx";

type FirstRunProps = {
  secret: string;
  deps: FirstRunDeps;
  onEntered: () => void;
  /** Whoever opens the link again once it is used, signed in as they are. */
  onInside: () => void;
};

/** The page behind the link that the server printed: three steps to a workspace with a tag that is seen. */
export function FirstRun({ secret, deps, onEntered, onInside }: FirstRunProps) {
  const model = useMemo(() => new FirstRunModel(deps, secret, browserZone), [deps, secret]);
  const step = model.step.value;
  useEffect(() => {
    void model.look();
    return () => model[Symbol.dispose]();
  }, [model]);
  useEffect(() => {
    if (step === "inside") onInside();
  }, [step, onInside]);
  switch (step) {
    case "checking":
    case "inside":
      return <div class="app-wait" role="status" aria-label={firstRunText.checking} />;
    case "over":
      return (
        <DoorPage title={firstRunText.overTitle} lead={firstRunText.overLead}>
          <p class="door-actions">
            <a class="button button-plain button-large" href="/console">
              {firstRunText.toConsole}
            </a>
          </p>
        </DoorPage>
      );
    case "unreachable":
      return (
        <DoorPage title={text.common.tryAgain} lead={firstRunText.unreachable}>
          <p class="door-actions">
            <Button size="large" onClick={() => void model.look()}>
              {text.common.tryAgain}
            </Button>
          </p>
        </DoorPage>
      );
    case "company":
      return <FirstRunCompany model={model} />;
    case "site":
      return <FirstRunSite model={model} />;
    case "tag":
      return <TagStep model={model} clock={deps.clock} onEntered={onEntered} />;
  }
}

type TagStepProps = { model: Model; clock: Clock; onEntered: () => void };

function TagStep({ model, clock, onEntered }: TagStepProps) {
  const { sites } = model;
  const site = model.site.value;
  const [, setTick] = useState(0);
  // "Just now" grows old by itself.
  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), 30_000);
    return () => clearInterval(timer);
  }, []);
  if (!site) return null;
  const words = firstRunText.tag;
  return (
    <DoorPage
      title={words.title(model.fields.value.companyName.trim())}
      lead={
        <>
          <StepMark at={3} /> {words.lead}
        </>
      }
    >
      <div class="form first-run-form">
        <TagSnippet site={site} scriptUrl={sites.scriptUrl.value} />
        <TagWatch site={site} sites={sites} now={clock.now} />
        <div class="first-run-actions">
          <Button look={site.seen ? "primary" : "plain"} size="large" onClick={onEntered}>
            {site.seen ? words.finish : words.later}
          </Button>
          {!site.seen && <span class="field-hint">{words.laterHint}</span>}
        </div>
      </div>
    </DoorPage>
  );
}

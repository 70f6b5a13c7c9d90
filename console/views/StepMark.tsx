import { firstRunText } from "../text/first-run.ts";

/** How far one is on the way of three steps. */
export function StepMark({ at }: { at: 1 | 2 | 3 }) {
  return (
    <span class="step-mark">
      <span class="fy-hidden">{firstRunText.step(at, 3)}</span>
      {[1, 2, 3].map((step) => (
        <i key={step} aria-hidden="true" class={step <= at ? "step-done" : undefined} />
      ))}
    </span>
  );
}

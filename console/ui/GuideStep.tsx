import type { ComponentChildren } from "preact";

type GuideStepProps = { number: number; title: string; isDone: boolean; children: ComponentChildren };

/** One numbered step of a guide. */
export function GuideStep({ number, title, isDone, children }: GuideStepProps) {
  return (
    <section class={isDone ? "card sso-step sso-step-done" : "card sso-step"} aria-label={title}>
      <span class="sso-number" aria-hidden="true">
        {number}
      </span>
      <div class="sso-step-body">
        <h3 class="sso-step-title">{title}</h3>
        {children}
      </div>
    </section>
  );
}

import type { ComponentChildren } from "preact";
import { text } from "../text.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Mark } from "../ui/Mark.tsx";

type GateProps = {
  title: ComponentChildren;
  icon?: IconName;
  tone?: "good" | "plain";
  children: ComponentChildren;
};

/** A page with one question, beside the desk: nothing rings here. */
export function Gate({ title, icon, tone = "plain", children }: GateProps) {
  return (
    <main class="gate">
      <div class="gate-brand">
        <Mark size={28} />
        <span>{text.product}</span>
      </div>
      <section class="gate-box">
        {icon && (
          <span class={`gate-mark gate-mark-${tone}`}>
            <Icon name={icon} size={24} />
          </span>
        )}
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}

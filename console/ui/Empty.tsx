import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

type EmptyProps = { icon: IconName; title: string; children?: ComponentChildren };

/** What a place says that has nothing to show: what would be here, and what to do. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="empty-mark">
        <Icon name={icon} size={24} />
      </span>
      <p class="empty-title">{title}</p>
      {children && <div class="empty-words">{children}</div>}
    </div>
  );
}

import type { ComponentChildren } from "preact";
import { text } from "../text.ts";
import { Mark } from "../ui/Mark.tsx";

type DoorPageProps = { title: string; lead?: ComponentChildren; children: ComponentChildren };

/** The frame of every page for people who are not signed in: one column, one thing to do. */
export function DoorPage({ title, lead, children }: DoorPageProps) {
  return (
    <main class="sign-in">
      <section class="sign-in-box">
        <div class="sign-in-brand">
          <Mark size={34} />
          <span>{text.product}</span>
        </div>
        <h1>{title}</h1>
        {lead && <p class="soft">{lead}</p>}
        {children}
      </section>
    </main>
  );
}

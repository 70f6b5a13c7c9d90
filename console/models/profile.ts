import { createModel, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { VisitorId } from "../../shared/model/ids.ts";
import type { VisitorProfile } from "../../shared/protocol/rep-events.ts";
import type { Clock, RepLink } from "../ports.ts";
import type { Connection } from "./connection.ts";

export type Profile = InstanceType<typeof ProfileModel>;
export type ProfileState = "none" | "loading" | "ready" | "missing" | "failed";

/** A page change is news on the board; the whole profile is asked for again at most this often. */
const REFRESH_MS = 1_500;

/** The visitor in the side pane. */
export const ProfileModel = createModel(
  (link: RepLink, connection: Connection, clock: Clock, visitorId: ReadonlySignal<VisitorId | null>) => {
    const profile = signal<VisitorProfile | null>(null);
    const state = signal<ProfileState>("none");
    let cancel = (): void => undefined;

    async function load(id: VisitorId): Promise<void> {
      const answer = await link.ask("visitor:show", { visitorId: id });
      if (visitorId.peek() !== id) return;
      if (answer.ok) {
        profile.value = answer.profile;
        state.value = "ready";
      } else if (answer.code === "not_found") state.value = "missing";
      else if (!profile.peek()) state.value = "failed";
    }
    function loadSoon(id: VisitorId): void {
      cancel();
      cancel = clock.after(REFRESH_MS, () => void load(id));
    }

    effect(() => {
      const id = visitorId.value;
      if (profile.peek()?.id !== id) profile.value = null;
      if (!id) {
        state.value = "none";
        return;
      }
      if (!profile.peek()) state.value = "loading";
      if (connection.state.value === "live") void load(id);
      return () => cancel();
    });
    effect(() =>
      link.onNews("board:changed", ({ changed }) => {
        const id = visitorId.peek();
        const held = profile.peek();
        const fresh = changed.find((visitor) => visitor.id === id);
        if (!id || !fresh || !held) return;
        profile.value = { ...held, ...fresh };
        if (fresh.pages !== held.pages || fresh.conversationId !== held.conversationId) loadSoon(id);
      }),
    );
    effect(() =>
      link.onNews("fact:new", ({ facts }) => {
        const id = visitorId.peek();
        if (id && facts.some((fact) => fact.body.kind === "visitor_identified")) loadSoon(id);
      }),
    );

    return {
      profile,
      state,
      retry() {
        const id = visitorId.peek();
        if (id) void load(id);
      },
    };
  },
);

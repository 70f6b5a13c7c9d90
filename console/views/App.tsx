import { useEffect, useState } from "preact/hooks";
import type { SessionView } from "../../shared/protocol/console-routes.ts";
import { type Desk, DeskModel, type DeskNeeds } from "../models/desk.ts";
import type { Session } from "../models/session.ts";
import { Shell } from "./Shell.tsx";
import { SignIn } from "./SignIn.tsx";

type AppProps = { session: Session; needs: DeskNeeds };

/** Sign-in or the desk. A desk lives as long as its session; drafts and the outbox outlive it on the shelf. */
export function App({ session, needs }: AppProps) {
  const state = session.state.value;
  useEffect(() => void session.start(), [session]);
  if (state.kind === "loading") return <div class="app-wait" aria-busy="true" />;
  if (state.kind === "out") return <SignIn session={session} />;
  return <SignedIn key={state.session.member.id} view={state.session} session={session} needs={needs} />;
}

type SignedInProps = AppProps & { view: SessionView };

function SignedIn({ view, session, needs }: SignedInProps) {
  const [desk, setDesk] = useState<Desk | null>(null);
  useEffect(() => {
    const fresh = new DeskModel(needs, view);
    setDesk(fresh);
    fresh.connection.open();
    void fresh.replies.load();
    const stop = fresh.connection.state.subscribe((state) => {
      if (state === "ended") void session.end();
    });
    return () => {
      stop();
      fresh[Symbol.dispose]();
    };
  }, [needs, session, view]);
  return desk ? <Shell desk={desk} onSignOut={() => void session.signOut()} /> : null;
}

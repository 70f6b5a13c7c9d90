import { useEffect, useState } from "preact/hooks";
import type { SessionView } from "../../shared/model/session.ts";
import { mayLink } from "../../shared/protocol/permissions.ts";
import type { Authorize } from "../models/authorize.ts";
import { type Desk, DeskModel, type DeskNeeds } from "../models/desk.ts";
import type { Session } from "../models/session.ts";
import type { SsoEntry } from "../models/sso-entry.ts";
import { appsText } from "../text/apps.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { writeTimesIn } from "../time-text.ts";
import { AuthorizePage } from "./AuthorizePage.tsx";
import { Shell } from "./Shell.tsx";
import { SignIn } from "./SignIn.tsx";

type AppProps = { session: Session; entry: SsoEntry; needs: DeskNeeds; authorize: Authorize };

/** Sign-in or the desk. A desk lives as long as its session; drafts and the outbox outlive it on the shelf. */
export function App({ session, entry, needs, authorize }: AppProps) {
  const state = session.state.value;
  useEffect(() => void session.start(), [session]);
  if (state.kind === "loading") return <div class="app-wait" aria-busy="true" />;
  const isAuthorizing = needs.places.place.value.page === "authorize";
  if (state.kind === "out")
    return <SignIn session={session} entry={entry} note={isAuthorizing ? appsText.signInNote : null} />;
  if (isAuthorizing) {
    const leave = () => needs.places.go({ page: "board", conversationId: null });
    return <AuthorizePage authorize={authorize} session={state.session} onLeave={leave} />;
  }
  return (
    <SignedIn
      key={state.session.member.id}
      view={state.session}
      session={session}
      entry={entry}
      needs={needs}
    />
  );
}

type SignedInProps = Omit<AppProps, "authorize"> & { view: SessionView };

function SignedIn({ view, session, entry, needs }: SignedInProps) {
  const [desk, setDesk] = useState<Desk | null>(null);
  useEffect(() => {
    const fresh = new DeskModel(needs, view);
    setDesk(fresh);
    if (session.hasNewRole.peek()) {
      fresh.notices.say(text.signIn.newRole(text.roles[view.member.role]));
      session.sayNewRole();
    }
    void fresh.workspace.load();
    // A way through a provider that ended back here without what it was for.
    const problem = entry.problem.peek();
    if (problem) fresh.notices.say(ssoText.problems[problem]);
    entry.forget();
    const stop = mayLink(view.member.role) ? linkUp(fresh, session) : watch(session, needs);
    void fresh.me.load();
    void fresh.setUp.load();
    void fresh.connections.load();
    void fresh.doctor.load();
    const stopTimes = fresh.me.saved.subscribe((me) => {
      if (me) writeTimesIn(me.language);
    });
    return () => {
      stop();
      stopTimes();
      fresh[Symbol.dispose]();
    };
  }, [needs, session, entry, view]);
  return desk ? <Shell desk={desk} onSignOut={() => void session.signOut()} /> : null;
}

/** Opens the link; whatever ends it ends, or changes, the session. */
function linkUp(desk: Desk, session: Session): () => void {
  desk.connection.open();
  void desk.replies.load();
  return desk.connection.state.subscribe((state) => {
    if (state === "ended") void session.end(desk.connection.endedBecause.peek());
  });
}

const WATCH_MS = 20_000;

/** Whoever never chats has no link to be told over: asks from time to time, and on coming back. */
function watch(session: Session, { attention, clock }: DeskNeeds): () => void {
  let cancel = (): void => undefined;
  const look = () => {
    cancel();
    if (attention.isHere()) void session.check();
    cancel = clock.after(WATCH_MS, look);
  };
  cancel = clock.after(WATCH_MS, look);
  const stop = attention.onChange((isHere) => {
    if (isHere) look();
  });
  return () => {
    cancel();
    stop();
  };
}

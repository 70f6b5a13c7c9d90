import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import { type Page, pathOf } from "../models/place.ts";
import { text } from "../text.ts";
import { BoardPage } from "./BoardPage.tsx";
import { BookableBanner } from "./BookableBanner.tsx";
import { ConversationsPage } from "./ConversationsPage.tsx";
import { DeletionBanner } from "./DeletionBanner.tsx";
import { HoursPage } from "./HoursPage.tsx";
import { LinkBanner } from "./LinkBanner.tsx";
import { MailboxPage } from "./MailboxPage.tsx";
import { MeetingsPage } from "./MeetingsPage.tsx";
import { MembersPage } from "./MembersPage.tsx";
import { MePage } from "./MePage.tsx";
import { Nav } from "./Nav.tsx";
import { Notices } from "./Notices.tsx";
import { OfferStack } from "./OfferStack.tsx";
import { ProveDialog } from "./ProveDialog.tsx";
import { ReadinessBanner } from "./ReadinessBanner.tsx";
import { RepliesPage } from "./RepliesPage.tsx";
import { SettingsPage } from "./SettingsPage.tsx";
import { SetUpPage } from "./SetUpPage.tsx";
import { ShortcutsDialog } from "./ShortcutsDialog.tsx";
import { useKeys } from "./use-keys.ts";

type ShellProps = { desk: Desk; onSignOut: () => void };

export function Shell({ desk, onSignOut }: ShellProps) {
  const { places, team, notices, offers } = desk;
  const { page, conversationId } = places.place.value;
  const [isHelpOpen, setHelpOpen] = useState(false);
  const go = (next: Page) => places.go({ page: next, conversationId: null });
  const toggle = () => {
    if (team.me.value?.role === "meetings_only") return;
    const next = !team.isAvailable.value;
    void team.setAvailable(next);
    notices.say(next ? text.availability.turnedOn : text.availability.turnedOff);
  };
  const oldest = () => offers.ringing.value[0]?.offer.id;
  useKeys(desk.keys, {
    "?": () => setHelpOpen(true),
    "Alt+S": toggle,
    "Alt+A": () => {
      const id = oldest();
      if (id) void offers.accept(id);
    },
    "Alt+D": () => {
      const id = oldest();
      if (id) void offers.decline(id);
    },
    "g b": () => go("board"),
    "g c": () => go("conversations"),
    "g m": () => go("meetings"),
    "g h": () => go("hours"),
    "g r": () => go("replies"),
    "/": () => document.querySelector<HTMLInputElement>("[data-search]")?.focus(),
  });
  // Each page starts at its top, and a screen reader hears its name.
  useEffect(() => {
    document.getElementById("content")?.focus({ preventScroll: true });
  }, [page]);

  return (
    <div class={conversationId ? "shell shell-deep" : "shell"} data-page={page}>
      <a class="skip" href="#content">
        {text.nav.skip}
      </a>
      <Nav desk={desk} onToggle={toggle} onHelp={() => setHelpOpen(true)} onSignOut={onSignOut} />
      <main id="content" class="content" tabIndex={-1}>
        <LinkBanner connection={desk.connection} />
        <DeletionBanner desk={desk} />
        {(page === "board" || page === "meetings") && <ReadinessBanner desk={desk} />}
        {(page === "board" || page === "meetings" || page === "hours") && <BookableBanner desk={desk} />}
        {page === "board" && <BoardPage desk={desk} />}
        {page === "conversations" && <ConversationsPage desk={desk} />}
        {page === "meetings" && <MeetingsPage desk={desk} />}
        {page === "hours" && <HoursPage desk={desk} />}
        {page === "replies" && <RepliesPage desk={desk} />}
        {page === "members" && <MembersPage desk={desk} />}
        {page === "settings" && <SettingsPage desk={desk} />}
        {page === "me" && <MePage desk={desk} />}
        {page === "setup" && <SetUpPage desk={desk} />}
        {page === "mailbox" && <MailboxPage desk={desk} onSignOut={onSignOut} />}
      </main>
      <OfferStack desk={desk} />
      <Notices notices={notices} onOpen={(id) => places.openConversation(id)} />
      {desk.proof.isAsked.value && (
        <ProveDialog
          proof={desk.proof}
          email={desk.session.value.member.email}
          leave={desk.leave}
          returnTo={pathOf(places.place.value)}
        />
      )}
      {isHelpOpen && <ShortcutsDialog keys={desk.keys} onClose={() => setHelpOpen(false)} />}
    </div>
  );
}

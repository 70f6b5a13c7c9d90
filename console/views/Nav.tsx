import { useState } from "preact/hooks";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Desk } from "../models/desk.ts";
import { mayOpen, type Page, pathOf } from "../models/place.ts";
import { fullName } from "../models/team.ts";
import { integrationsText } from "../text/integrations.ts";
import { membersText } from "../text/members.ts";
import { profileText } from "../text/profile.ts";
import { setUpText } from "../text/set-up.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Mark } from "../ui/Mark.tsx";
import { Availability } from "./Availability.tsx";

type NavProps = { desk: Desk; onToggle: () => void; onHelp: () => void; onSignOut: () => void };
type Item = { page: Page; icon: IconName; label: string; badge?: { count: number; label: string } };

/** The column at the side; on a phone a bar above and one below. */
export function Nav({ desk, onToggle, onHelp, onSignOut }: NavProps) {
  const { places, team, board, conversations } = desk;
  const [isMoreOpen, setMoreOpen] = useState(false);
  const session = desk.session.value;
  const workspace = desk.workspace.workspace.value;
  const me = team.me.value;
  const current = places.place.value.page;
  const waiting = board.isWatched.value ? board.counts.value.waiting : conversations.waiting.value;
  const unread = conversations.unread.value;
  const chatPages: Item[] = [
    {
      page: "board",
      icon: "board",
      label: text.nav.board,
      badge: { count: waiting, label: text.nav.waiting(waiting) },
    },
    {
      page: "conversations",
      icon: "chats",
      label: text.nav.conversations,
      badge: { count: unread, label: text.nav.unread(unread) },
    },
  ];
  const isChatting = session.member.role !== "meetings_only";
  const main: Item[] = [
    ...(isChatting ? chatPages : []),
    { page: "meetings", icon: "meetings", label: text.nav.meetings },
  ];
  const left = desk.setUp.open.value.length;
  // Shown until it is done; afterwards it is found where one is.
  if (left > 0 || current === "setup") {
    main.push({
      page: "setup",
      icon: "setup",
      label: setUpText.nav,
      badge: { count: left, label: setUpText.left(left) },
    });
  }
  const more: Item[] = [
    { page: "me", icon: "person", label: profileText.nav },
    { page: "hours", icon: "hours", label: text.nav.hours },
    ...(isChatting ? [{ page: "replies", icon: "replies", label: text.nav.replies } as const] : []),
  ];
  if (mayOpen(session.member.role, "members")) {
    more.push({ page: "members", icon: "members", label: membersText.nav });
  }
  if (mayOpen(session.member.role, "settings")) {
    const ailing = desk.doctor.ailing.value;
    const badge = { count: ailing, label: integrationsText.doctor.count(ailing) };
    more.push({ page: "settings", icon: "settings", label: text.nav.settings, badge });
  }
  if (session.hasMailbox && session.member.role === "admin") {
    more.push({ page: "mailbox", icon: "mailbox", label: text.nav.mailbox });
  }
  const link = (item: Item) => (
    <li key={item.page}>
      <a
        class="nav-item"
        href={pathOf({ page: item.page, conversationId: null })}
        aria-current={current === item.page ? "page" : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          setMoreOpen(false);
          places.go({ page: item.page, conversationId: null });
        }}
      >
        <Icon name={item.icon} size={19} />
        <span class="nav-label">{item.label}</span>
        {item.badge && item.badge.count > 0 && (
          <span class={`badge badge-${item.page}`}>
            <span aria-hidden="true">{item.badge.count > 99 ? "99+" : item.badge.count}</span>
            <span class="fy-hidden">{item.badge.label}</span>
          </span>
        )}
      </a>
    </li>
  );
  return (
    <header class="nav">
      <div class="nav-brand">
        {workspace?.logoUrl ? <img class="nav-logo" src={workspace.logoUrl} alt="" /> : <Mark size={26} />}
        <span class="nav-workspace">{workspace?.name ?? session.workspace.name}</span>
      </div>
      {me && <Availability desk={desk} me={me} onToggle={onToggle} />}
      <nav aria-label={text.nav.label} class="nav-links">
        <ul>{main.map(link)}</ul>
        <button
          type="button"
          class="nav-item nav-more"
          aria-expanded={isMoreOpen}
          onClick={() => setMoreOpen(!isMoreOpen)}
        >
          <Icon name="more" size={19} />
          <span class="nav-label">{text.nav.more}</span>
        </button>
        <div class={isMoreOpen ? "nav-second nav-second-open" : "nav-second"}>
          <ul>{more.map(link)}</ul>
          <div class="nav-foot">
            <div class="nav-me">
              {me && <Avatar card={me} size={30} presence={me.presence} />}
              <span class="nav-me-words">
                <span class="nav-me-name">
                  <bdi>{fullName(me ?? desk.me.saved.value ?? session.member)}</bdi>
                </span>
                <span class="soft small">{text.roles[session.member.role]}</span>
              </span>
            </div>
            <Button
              look="quiet"
              size="small"
              icon="keyboard"
              label={text.nav.shortcuts}
              keys="?"
              onClick={onHelp}
            />
            <Button look="quiet" size="small" icon="signOut" label={text.nav.signOut} onClick={onSignOut} />
          </div>
        </div>
      </nav>
    </header>
  );
}

import type { MemberId } from "../../shared/model/ids.ts";
import type { Leaving } from "../../shared/protocol/member-routes.ts";
import type { Desk } from "../models/desk.ts";
import { nameOf } from "../models/team.ts";
import { membersText as words } from "../text/members.ts";
import { text } from "../text.ts";

type ChatsToProps = {
  desk: Desk;
  leaving: Leaving;
  /** Null: the whole team is asked. */
  chatsTo: MemberId | null;
  onChange: (to: MemberId | null) => void;
};

/** Named one by one; the others are counted. */
const mostNamed = 3;

/** The chats that are open, and who goes on with them. Nothing when there are none. */
export function ChatsTo({ desk, leaving, chatsTo, onChange }: ChatsToProps) {
  const { chats, chatHosts } = leaving;
  if (chats.length === 0) return null;
  return (
    <section class="leave-part">
      <h3>{words.leave.chats(chats.length)}</h3>
      <ul class="leave-chats">
        {chats.slice(0, mostNamed).map((chat) => (
          <li key={chat.id}>
            <span class="cut" dir="auto">
              {chat.visitorName ?? text.common.anonymous}
            </span>
            {chat.isVisitorHere && <span class="tag tag-now">{words.leave.here}</span>}
          </li>
        ))}
        {chats.length > mostNamed && <li class="soft">{words.leave.andMore(chats.length - mostNamed)}</li>}
      </ul>
      <label class="field">
        <span>{words.leave.chatsTo}</span>
        <select
          value={chatsTo ?? ""}
          onChange={(event) => onChange(chatHosts.find((id) => id === event.currentTarget.value) ?? null)}
        >
          <option value="">{words.leave.toTeam}</option>
          {chatHosts.map((id) => (
            <option key={id} value={id}>
              {nameOf(desk.team, id) ?? text.common.somebody}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

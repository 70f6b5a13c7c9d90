import type { Role } from "../../shared/model/people.ts";
import { takesSeat } from "../../shared/model/people.ts";
import type { MemberLine } from "../../shared/protocol/member-routes.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Desk } from "../models/desk.ts";
import { isHereNow } from "../models/member-list.ts";
import { type Doing, memberName } from "../models/members.ts";
import { fullName } from "../models/team.ts";
import { membersText as words } from "../text/members.ts";
import { text } from "../text.ts";
import { agoText, longDay } from "../time-text.ts";
import { Icon } from "../ui/Icon.tsx";
import { Menu, type MenuItem } from "../ui/Menu.tsx";

type MemberRowProps = { desk: Desk; member: MemberLine; now: number; onDo: (doing: Doing) => void };

const roles: readonly Role[] = ["admin", "rep", "meetings_only"];
/** Named in the row; the others are counted. */
const mostTeams = 2;

export function MemberRow({ desk, member, now, onDo }: MemberRowProps) {
  const { members: model, notices } = desk;
  const name = memberName(member);
  const isMe = member.id === desk.myId.value;
  const isLastAdmin = member.isActive && member.role === "admin" && model.isLastAdmin(member.id);
  const reactivate = async () => {
    const code = await model.reactivate(member.id);
    notices.say(code === null ? words.leave.back(name) : text.errors[code]);
  };
  const more: MenuItem[] = [
    { key: "teams", label: words.editTeams, onPick: () => onDo({ kind: "teams", member }) },
    ...(member.meetingsToMove > 0
      ? [{ key: "move", label: words.moveMeetings, onPick: () => onDo({ kind: "move", member }) }]
      : []),
    member.isActive
      ? {
          key: "deactivate",
          label: words.deactivate,
          hint: isLastAdmin ? words.lastAdmin : undefined,
          isDisabled: isLastAdmin,
          look: "danger",
          onPick: () => onDo({ kind: "deactivate", member }),
        }
      : { key: "reactivate", label: words.reactivate, onPick: () => void reactivate() },
  ];
  return (
    <tr class={member.isActive ? "member" : "member member-off"}>
      <th scope="row" class="member-who">
        <div class="member-person">
          <Avatar
            card={member}
            size={36}
            presence={member.isActive && !isHereNow(member, now) ? member.presence : null}
          />
          <div class="member-words">
            <span class="member-name" title={name}>
              <span class="cut" dir="auto">
                {fullName(member) || words.noName}
              </span>
              {isMe && <span class="tag">{words.you}</span>}
            </span>
            <span class="soft small cut" title={member.email}>
              {member.email}
            </span>
          </div>
        </div>
      </th>
      <td class="member-role" data-label={words.columns.role}>
        <Menu
          label={words.roleOf(name, text.roles[member.role])}
          buttonClass="member-role-button"
          isDisabled={!member.isActive}
          items={roles.map((role) => ({
            key: role,
            label: text.roles[role],
            hint: isLastAdmin && role !== "admin" ? words.lastAdmin : words.roleHints[role],
            isChosen: role === member.role,
            isDisabled: isLastAdmin && role !== "admin",
            onPick: () => {
              if (role === member.role) return;
              void pickRole(desk, member, role, onDo);
            },
          }))}
        >
          <span class={`role role-${member.role}`}>{text.roles[member.role]}</span>
          {member.isActive && <Icon name="next" size={13} />}
        </Menu>
      </td>
      <td class="member-teams" data-label={words.columns.teams}>
        <TeamTags desk={desk} member={member} onEdit={() => onDo({ kind: "teams", member })} />
      </td>
      <td class="member-seen" data-label={words.columns.seen}>
        <Seen member={member} now={now} />
      </td>
      <td class="member-needs" data-label={words.columns.needs}>
        {member.meetingsToMove > 0 && (
          <button
            type="button"
            class="tag tag-waiting tag-button"
            onClick={() => onDo({ kind: "move", member })}
          >
            {words.toMove(member.meetingsToMove)}
          </button>
        )}
        {member.needs.map((need) => (
          <span key={need} class="tag tag-waiting" title={words.needsHint[need]}>
            {words.needs[need]}
          </span>
        ))}
        {member.isActive && member.needs.length === 0 && (
          <span class="member-set small">
            <Icon name="check" size={15} /> {words.nothingToDo}
          </span>
        )}
      </td>
      <td class="member-more">
        <Menu label={words.more(name)} buttonClass="button button-quiet button-icon" items={more}>
          <Icon name="more" size={18} />
        </Menu>
      </td>
    </tr>
  );
}

/** At once, unless it ends something: chats that are open, or one's own place here. */
async function pickRole(desk: Desk, member: MemberLine, role: Role, onDo: (doing: Doing) => void) {
  const isMe = member.id === desk.myId.value;
  if (isMe || (!takesSeat(role) && takesSeat(member.role))) return onDo({ kind: "role", member, role });
  const code = await desk.members.changeRole(member.id, role, null);
  const done = words.roleChanged(memberName(member), text.roles[role]);
  desk.notices.say(code === null ? done : text.errors[code]);
}

function TeamTags({ desk, member, onEdit }: { desk: Desk; member: MemberLine; onEdit: () => void }) {
  const teams = (desk.members.teams.value ?? []).filter(({ id }) => member.teamIds.includes(id));
  return (
    <button
      type="button"
      class="member-teams-button"
      aria-haspopup="dialog"
      aria-label={`${words.teamsOf(memberName(member))}: ${teams.map(({ name }) => name).join(", ") || words.noTeam}`}
      title={teams.map(({ name }) => name).join(", ")}
      onClick={onEdit}
    >
      {teams.length === 0 && <span class="soft small">{words.noTeam}</span>}
      {teams.slice(0, mostTeams).map((team) => (
        <span key={team.id} class="tag tag-team cut" dir="auto">
          {team.name}
        </span>
      ))}
      {teams.length > mostTeams && <span class="tag">{words.moreTeams(teams.length - mostTeams)}</span>}
    </button>
  );
}

function Seen({ member, now }: { member: MemberLine; now: number }) {
  if (!member.isActive) {
    return <span class="soft">{member.deactivatedAt && words.left(longDay(member.deactivatedAt))}</span>;
  }
  if (member.presence !== "offline") {
    return (
      <>
        <span class={`presence-${member.presence}`}>{text.presence[member.presence]}</span>
        {member.openChats > 0 && <span class="soft small">{words.chats(member.openChats)}</span>}
      </>
    );
  }
  if (isHereNow(member, now)) return <span class="presence-available">{words.hereNow}</span>;
  const ago = member.seenAt && agoText(member.seenAt, Math.max(now, member.seenAt));
  return (
    <>
      <span class="soft">{text.presence.offline}</span>
      <span class="soft small">
        {ago ? words.seen(/min$/.test(ago) ? words.ago(ago) : ago) : words.neverSeen}
      </span>
    </>
  );
}

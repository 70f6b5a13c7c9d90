import type { MemberId } from "../../shared/model/ids.ts";
import type { TeamMeeting } from "../../shared/model/meetings.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Desk } from "../models/desk.ts";
import { mayOpen } from "../models/place.ts";
import { fullName, nameOf } from "../models/team.ts";
import { text } from "../text.ts";
import { browserZone, clockRange, clockTime, zoneText } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

type MeetingRowProps = {
  desk: Desk;
  meeting: TeamMeeting;
  now: number;
  onCancel: (meeting: TeamMeeting) => void;
};

const SOON_MS = 60 * 60_000;

/** Whoever has no link to the team still knows their own name. */
export function hostName(desk: Desk, id: MemberId): string {
  const own = id === desk.myId.value ? fullName(desk.session.value.member) : null;
  return nameOf(desk.team, id) ?? own ?? text.common.somebody;
}

export function MeetingRow({ desk, meeting, now, onCancel }: MeetingRowProps) {
  const { conversationId, startAt, endAt, guestName, guestEmail, note, zone, mailProblem } = meeting;
  const host = desk.team.byId.value.get(meeting.hostId);
  const isOff = meeting.state === "cancelled";
  const isAhead = endAt > now && !isOff;
  const isNow = isAhead && startAt <= now;
  return (
    <article class={isOff ? "meeting meeting-off" : "meeting"}>
      <div class="meeting-time">
        <strong>{clockRange(startAt, endAt)}</strong>
        {isOff ? (
          <span class="tag">{text.meetings.cancelled}</span>
        ) : isNow ? (
          <span class="tag tag-now">{text.meetings.now}</span>
        ) : isAhead && startAt - now < SOON_MS ? (
          <span class="tag tag-waiting">{text.meetings.soon}</span>
        ) : (
          zone !== browserZone && (
            <span class="soft small" title={zoneText(zone, startAt)}>
              {text.meetings.guestZone(clockTime(startAt, zone))}
            </span>
          )
        )}
      </div>
      <div class="meeting-who">
        <p class="strong">
          {guestName}{" "}
          <a class="meeting-mail small" href={`mailto:${guestEmail}`}>
            {guestEmail}
          </a>
        </p>
        {note && (
          <p class="meeting-note soft" dir="auto">
            {note}
          </p>
        )}
        {mailProblem && (
          <p class="problem-line">
            <Icon name="warning" size={15} /> {text.meetings.mailProblem} {mailProblem}
          </p>
        )}
      </div>
      <div class="meeting-host small">
        {host && <Avatar card={host} size={26} />}
        <span>{hostName(desk, meeting.hostId)}</span>
      </div>
      <div class="meeting-tools">
        {conversationId && mayOpen(desk.session.value.member.role, "conversations") && (
          <Button
            look="quiet"
            size="small"
            icon="chats"
            label={text.meetings.conversation}
            onClick={() => desk.places.openConversation(conversationId)}
          />
        )}
        {isAhead && (
          <Button
            look="quiet"
            size="small"
            icon="close"
            label={`${text.meetings.cancel}, ${guestName}`}
            hasPopup="dialog"
            onClick={() => onCancel(meeting)}
          />
        )}
      </div>
    </article>
  );
}

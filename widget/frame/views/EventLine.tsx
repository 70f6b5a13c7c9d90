import type { ComponentChildren } from "preact";
import { Avatar } from "../../../shared/ui/Avatar.tsx";
import { CalendarLeaf } from "../../../shared/ui/CalendarLeaf.tsx";
import type { ListedFact } from "../../../shared/ui/list-items.ts";
import { chatText as text } from "../../text.ts";
import type { ChatModel } from "../models/chat.ts";
import { MeetingLinks } from "./MeetingLinks.tsx";

type EventLineProps = { fact: ListedFact; chat: ChatModel };

/** What happened besides words: who came and went, meetings, the end. */
export function EventLine({ fact, chat }: EventLineProps): ComponentChildren {
  const { body } = fact;
  const card = (id: string | null) => chat.thread.cards.value.get(id as never);
  const name = (id: string) => card(id)?.firstName ?? text.someone;
  if (body.kind === "rep_joined") return text.joined(name(body.repId), body.how);
  if (body.kind === "rep_left") return body.why === "handed_over" ? null : text.left(name(body.repId));
  if (body.kind === "visitor_identified") return body.email && text.reachable(body.email);
  if (body.kind === "closed") return text.closed[body.by];
  if (body.kind === "meeting_offered") {
    const host = card(body.hostId);
    const held = chat.thread.thread.value;
    const isOver =
      !held?.isOpen ||
      held.facts.some((later) => later.seq > fact.seq && later.body.kind === "meeting_booked");
    return (
      <div class="card offer">
        {host && <Avatar card={host} size={52} />}
        <b>{text.offered(host?.firstName)}</b>
        {!isOver && (
          <button
            type="button"
            class="fy-button"
            onClick={() => chat.show({ kind: "book", host: body.hostId ?? "any" })}
          >
            {text.seeTimes}
          </button>
        )}
      </div>
    );
  }
  if (body.kind === "meeting_cancelled") return text.cancelled(body.by);
  if (body.kind !== "meeting_booked" && body.kind !== "meeting_moved") return null;
  const title = () => {
    if (body.kind === "meeting_booked") return text.booked(name(body.hostId));
    return body.formerHostId ? text.given(name(body.hostId)) : text.moved;
  };
  // An older word about the same meeting no longer holds.
  const isOff = chat.thread.thread.value?.facts.some(
    (later) => later.seq > fact.seq && "meetingId" in later.body && later.body.meetingId === body.meetingId,
  );
  const booked = chat.booked.value;
  return (
    <div class="card">
      <b>{title()}</b>
      <CalendarLeaf startAt={body.startAt} endAt={body.endAt} zone={undefined} isOff={isOff ?? false} />
      {!isOff && booked?.meeting.id === body.meetingId && <MeetingLinks booked={booked} />}
    </div>
  );
}

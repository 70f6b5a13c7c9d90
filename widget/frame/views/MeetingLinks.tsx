import type { BookedAnswer } from "../../../shared/protocol/visitor-routes.ts";
import { CalendarLeaf } from "../../../shared/ui/CalendarLeaf.tsx";
import { MeetingPlace } from "../../../shared/ui/MeetingPlace.tsx";
import { RepCard } from "../../../shared/ui/RepCard.tsx";
import { chatText as text } from "../../text.ts";
import type { ChatModel } from "../models/chat.ts";

/** Where a booked meeting is held, and the way to move or cancel it. */
export function MeetingLinks({ booked: { meeting, manageUrl } }: { booked: BookedAnswer }) {
  return (
    <>
      <MeetingPlace place={meeting.place} words={text.meeting} />
      {manageUrl && (
        <a class="fy-link" href={manageUrl} target="_blank" rel="noopener">
          {text.meeting.manage}
        </a>
      )}
    </>
  );
}

/** A meeting that was booked without a word in the chat: no line of the conversation tells of it. */
export function OwnMeeting({ chat }: { chat: ChatModel }) {
  const booked = chat.booked.value;
  const facts = chat.thread.thread.value?.facts;
  if (booked?.meeting.state !== "booked") return null;
  const { id, startAt, endAt, host, typeName } = booked.meeting;
  if (facts?.some(({ body }) => "meetingId" in body && body.meetingId === id)) return null;
  return (
    <div class="card">
      <b>{typeName ?? text.yourMeeting}</b>
      <CalendarLeaf startAt={startAt} endAt={endAt} zone={undefined} />
      <RepCard card={host} />
      <MeetingLinks booked={booked} />
    </div>
  );
}

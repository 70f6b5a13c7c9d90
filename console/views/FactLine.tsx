import type { Author } from "../../shared/model/facts.ts";
import type { MemberId } from "../../shared/model/ids.ts";
import type { ListedFact } from "../../shared/ui/list-items.ts";
import type { Desk } from "../models/desk.ts";
import { nameOf } from "../models/team.ts";
import { text } from "../text.ts";
import { clockRange, longDay } from "../time-text.ts";
import { Icon } from "../ui/Icon.tsx";

/** What happened besides messages, as one line. */
export function FactLine({ desk, fact }: { desk: Desk; fact: ListedFact }) {
  const { body, by } = fact;
  const name = (id: MemberId | null) =>
    id === desk.myId.value ? text.common.you : (nameOf(desk.team, id) ?? text.common.somebody);
  const { events } = text;
  /** Within a sentence. */
  const nameIn = (id: MemberId) => (id === desk.myId.value ? text.common.youIn : name(id));
  switch (body.kind) {
    case "rep_requested":
      return <>{events.requested}</>;
    case "request_fell_back":
      return <>{events.fellBack[body.to]}</>;
    case "rep_joined":
      return <>{events.joined[body.how](name(body.repId))}</>;
    case "rep_left":
      return <>{events.left[body.why](name(body.repId))}</>;
    case "meeting_offered":
      return (
        <span class="event-meeting">
          <Icon name="calendar" size={15} />
          {body.hostId ? events.offered(nameIn(body.hostId)) : events.offeredAny}
        </span>
      );
    case "meeting_booked":
    case "meeting_moved":
      return (
        <span class="event-meeting event-booked">
          <Icon name="calendar" size={15} />
          <span>
            <strong>{events[meetingWords(body)](nameIn(body.hostId))}</strong>
            <span>
              {longDay(body.startAt)}, {clockRange(body.startAt, body.endAt)}
            </span>
          </span>
        </span>
      );
    case "meeting_cancelled":
      return (
        <span class="event-meeting">
          <Icon name="calendar" size={15} />
          {events.cancelled[body.by]} ({longDay(body.startAt)})
        </span>
      );
    case "visitor_identified":
      return <>{events.identified([body.name, body.email].filter(Boolean).join(", "))}</>;
    case "closed":
      return <>{body.by === "rep" ? events.closed.rep(authorName(by, name)) : events.closed[body.by]}</>;
    default:
      return null;
  }
}

function meetingWords(
  body: Extract<ListedFact["body"], { kind: "meeting_booked" | "meeting_moved" }>,
): "booked" | "moved" | "given" {
  if (body.kind === "meeting_booked") return "booked";
  return body.formerHostId === undefined ? "moved" : "given";
}

function authorName(by: Author, name: (id: MemberId | null) => string): string {
  return name(by.kind === "rep" ? by.id : null);
}

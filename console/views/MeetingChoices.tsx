import type { MeetingId, MemberId } from "../../shared/model/ids.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { MeetingToMove } from "../../shared/protocol/member-routes.ts";
import type { Desk } from "../models/desk.ts";
import { nameOf } from "../models/team.ts";
import { membersText as words } from "../text/members.ts";
import { text } from "../text.ts";
import { clockRange, shortDay } from "../time-text.ts";

/** What becomes of a meeting; left out: decided later. */
export type MeetingChoice = "cancel" | MemberId;
export type MeetingChoicesMade = ReadonlyMap<MeetingId, MeetingChoice>;

type MeetingChoicesProps = {
  desk: Desk;
  meetings: readonly MeetingToMove[];
  choices: MeetingChoicesMade;
  /** Of what was tried and refused. */
  problems: ReadonlyMap<MeetingId, ErrorCode>;
  onChange: (choices: MeetingChoicesMade) => void;
};

/** Each meeting with the colleagues who are free at its time. */
export function MeetingChoices({ desk, meetings, choices, problems, onChange }: MeetingChoicesProps) {
  const choose = (id: MeetingId, value: string, free: readonly MemberId[]) => {
    const next = new Map(choices);
    const choice = value === "cancel" ? value : free.find((host) => host === value);
    if (choice === undefined) next.delete(id);
    else next.set(id, choice);
    onChange(next);
  };
  return (
    <ul class="leave-meetings">
      {meetings.map(({ meeting, freeHostIds }) => {
        const problem = problems.get(meeting.id);
        return (
          <li key={meeting.id}>
            <div class="leave-meeting">
              <span class="leave-time">
                <strong>{shortDay(meeting.startAt)}</strong>
                <span class="soft small">{clockRange(meeting.startAt, meeting.endAt)}</span>
              </span>
              <span class="leave-guest">
                <span class="cut" dir="auto">
                  {meeting.guestName}
                </span>
                <span class="soft small cut">{meeting.guestEmail}</span>
              </span>
              <select
                aria-label={words.leave.whatTo(meeting.guestName)}
                value={choices.get(meeting.id) ?? ""}
                onChange={(event) => choose(meeting.id, event.currentTarget.value, freeHostIds)}
              >
                <option value="">{words.leave.later}</option>
                {freeHostIds.map((id) => (
                  <option key={id} value={id}>
                    {words.leave.give(nameOf(desk.team, id) ?? text.common.somebody)}
                  </option>
                ))}
                {freeHostIds.length === 0 && <option disabled>{words.leave.nobodyFree}</option>}
                <option value="cancel">{words.leave.cancel}</option>
              </select>
            </div>
            {problem && (
              <p class="problem-line" role="alert">
                {text.errors[problem]}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Carries the choices out one by one, for whoever leaves these meetings; answers those that were refused, and why. */
export async function carryOut(
  desk: Desk,
  leavingId: MemberId,
  choices: MeetingChoicesMade,
): Promise<Map<MeetingId, ErrorCode>> {
  const refused = new Map<MeetingId, ErrorCode>();
  for (const [id, choice] of choices) {
    const code =
      choice === "cancel"
        ? await desk.members.cancelMeeting(id)
        : await desk.members.giveMeeting(id, choice, leavingId);
    if (code !== null) refused.set(id, code);
  }
  return refused;
}

import { useMemo, useState } from "preact/hooks";
import type { TeamMeeting } from "../../shared/model/meetings.ts";
import { DAY } from "../../shared/time/local-day.ts";
import type { Desk } from "../models/desk.ts";
import { fullName } from "../models/team.ts";
import { text } from "../text.ts";
import { browserZone, clockRange, shortDay } from "../time-text.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { WeekGrid } from "../ui/WeekGrid.tsx";
import { WeekTurner } from "../ui/WeekTurner.tsx";
import { createWeeks } from "../week.ts";
import { MeetingRow } from "./MeetingRow.tsx";

type MeetingsWeekProps = { desk: Desk; onCancel: (meeting: TeamMeeting) => void };

/** The week's meetings on the wall, in the browser's zone. */
export function MeetingsWeek({ desk, onCancel }: MeetingsWeekProps) {
  const weeks = useMemo(() => createWeeks(), []);
  const now = desk.ticker.slowNow.value;
  const [at, setAt] = useState(now);
  const [looked, setLooked] = useState<TeamMeeting | null>(null);
  const days = weeks.daysOf(at, browserZone);
  const start = weeks.startOf(days[0] ?? "", browserZone);
  const end = weeks.turn(at, 1, browserZone);
  const shown = desk.meetings.shown.value.filter((meeting) => meeting.startAt < end && meeting.endAt > start);
  return (
    <>
      <WeekTurner
        title={`${shortDay(start)} - ${shortDay(end - DAY / 2)}`}
        onTurn={(by) => setAt(weeks.turn(at, by, browserZone))}
        onToday={() => setAt(now)}
      />
      <WeekGrid
        label={text.meetings.week}
        weeks={weeks}
        days={days}
        zone={browserZone}
        now={now}
        none={text.meetings.none}
        hourHeight={58}
        blocks={shown.map((meeting) => ({
          key: meeting.id,
          startAt: meeting.startAt,
          endAt: meeting.endAt,
          look:
            meeting.state === "cancelled"
              ? "cancelled"
              : meeting.hostId === desk.myId.value
                ? "own"
                : "meeting",
          content: <Block desk={desk} meeting={meeting} onLook={() => setLooked(meeting)} />,
        }))}
      />
      {looked && (
        <Dialog title={text.meetings.with(looked.guestName)} size="wide" onClose={() => setLooked(null)}>
          <MeetingRow
            desk={desk}
            meeting={looked}
            now={now}
            onCancel={(meeting) => {
              setLooked(null);
              onCancel(meeting);
            }}
          />
        </Dialog>
      )}
    </>
  );
}

type BlockProps = { desk: Desk; meeting: TeamMeeting; onLook: () => void };

function Block({ desk, meeting, onLook }: BlockProps) {
  const host = desk.team.byId.value.get(meeting.hostId);
  const time = clockRange(meeting.startAt, meeting.endAt);
  const isOff = meeting.state === "cancelled";
  return (
    <button type="button" class="week-button" onClick={onLook}>
      <span class="fy-hidden">{time} </span>
      <b class="cut">{meeting.guestName}</b>
      <span class="cut">{host && fullName(host)}</span>
      {isOff && <span class="fy-hidden"> {text.meetings.cancelled}</span>}
    </button>
  );
}

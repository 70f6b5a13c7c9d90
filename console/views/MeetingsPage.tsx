import { useEffect, useState } from "preact/hooks";
import type { TeamMeeting } from "../../shared/model/meetings.ts";
import { takesSeat } from "../../shared/model/people.ts";
import type { Desk } from "../models/desk.ts";
import type { MeetingsTab } from "../models/meetings.ts";
import { text } from "../text.ts";
import { dayIn, dayWords } from "../time-text.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { CancelMeetingDialog } from "./CancelMeetingDialog.tsx";
import { MeetingRow } from "./MeetingRow.tsx";
import { MeetingsWeek } from "./MeetingsWeek.tsx";

const tabs: readonly MeetingsTab[] = ["upcoming", "week", "past"];

export function MeetingsPage({ desk }: { desk: Desk }) {
  const { meetings } = desk;
  const [cancelling, setCancelling] = useState<TeamMeeting | null>(null);
  useEffect(() => void meetings.load(), [meetings]);
  const tab = meetings.tab.value;
  const isChatting = desk.session.value.member.role !== "meetings_only";
  const ahead = isChatting ? text.meetings.emptyUpcoming : text.meetings.emptyForHosts;
  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1>{text.meetings.title}</h1>
        </div>
        {takesSeat(desk.session.value.member.role) && (
          <label class="check">
            <input
              type="checkbox"
              checked={meetings.isMineOnly.value}
              onChange={(event) => meetings.showMineOnly(event.currentTarget.checked)}
            />
            {text.meetings.mine}
          </label>
        )}
        <Segmented
          label={text.meetings.choose}
          value={tab}
          segments={tabs.map((value) => ({ value, label: text.meetings.tabs[value] }))}
          onChange={(next) => meetings.show(next)}
        />
      </header>
      <div class="page-body">
        <Problem code={meetings.problem.value} onRetry={() => void meetings.load()} />
        {!meetings.isLoaded.value ? (
          !meetings.problem.value && <div class="skeleton" aria-hidden="true" />
        ) : tab === "week" ? (
          <MeetingsWeek desk={desk} onCancel={setCancelling} />
        ) : (
          <MeetingList
            desk={desk}
            list={tab === "upcoming" ? meetings.upcoming.value : meetings.past.value}
            empty={tab === "upcoming" ? ahead : text.meetings.emptyPast}
            onCancel={setCancelling}
          />
        )}
      </div>
      {cancelling && (
        <CancelMeetingDialog desk={desk} meeting={cancelling} onClose={() => setCancelling(null)} />
      )}
    </div>
  );
}

type MeetingListProps = {
  desk: Desk;
  list: readonly TeamMeeting[];
  empty: readonly string[];
  onCancel: (meeting: TeamMeeting) => void;
};

/** Meetings under the day they fall on. */
function MeetingList({ desk, list, empty, onCancel }: MeetingListProps) {
  const now = desk.ticker.slowNow.value;
  if (list.length === 0) {
    return (
      <Empty icon="meetings" title={empty[0] ?? ""}>
        <p>{empty[1]}</p>
      </Empty>
    );
  }
  const days: { day: string; meetings: TeamMeeting[] }[] = [];
  for (const meeting of list) {
    const day = dayIn(meeting.startAt);
    const last = days.at(-1);
    if (last?.day === day) last.meetings.push(meeting);
    else days.push({ day, meetings: [meeting] });
  }
  return (
    <div class="agenda">
      {days.map(({ day, meetings }) => (
        <section key={day}>
          <h2>{dayWords(meetings[0]?.startAt ?? now, now, text.common)}</h2>
          <ul>
            {meetings.map((meeting) => (
              <li key={meeting.id}>
                <MeetingRow desk={desk} meeting={meeting} now={now} onCancel={onCancel} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

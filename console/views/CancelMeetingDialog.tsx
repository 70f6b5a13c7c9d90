import type { TeamMeeting } from "../../shared/model/meetings.ts";
import type { Desk } from "../models/desk.ts";
import { text } from "../text.ts";
import { clockRange, longDay } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { hostName } from "./MeetingRow.tsx";

type CancelMeetingDialogProps = { desk: Desk; meeting: TeamMeeting; onClose: () => void };

export function CancelMeetingDialog({ desk, meeting, onClose }: CancelMeetingDialogProps) {
  const { meetings, notices } = desk;
  const submit = async () => {
    if (!(await meetings.cancel(meeting.id))) return;
    notices.say(text.meetings.cancelDone);
    onClose();
  };
  return (
    <Dialog
      title={text.meetings.cancelTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" autoFocus onClick={onClose}>
            {text.meetings.keep}
          </Button>
          <Button look="danger" isBusy={meetings.cancelling.value !== null} onClick={() => void submit()}>
            {text.meetings.cancel}
          </Button>
        </>
      }
    >
      <p>
        <strong>
          {longDay(meeting.startAt)}, {clockRange(meeting.startAt, meeting.endAt)}
        </strong>
        <br />
        {meeting.guestName} {text.meetings.with(hostName(desk, meeting.hostId))}
      </p>
      <p>{text.meetings.cancelWords(meeting.guestName)}</p>
      <Problem code={meetings.problem.value} />
    </Dialog>
  );
}

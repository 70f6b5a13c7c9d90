import { useState } from "preact/hooks";
import type { MeetingId } from "../../shared/model/ids.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { MemberLine } from "../../shared/protocol/member-routes.ts";
import type { Desk } from "../models/desk.ts";
import { memberName } from "../models/members.ts";
import { membersText as words } from "../text/members.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";
import { carryOut, MeetingChoices, type MeetingChoicesMade } from "./MeetingChoices.tsx";
import { useLeaving } from "./use-leaving.ts";

type MoveMeetingsDialogProps = { desk: Desk; member: MemberLine; onClose: () => void };

/** What a deactivated member has left in the calendar. */
export function MoveMeetingsDialog({ desk, member, onClose }: MoveMeetingsDialogProps) {
  const { leaving, problem, load } = useLeaving(desk, member.id);
  const [choices, setChoices] = useState<MeetingChoicesMade>(new Map());
  const [refused, setRefused] = useState<ReadonlyMap<MeetingId, ErrorCode>>(new Map());
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    const left = await carryOut(desk, member.id, choices);
    setRefused(left);
    setChoices(new Map());
    await Promise.all([load(), desk.members.load()]);
    setBusy(false);
    if (left.size > 0) return;
    desk.notices.say(words.move.done);
    onClose();
  };
  return (
    <Dialog
      title={words.move.title(memberName(member))}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" autoFocus onClick={onClose}>
            {text.common.close}
          </Button>
          <Button
            look="primary"
            isBusy={isBusy}
            isDisabled={choices.size === 0}
            onClick={() => void submit()}
          >
            {words.move.apply}
          </Button>
        </>
      }
    >
      <p>{leaving?.meetings.length === 0 ? words.move.none : words.move.words}</p>
      <Problem code={problem} onRetry={() => void load()} />
      {!leaving && !problem && <div class="skeleton" aria-hidden="true" />}
      {leaving && (
        <MeetingChoices
          desk={desk}
          meetings={leaving.meetings}
          choices={choices}
          problems={refused}
          onChange={setChoices}
        />
      )}
      {leaving && leaving.meetings.length > 0 && <p class="soft small">{words.leave.guestIsTold}</p>}
    </Dialog>
  );
}

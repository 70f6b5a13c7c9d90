import { useState } from "preact/hooks";
import type { MeetingId, MemberId } from "../../shared/model/ids.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { MemberLine } from "../../shared/protocol/member-routes.ts";
import type { Desk } from "../models/desk.ts";
import { memberName } from "../models/members.ts";
import { membersText as words } from "../text/members.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ChatsTo } from "./ChatsTo.tsx";
import { carryOut, MeetingChoices, type MeetingChoicesMade } from "./MeetingChoices.tsx";
import { useLeaving } from "./use-leaving.ts";

type DeactivateDialogProps = { desk: Desk; member: MemberLine; onClose: () => void };

/** Ends a member's access, with what they have open in view: chats and meetings find somebody else. */
export function DeactivateDialog({ desk, member, onClose }: DeactivateDialogProps) {
  const { leaving, problem: loadProblem, load } = useLeaving(desk, member.id);
  const [chatsTo, setChatsTo] = useState<MemberId | null>(null);
  const [choices, setChoices] = useState<MeetingChoicesMade>(new Map());
  const [refused, setRefused] = useState<ReadonlyMap<MeetingId, ErrorCode>>(new Map());
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isDone, setDone] = useState(false);
  const name = memberName(member);
  const isMe = member.id === desk.myId.value;
  const submit = async () => {
    setBusy(true);
    // First the person, then the meetings: nobody is told by mail of what was not done.
    const code = isDone ? null : await desk.members.deactivate(member.id, chatsTo);
    setProblem(code);
    if (code === "unavailable") {
      setChatsTo(null);
      await load();
    }
    if (code !== null) return setBusy(false);
    setDone(true);
    const left = await carryOut(desk, member.id, choices);
    setRefused(left);
    setBusy(false);
    await desk.members.load();
    if (left.size > 0) return load();
    desk.notices.say(words.leave.done(name));
    onClose();
  };
  const failed = problem ?? loadProblem;
  return (
    <Dialog
      title={isDone ? words.move.title(name) : words.leave.title(name)}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" autoFocus onClick={onClose}>
            {isDone ? text.common.close : text.common.cancel}
          </Button>
          <Button
            look={isDone ? "primary" : "danger"}
            isBusy={isBusy}
            isDisabled={!leaving}
            onClick={() => void submit()}
          >
            {isDone ? words.move.apply : words.leave.confirm}
          </Button>
        </>
      }
    >
      {!isDone && <p>{isMe ? words.leave.self : words.leave.words(name)}</p>}
      {!leaving && !loadProblem && <div class="skeleton" aria-hidden="true" />}
      {leaving && !isDone && (
        <ChatsTo desk={desk} leaving={leaving} chatsTo={chatsTo} onChange={setChatsTo} />
      )}
      {leaving && leaving.meetings.length > 0 && (
        <section class="leave-part">
          <h3>{words.leave.meetings(leaving.meetings.length)}</h3>
          <p class="soft small">{words.leave.meetingWords}</p>
          <MeetingChoices
            desk={desk}
            meetings={leaving.meetings}
            choices={choices}
            problems={refused}
            onChange={setChoices}
          />
          <p class="soft small">{words.leave.guestIsTold}</p>
        </section>
      )}
      {leaving && leaving.invitations > 0 && !isDone && (
        <p class="soft">{words.leave.invitations(leaving.invitations)}</p>
      )}
      {leaving && leaving.chats.length + leaving.meetings.length === 0 && (
        <p class="soft">{words.leave.nothing}</p>
      )}
      {failed && (
        <p class="problem-line" role="alert">
          {failed === "unavailable" && chatsTo !== null ? words.leave.colleagueGone : text.errors[failed]}
        </p>
      )}
    </Dialog>
  );
}

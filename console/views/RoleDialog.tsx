import { useState } from "preact/hooks";
import type { MemberId } from "../../shared/model/ids.ts";
import { type Role, takesSeat } from "../../shared/model/people.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { MemberLine } from "../../shared/protocol/member-routes.ts";
import type { Desk } from "../models/desk.ts";
import { memberName } from "../models/members.ts";
import { membersText as words } from "../text/members.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { ChatsTo } from "./ChatsTo.tsx";
import { useLeaving } from "./use-leaving.ts";

type RoleDialogProps = { desk: Desk; member: MemberLine; role: Role; onClose: () => void };

/** Before a role is taken that ends something: open chats, or one's own place on this page. */
export function RoleDialog({ desk, member, role, onClose }: RoleDialogProps) {
  const { leaving, problem: loadProblem } = useLeaving(desk, member.id);
  const [chatsTo, setChatsTo] = useState<MemberId | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [isBusy, setBusy] = useState(false);
  const name = memberName(member);
  const isMe = member.id === desk.myId.value;
  const endsChats = !takesSeat(role);
  const submit = async () => {
    setBusy(true);
    const code = await desk.members.changeRole(member.id, role, endsChats ? chatsTo : null);
    setBusy(false);
    setProblem(code);
    if (code !== null) return;
    desk.notices.say(words.roleChanged(name, text.roles[role]));
    onClose();
  };
  const failed = problem ?? loadProblem;
  return (
    <Dialog
      title={isMe ? words.selfRole.title : words.roleDialog.title(name)}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" autoFocus onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button
            look="primary"
            isBusy={isBusy}
            isDisabled={endsChats && !leaving}
            onClick={() => void submit()}
          >
            {words.roleDialog.confirm}
          </Button>
        </>
      }
    >
      <p>{isMe ? words.selfRole.words(text.roles[role]) : words.roleDialog.words(name)}</p>
      {endsChats && leaving && (
        <ChatsTo desk={desk} leaving={leaving} chatsTo={chatsTo} onChange={setChatsTo} />
      )}
      {failed && (
        <p class="problem-line" role="alert">
          {failed === "unavailable" ? words.leave.colleagueGone : text.errors[failed]}
        </p>
      )}
    </Dialog>
  );
}

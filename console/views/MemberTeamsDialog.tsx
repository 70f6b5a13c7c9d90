import { useState } from "preact/hooks";
import type { TeamId } from "../../shared/model/ids.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { MemberLine } from "../../shared/protocol/member-routes.ts";
import type { Desk } from "../models/desk.ts";
import { memberName } from "../models/members.ts";
import { membersText as words } from "../text/members.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

type MemberTeamsDialogProps = { desk: Desk; member: MemberLine; onClose: () => void };

/** Which teams a member is in. */
export function MemberTeamsDialog({ desk, member, onClose }: MemberTeamsDialogProps) {
  const teams = desk.members.teams.value ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<TeamId>>(new Set(member.teamIds));
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [isBusy, setBusy] = useState(false);
  const toggle = (id: TeamId, isIn: boolean) => {
    const next = new Set(chosen);
    if (isIn) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const submit = async () => {
    setBusy(true);
    const code = await desk.members.setTeams(member.id, [...chosen]);
    setBusy(false);
    setProblem(code);
    if (code === null) onClose();
  };
  const toTeams = () => {
    onClose();
    desk.places.go({ page: "members", conversationId: null, section: "teams" });
  };
  return (
    <Dialog
      title={words.teamsOf(memberName(member))}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {text.common.cancel}
          </Button>
          {teams.length === 0 ? (
            <Button look="primary" onClick={toTeams}>
              {words.teams.new}
            </Button>
          ) : (
            <Button look="primary" isBusy={isBusy} onClick={() => void submit()}>
              {text.common.save}
            </Button>
          )}
        </>
      }
    >
      {teams.length === 0 ? (
        <div class="dialog-none">
          <p class="strong">{words.teams.emptyTitle}</p>
          <p class="soft">{words.teams.emptyWords}</p>
        </div>
      ) : (
        <fieldset class="choices">
          <legend class="fy-hidden">{words.chooseTeams(memberName(member))}</legend>
          {teams.map((team, at) => (
            <label key={team.id} class="choice">
              <input
                type="checkbox"
                autofocus={at === 0}
                checked={chosen.has(team.id)}
                onChange={(event) => toggle(team.id, event.currentTarget.checked)}
              />
              <span class="choice-words">
                <span class="break" dir="auto">
                  {team.name}
                </span>
                <span class="soft small">{words.teams.members(team.memberIds.length)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {problem && (
        <p class="problem-line" role="alert">
          {text.errors[problem]}
        </p>
      )}
    </Dialog>
  );
}

import { useState } from "preact/hooks";
import type { MemberId } from "../../shared/model/ids.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { TeamView } from "../../shared/protocol/member-routes.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Desk } from "../models/desk.ts";
import { shownMembers } from "../models/member-list.ts";
import { memberName } from "../models/members.ts";
import { membersText as words } from "../text/members.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

type TeamDialogProps = {
  desk: Desk;
  /** Null: a new one. */
  team: TeamView | null;
  onClose: () => void;
};

/** So many members can be looked through without a search. */
const fewMembers = 8;

/** Name and members of a team. */
export function TeamDialog({ desk, team, onClose }: TeamDialogProps) {
  const { members: model, notices } = desk;
  const [name, setName] = useState(team?.name ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<MemberId>>(new Set(team?.memberIds ?? []));
  const [search, setSearch] = useState("");
  const [isRemoving, setRemoving] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [isBusy, setBusy] = useState(false);
  const filter = { words: search, role: null, isActive: true };
  const people = shownMembers(model.members.value, [], filter, { by: "name", isDown: false });
  const toggle = (id: MemberId, isIn: boolean) => {
    const next = new Set(chosen);
    if (isIn) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const run = async (work: Promise<ErrorCode | null>, done: string) => {
    setBusy(true);
    const code = await work;
    setBusy(false);
    setProblem(code);
    if (code !== null) return;
    notices.say(done);
    onClose();
  };
  const save = () => run(model.saveTeam(team?.id ?? null, name, [...chosen]), words.teams.saved);
  if (team && isRemoving) {
    return (
      <Dialog
        key="remove"
        title={words.teams.removeTitle(team.name)}
        onClose={onClose}
        actions={
          <>
            <Button look="quiet" autoFocus onClick={onClose}>
              {text.common.cancel}
            </Button>
            <Button
              look="danger"
              isBusy={isBusy}
              onClick={() => void run(model.removeTeam(team.id), words.teams.removed)}
            >
              {words.teams.remove}
            </Button>
          </>
        }
      >
        <p>{words.teams.removeWords}</p>
        {problem && (
          <p class="problem-line" role="alert">
            {text.errors[problem]}
          </p>
        )}
      </Dialog>
    );
  }
  return (
    <Dialog
      key="change"
      title={team ? words.teams.titleChange : words.teams.titleNew}
      onClose={onClose}
      actions={
        <>
          {team && (
            <Button look="quiet" icon="trash" class="team-remove" onClick={() => setRemoving(true)}>
              {words.teams.remove}
            </Button>
          )}
          <Button look="quiet" onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button look="primary" isBusy={isBusy} isDisabled={name.trim() === ""} onClick={() => void save()}>
            {words.teams.save}
          </Button>
        </>
      }
    >
      <label class="field">
        <span>{words.teams.name}</span>
        <input
          value={name}
          maxLength={limits.teamNameChars}
          placeholder={words.teams.namePlaceholder}
          autofocus
          dir="auto"
          onInput={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && name.trim() !== "" && !isBusy) void save();
          }}
        />
        {problem && (
          <span class="field-problem" role="alert">
            {problem === "taken" ? words.teams.taken : text.errors[problem]}
          </span>
        )}
      </label>
      <fieldset class="team-members">
        <legend>
          {words.teams.who} <span class="soft">{words.teams.chosen(chosen.size)}</span>
        </legend>
        {model.activeCount.value > fewMembers && (
          <input
            class="search"
            type="search"
            aria-label={words.teams.search}
            placeholder={words.teams.search}
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        <div class="choices team-choices">
          {people.map((member) => (
            <label key={member.id} class="choice">
              <input
                type="checkbox"
                checked={chosen.has(member.id)}
                onChange={(event) => toggle(member.id, event.currentTarget.checked)}
              />
              <Avatar card={member} size={30} />
              <span class="choice-words">
                <span class="cut" dir="auto">
                  {memberName(member)}
                </span>
                <span class="soft small cut">{member.jobTitle || text.roles[member.role]}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </Dialog>
  );
}

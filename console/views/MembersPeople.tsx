import { useState } from "preact/hooks";
import type { Role } from "../../shared/model/people.ts";
import type { Desk } from "../models/desk.ts";
import type { MemberSort } from "../models/member-list.ts";
import type { Doing } from "../models/members.ts";
import { membersText as words } from "../text/members.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { DeactivateDialog } from "./DeactivateDialog.tsx";
import { MemberRow } from "./MemberRow.tsx";
import { MemberTeamsDialog } from "./MemberTeamsDialog.tsx";
import { MoveMeetingsDialog } from "./MoveMeetingsDialog.tsx";
import { RoleDialog } from "./RoleDialog.tsx";

const roles: readonly Role[] = ["admin", "rep", "meetings_only"];

/** The members table; on a phone each is a card. */
export function MembersPeople({ desk }: { desk: Desk }) {
  const { members: model } = desk;
  const [doing, setDoing] = useState<Doing | null>(null);
  const filter = model.filter.value;
  const shown = model.shown.value;
  const now = desk.ticker.slowNow.value;
  const done = () => setDoing(null);
  return (
    <div class="members">
      <div class="members-tools">
        <input
          class="search members-search"
          type="search"
          data-search
          aria-label={words.search}
          placeholder={words.search}
          value={filter.words}
          onInput={(event) => model.look({ words: event.currentTarget.value })}
        />
        <select
          class="search members-role"
          aria-label={words.role}
          value={filter.role ?? ""}
          onChange={(event) =>
            model.look({ role: roles.find((role) => role === event.currentTarget.value) ?? null })
          }
        >
          <option value="">{words.allRoles}</option>
          {roles.map((role) => (
            <option key={role} value={role}>
              {text.roles[role]}
            </option>
          ))}
        </select>
        <Segmented
          label={words.choose}
          value={filter.isActive ? "active" : "deactivated"}
          segments={[
            { value: "active", label: words.states.active, count: model.activeCount.value },
            { value: "deactivated", label: words.states.deactivated, count: model.inactiveCount.value },
          ]}
          onChange={(state) => model.look({ isActive: state === "active" })}
        />
        {model.isLoaded.value && (
          <span class="members-seats small soft" title={words.seatsHint}>
            {words.seats(model.seats.value)}
          </span>
        )}
      </div>
      <Problem code={model.problem.value} onRetry={() => void model.load()} />
      {!model.isLoaded.value ? (
        !model.problem.value && <div class="skeleton" aria-hidden="true" />
      ) : shown.length === 0 ? (
        <NoMembers desk={desk} />
      ) : (
        <table class="members-table">
          <thead>
            <tr>
              <SortHead desk={desk} by="name" />
              <SortHead desk={desk} by="role" />
              <th scope="col">{words.columns.teams}</th>
              <SortHead desk={desk} by="seen" />
              <SortHead desk={desk} by="needs" />
              <th scope="col">
                <span class="fy-hidden">{words.menuColumn}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((member) => (
              <MemberRow key={member.id} desk={desk} member={member} now={now} onDo={setDoing} />
            ))}
          </tbody>
        </table>
      )}
      {doing?.kind === "role" && (
        <RoleDialog desk={desk} member={doing.member} role={doing.role} onClose={done} />
      )}
      {doing?.kind === "teams" && <MemberTeamsDialog desk={desk} member={doing.member} onClose={done} />}
      {doing?.kind === "deactivate" && <DeactivateDialog desk={desk} member={doing.member} onClose={done} />}
      {doing?.kind === "move" && <MoveMeetingsDialog desk={desk} member={doing.member} onClose={done} />}
    </div>
  );
}

function SortHead({ desk, by }: { desk: Desk; by: MemberSort["by"] }) {
  const { members: model } = desk;
  const sort = model.sort.value;
  const isSorted = sort.by === by;
  return (
    <th scope="col" aria-sort={isSorted ? (sort.isDown ? "descending" : "ascending") : undefined}>
      <button type="button" class="members-sort" onClick={() => model.sortBy(by)}>
        {words.columns[by]}
        <span class={sort.isDown ? "members-way members-way-down" : "members-way"} aria-hidden="true">
          {isSorted && <Icon name="next" size={13} />}
        </span>
      </button>
    </th>
  );
}

function NoMembers({ desk }: { desk: Desk }) {
  const { members: model } = desk;
  const { words: search, role, isActive } = model.filter.value;
  const isNarrowed = search.trim() !== "" || role !== null;
  const [title, hint] = !isNarrowed && !isActive ? words.none.noInactive : words.none.noMatch;
  return (
    <Empty icon="person" title={title ?? ""}>
      <p>{hint}</p>
      <Button onClick={() => model.look({ words: "", role: null, isActive: true })}>{words.showAll}</Button>
    </Empty>
  );
}

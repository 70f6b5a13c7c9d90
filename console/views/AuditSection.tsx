import { useEffect } from "preact/hooks";
import type { MemberId } from "../../shared/model/ids.ts";
import { type AuditGroup, type AuditLine, auditGroups } from "../../shared/protocol/audit.ts";
import type { Audit } from "../models/audit.ts";
import type { Desk } from "../models/desk.ts";
import { auditText, auditWords, withoutActor } from "../text/audit.ts";
import { text } from "../text.ts";
import { clockTime, dayIn, dayWords, exactTime } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";

/** Who did what, newest first. */
export function AuditSection({ desk }: { desk: Desk }) {
  const { audit, ticker } = desk;
  useEffect(() => void audit.load(), [audit]);
  const lines = audit.lines.value;
  const isNarrowed = audit.isNarrowed.value;
  return (
    <div class="audit">
      <div class="audit-head">
        <p class="soft">{auditText.lead}</p>
        <a class="button button-plain button-normal" href={audit.csvPath.value} download>
          <Icon name="copy" size={17} />
          {auditText.download}
        </a>
      </div>
      <AuditFilters audit={audit} />
      <Problem code={audit.problem.value} onRetry={() => void audit.load()} />
      {lines?.length === 0 ? (
        <Empty icon="search" title={isNarrowed ? auditText.emptyTitle : auditText.noneTitle}>
          <p>{isNarrowed ? auditText.emptyWords : auditText.noneWords}</p>
          {isNarrowed && <Button onClick={() => void audit.clear()}>{auditText.clear}</Button>}
        </Empty>
      ) : (
        <section aria-label={auditText.list} aria-busy={audit.isLoading.value}>
          {daysOf(lines ?? []).map(({ day, of }) => (
            <div key={day} class="audit-day">
              <h2>{dayWords(of[0]?.at ?? 0, ticker.slowNow.value, text.common)}</h2>
              <ol>
                {of.map((line) => (
                  <AuditRow key={line.id} line={line} />
                ))}
              </ol>
            </div>
          ))}
          {audit.hasMore.value && (
            <Button isBusy={audit.isLoading.value} onClick={() => void audit.more()}>
              {audit.isLoading.value ? auditText.loading : auditText.more}
            </Button>
          )}
        </section>
      )}
    </div>
  );
}

function AuditRow({ line }: { line: AuditLine }) {
  return (
    <li class="audit-line">
      <time dateTime={new Date(line.at).toISOString()} title={exactTime(line.at)}>
        {clockTime(line.at)}
      </time>
      <p>
        <strong>
          <bdi>{line.actorName ?? withoutActor(line)}</bdi>
        </strong>{" "}
        {auditWords[line.action](line)}
      </p>
    </li>
  );
}

function AuditFilters({ audit }: { audit: Audit }) {
  const { person, group, fromDay, toDay } = audit.narrow.value;
  return (
    <div class="audit-filters">
      <label class="field">
        <span>{auditText.person}</span>
        <select
          class="select"
          value={person ?? ""}
          onChange={(event) => {
            const { value } = event.currentTarget;
            void audit.set({ person: value === "" ? null : (value as MemberId) }); // An option of ours.
          }}
        >
          <option value="">{auditText.everybody}</option>
          {audit.people.value.map(({ id, name, isActive }) => (
            <option key={id} value={id}>
              {isActive ? name : auditText.left(name)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{auditText.group}</span>
        <select
          class="select"
          value={group ?? ""}
          onChange={(event) => {
            const { value } = event.currentTarget;
            void audit.set({ group: value === "" ? null : (value as AuditGroup) }); // An option of ours.
          }}
        >
          <option value="">{auditText.everything}</option>
          {auditGroups.map((each) => (
            <option key={each} value={each}>
              {auditText.groups[each]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{auditText.from}</span>
        <input
          type="date"
          value={fromDay ?? ""}
          max={toDay ?? undefined}
          onChange={(event) => void audit.set({ fromDay: event.currentTarget.value || null })}
        />
      </label>
      <label class="field">
        <span>{auditText.to}</span>
        <input
          type="date"
          value={toDay ?? ""}
          min={fromDay ?? undefined}
          onChange={(event) => void audit.set({ toDay: event.currentTarget.value || null })}
        />
      </label>
      {audit.isNarrowed.value && (
        <Button look="quiet" onClick={() => void audit.clear()}>
          {auditText.clear}
        </Button>
      )}
    </div>
  );
}

function daysOf(lines: readonly AuditLine[]): { day: string; of: AuditLine[] }[] {
  const days: { day: string; of: AuditLine[] }[] = [];
  for (const line of lines) {
    const day = dayIn(line.at);
    const last = days.at(-1);
    if (last?.day === day) last.of.push(line);
    else days.push({ day, of: [line] });
  }
  return days;
}

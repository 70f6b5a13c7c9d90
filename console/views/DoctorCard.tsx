import { useEffect } from "preact/hooks";
import type { DoctorLine } from "../../shared/protocol/connection-routes.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Desk } from "../models/desk.ts";
import { isAiling } from "../models/doctor.ts";
import { memberName } from "../models/members.ts";
import { connectionsText } from "../text/connections.ts";
import { integrationsText } from "../text/integrations.ts";
import { text } from "../text.ts";
import { whenText } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { ProviderMark } from "../ui/ProviderMark.tsx";

const words = integrationsText.doctor;

/** Whom guests cannot book, and why; the newest problem first. */
export function DoctorCard({ desk }: { desk: Desk }) {
  const { doctor, members } = desk;
  useEffect(() => {
    void doctor.load();
    void members.load();
  }, [doctor, members]);
  const all = doctor.members.value;
  const troubled = doctor.troubled.value;
  const connected = all?.reduce((sum, line) => sum + line.connections.length, 0) ?? 0;
  return (
    <section class="card">
      <div class="settings-head">
        <h2>{words.title}</h2>
        <Button
          size="small"
          look="quiet"
          isBusy={doctor.isLoading.value && all !== null}
          onClick={() => void doctor.load()}
        >
          {words.again}
        </Button>
      </div>
      <p class="soft small">{words.lead}</p>
      <Problem code={doctor.problem.value} onRetry={() => void doctor.load()} />
      {!all && !doctor.problem.value && <div class="skeleton" aria-busy="true" />}
      {all && troubled.length === 0 && (
        <div class="doctor-fine">
          <Icon name="check" />
          <p>
            <strong>{words.fine}</strong>
            <span>{words.fineWords(connected)}</span>
          </p>
        </div>
      )}
      {troubled.length > 0 && (
        <table class="doctor">
          <thead>
            <tr>
              <th scope="col">{words.columns.member}</th>
              <th scope="col">{words.columns.state}</th>
              <th scope="col">{words.columns.account}</th>
            </tr>
          </thead>
          <tbody>
            {troubled.map((line) => (
              <Line key={line.memberId} desk={desk} line={line} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Line({ desk, line }: { desk: Desk; line: DoctorLine }) {
  const member = desk.members.members.value.find(({ id }) => id === line.memberId);
  const name = member ? memberName(member) : text.common.somebody;
  const now = desk.ticker.slowNow.value;
  const others = line.connections.flatMap(({ problem }) =>
    problem !== null && !line.reasons.includes(problem) ? [problem] : [],
  );
  const all = [...line.reasons, ...new Set(others)].map((reason) => connectionsText.reasons[reason]);
  return (
    <tr class={isAiling(line) ? "doctor-line doctor-ailing" : "doctor-line"}>
      <th scope="row">
        <span class="doctor-person">
          {member && <Avatar card={member} size={30} />}
          <span class="cut" dir="auto" title={name}>
            {name}
          </span>
        </span>
      </th>
      <td data-label={words.columns.state}>
        <span class={line.reasons.length > 0 ? "tag tag-waiting" : "tag"}>
          {line.reasons.length > 0 ? words.unbookable : words.bookable}
        </span>
        <span class="doctor-why">{sentence(all)}</span>
      </td>
      <td data-label={words.columns.account}>
        {line.connections.length === 0 && <span class="soft">{words.noAccount}</span>}
        {line.connections.map(({ id, provider, accountName, problem, goodAt }) => (
          <span key={id} class="doctor-account">
            <ProviderMark of={provider} size={24} />
            <span class="doctor-words">
              <span class="cut" title={accountName}>
                <bdi>{accountName}</bdi>
              </span>
              <span class="soft small">
                {problem === null
                  ? words.works
                  : `${words.columns.good}: ${goodAt === null ? words.never.toLowerCase() : whenText(goodAt, Math.max(goodAt, now))}`}
              </span>
            </span>
          </span>
        ))}
      </td>
    </tr>
  );
}

function sentence(parts: readonly string[]): string {
  const joined = parts.join("; ");
  return joined && `${joined[0]?.toUpperCase()}${joined.slice(1)}.`;
}

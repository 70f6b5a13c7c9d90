import type { InvitePreviewLine } from "../../shared/protocol/invitation-routes.ts";
import type { TeamView } from "../../shared/protocol/member-routes.ts";
import type { Desk } from "../models/desk.ts";
import { isProblem } from "../models/invitations.ts";
import { invitationText as words } from "../text/invitations.ts";
import { text } from "../text.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";

/** What sending will do, line by line: what has to be mended first, then the others as they stand in the text. */
export function InvitePreview({ desk }: { desk: Desk }) {
  const { invitations: model } = desk;
  const { lines, unreadTitles } = model.preview.value ?? { lines: [], unreadTitles: [] };
  const counts = model.counts.value;
  const code = model.wishProblem.value;
  const toMend = lines.filter(({ outcome }) => isProblem(outcome));
  const fine = lines.filter(({ outcome }) => !isProblem(outcome));
  const sends = counts.new + counts.again > 0;
  return (
    <>
      <p class="invite-counts" role="status">
        {counts.new > 0 && <span class="tag tag-now">{words.preview.counts.new(counts.new)}</span>}
        {counts.again > 0 && <span class="tag tag-now">{words.preview.counts.again(counts.again)}</span>}
        {counts.here > 0 && <span class="tag">{words.preview.counts.here(counts.here)}</span>}
        {counts.problems > 0 && (
          <span class="tag tag-danger">{words.preview.counts.problems(counts.problems)}</span>
        )}
      </p>
      {unreadTitles.length > 0 && (
        <p class="gate-warning gate-warning-strong" role="status">
          <Icon name="warning" size={17} />
          <span dir="auto">{words.preview.unread(unreadTitles, text.roles[model.wish.value.role])}</span>
        </p>
      )}
      {code && (
        <p class="problem-line" role="alert">
          {text.errors[code]}
        </p>
      )}
      {lines.length === 0 ? (
        <p class="dialog-none">{words.preview.empty}</p>
      ) : (
        !sends && <p class="dialog-none">{words.preview.nothing}</p>
      )}
      {toMend.length > 0 && sends && <p class="soft">{words.preview.lead(toMend.length)}</p>}
      {lines.length > 0 && (
        <ul class="invite-lines" aria-label={words.preview.list}>
          {[...toMend, ...fine].map((line, at) => (
            <PreviewLine key={at} teams={desk.members.teams.value ?? []} line={line} />
          ))}
        </ul>
      )}
    </>
  );
}

const icons: Readonly<Record<"send" | "rest" | "mend", IconName>> = {
  send: "mail",
  rest: "check",
  mend: "warning",
};

type PreviewLineProps = { teams: readonly TeamView[]; line: InvitePreviewLine };

function PreviewLine({ teams, line }: PreviewLineProps) {
  const { outcome, word, role } = line;
  const sends = outcome === "new" || outcome === "again";
  const kind = isProblem(outcome) ? "mend" : sends ? "send" : "rest";
  const names = teams.filter(({ id }) => line.teamIds.includes(id)).map(({ name }) => name);
  const said = words.outcomes[outcome];
  return (
    <li class={`invite-line invite-line-${kind}`}>
      <Icon name={icons[kind]} size={16} />
      <span class="invite-line-words">
        <span class="invite-line-email" dir="ltr">
          {line.email}
        </span>
        <span class="invite-line-outcome small">{word ? words.word(said, word) : said}</span>
      </span>
      {sends && role ? (
        <span class="invite-line-as small soft">
          <span>{text.roles[role]}</span>
          {names.length > 0 && <span class="cut">{names.join(", ")}</span>}
        </span>
      ) : (
        <span class="invite-line-as small soft">{words.preview.line(line.line)}</span>
      )}
    </li>
  );
}

import { useEffect, useState } from "preact/hooks";
import type { InvitationLine } from "../../shared/protocol/invitation-routes.ts";
import { DAY } from "../../shared/time/local-day.ts";
import type { Desk } from "../models/desk.ts";
import { invitationText as words } from "../text/invitations.ts";
import { text } from "../text.ts";
import { durationText } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";

/** Who is invited and has not joined yet. */
export function InvitationsSection({ desk }: { desk: Desk }) {
  const { invitations: model } = desk;
  const [revoking, setRevoking] = useState<InvitationLine | null>(null);
  useEffect(() => void model.load(), [model]);
  const lines = model.invitations.value;
  const revoke = async (line: InvitationLine) => {
    setRevoking(null);
    const code = await model.revoke(line.id);
    desk.notices.say(code ? (words.changeProblems[code] ?? text.errors[code]) : words.revokeDone(line.email));
  };
  return (
    <div class="invitations">
      <Problem code={model.problem.value} onRetry={() => void model.load()} />
      {!lines ? (
        !model.problem.value && <div class="skeleton" aria-hidden="true" />
      ) : lines.length === 0 ? (
        <Empty icon="mail" title={words.emptyTitle}>
          <p>{words.emptyWords}</p>
        </Empty>
      ) : (
        <>
          <p class="invitations-head soft">
            {words.lead} {desk.session.value.hasMailbox && <ToMailbox desk={desk} />}
          </p>
          <ul class="invitations-list" aria-label={words.list}>
            {lines.map((line) => (
              <li key={line.id}>
                <InvitationRow desk={desk} line={line} onRevoke={() => setRevoking(line)} />
              </li>
            ))}
          </ul>
        </>
      )}
      {revoking && (
        <Dialog
          title={words.revokeTitle}
          onClose={() => setRevoking(null)}
          actions={
            <>
              <Button look="quiet" autoFocus onClick={() => setRevoking(null)}>
                {words.keep}
              </Button>
              <Button look="danger" onClick={() => void revoke(revoking)}>
                {words.revoke}
              </Button>
            </>
          }
        >
          <p class="invitations-words">{words.revokeWords(revoking.email)}</p>
        </Dialog>
      )}
    </div>
  );
}

function ToMailbox({ desk }: { desk: Desk }) {
  return (
    <>
      {words.mailbox}{" "}
      <a
        href="/console/mailbox"
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          desk.places.go({ page: "mailbox", conversationId: null });
        }}
      >
        {words.toMailbox}
      </a>
    </>
  );
}

type InvitationRowProps = { desk: Desk; line: InvitationLine; onRevoke: () => void };

function InvitationRow({ desk, line, onRevoke }: InvitationRowProps) {
  const { invitations: model } = desk;
  const now = desk.ticker.now.value;
  const teams = (desk.members.teams.value ?? []).filter(({ id }) => line.teamIds.includes(id));
  const isPending = model.pending.value.has(line.id);
  const sendAgain = async () => {
    const code = await model.sendAgain(line.id);
    desk.notices.say(code ? (words.changeProblems[code] ?? text.errors[code]) : words.againDone(line.email));
  };
  const ago = now - line.sentAt < 60_000 ? "now" : durationText(now - line.sentAt);
  return (
    <article class="invitation-row" aria-label={line.email}>
      <div class="invitation-who">
        <p class="invitation-email" dir="ltr" title={line.email}>
          {line.email}
        </p>
        <p class="invitation-about soft small">
          <span>{words.sent(ago, line.invitedBy)}</span>
          {line.state !== "expired" && <span>{words.ends(leftText(line.expiresAt - now))}</span>}
        </p>
      </div>
      <p class="invitation-tags">
        {line.state === "expired" && <span class="tag tag-waiting">{words.expired}</span>}
        {line.state === "mail_problem" && <span class="tag tag-danger">{words.mailProblem}</span>}
        <span class={`role role-${line.role}`}>{text.roles[line.role]}</span>
        {teams.map((team) => (
          <span key={team.id} class="tag invitation-team" dir="auto">
            <span class="cut">{team.name}</span>
          </span>
        ))}
      </p>
      <div class="invitation-tools">
        <Button
          size="small"
          isBusy={isPending}
          label={words.againFor(line.email)}
          onClick={() => void sendAgain()}
        >
          {words.again}
        </Button>
        <Button
          look="quiet"
          size="small"
          isDisabled={isPending}
          hasPopup="dialog"
          label={words.revokeFor(line.email)}
          onClick={onRevoke}
        >
          {words.revoke}
        </Button>
      </div>
      {line.state === "mail_problem" && (
        <p class="invitation-problem problem-line">
          <Icon name="warning" size={16} />
          <span>{words.mailProblemWords((line.problem ?? "").replace(/\.$/, ""))}</span>
        </p>
      )}
    </article>
  );
}

/** To the day while there are some. */
function leftText(ms: number): string {
  return ms < 2 * DAY ? durationText(ms) : words.days(Math.round(ms / DAY));
}

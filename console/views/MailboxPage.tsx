import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import type { Mail } from "../models/mailbox.ts";
import { text } from "../text.ts";
import { agoText, dayTime } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { InvitationView } from "./InvitationView.tsx";

/** Mails that the demo keeps: as rendered, as text, and their invitation. */
export function MailboxPage({ desk, onSignOut }: { desk: Desk; onSignOut: () => void }) {
  const { mailbox } = desk;
  const admin = desk.team.members.value.find((member) => member.role === "admin");
  useEffect(() => {
    void mailbox.load();
    return () => mailbox.leave();
  }, [mailbox]);
  const mails = mailbox.mails.value;
  const openId = mailbox.openId.value;
  const mail = mailbox.mail.value;
  const now = desk.ticker.slowNow.value;
  const problem = mailbox.problem.value;
  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1>{text.mailbox.title}</h1>
          <p class="soft small">{text.mailbox.lead}</p>
        </div>
        <Button onClick={() => void mailbox.load()}>{text.mailbox.reload}</Button>
      </header>
      <div class={openId ? "page-body split split-deep" : "page-body split"}>
        <section class="split-list" aria-label={text.mailbox.list}>
          {problem === "forbidden" || problem === "not_found" ? (
            <Empty icon="mailbox" title={text.mailbox.notAllowed}>
              {problem === "forbidden" && (
                <>
                  <p>{admin ? text.mailbox.signInAs(admin.firstName) : text.mailbox.signInAsAdmin}</p>
                  <Button icon="signOut" onClick={onSignOut}>
                    {text.nav.signOut}
                  </Button>
                </>
              )}
            </Empty>
          ) : (
            <Problem code={problem} onRetry={() => void mailbox.load()} />
          )}
          {mails?.length === 0 && (
            <Empty icon="mailbox" title={text.mailbox.emptyTitle}>
              <p>{text.mailbox.emptyWords}</p>
            </Empty>
          )}
          <ul class="lines">
            {mails?.map((line) => (
              <li key={line.id}>
                <button
                  type="button"
                  class={openId === line.id ? "line line-open" : "line"}
                  aria-current={openId === line.id ? "true" : undefined}
                  onClick={() => void mailbox.open(line.id)}
                >
                  <span class="line-words">
                    <span class="line-top">
                      <span class="line-name cut">{line.subject}</span>
                      <time class="soft small">{agoText(line.createdAt, now)}</time>
                    </span>
                    <span class="line-bottom">
                      <span class="line-preview cut">{line.to}</span>
                      {line.problem && <Icon name="warning" size={15} />}
                      {line.hasInvitation && <Icon name="calendar" size={15} />}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
        {mail ? (
          <MailView key={mail.id} mail={mail} onBack={() => mailbox.leave()} />
        ) : (
          <div class="split-detail split-none">
            {mails && mails.length > 0 && <Empty icon="mail" title={text.mailbox.pick} />}
          </div>
        )}
      </div>
    </div>
  );
}

type View = "html" | "text" | "invitation";

function MailView({ mail, onBack }: { mail: Mail; onBack: () => void }) {
  const [view, setView] = useState<View>("html");
  const views: View[] = mail.invitation ? ["html", "text", "invitation"] : ["html", "text"];
  return (
    <article class="split-detail mail">
      <header class="mail-head">
        <Button look="quiet" icon="back" label={text.common.back} class="split-back" onClick={onBack} />
        <h2>{mail.subject}</h2>
        <p class="soft small">
          {text.mailbox.to} {mail.to} · {dayTime(mail.createdAt)}
          {!mail.sentAt && !mail.problem && ` · ${text.mailbox.waiting}`}
        </p>
        {mail.problem && (
          <p class="problem-line">
            {text.mailbox.problem} {mail.problem}
          </p>
        )}
        <Segmented
          label={text.mailbox.choose}
          value={view}
          segments={views.map((value) => ({ value, label: text.mailbox.views[value] }))}
          onChange={setView}
        />
      </header>
      {view === "html" && (
        // No scripts, no forms, an origin of its own; links open beside the console. A page from the server, because
        // srcdoc would inherit our policy, which forbids the inline styles that mails are made of.
        <iframe
          class="mail-frame"
          title={text.mailbox.frame}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          src={`/mail-preview/${mail.id}`}
        />
      )}
      {view === "text" && <pre class="mail-text">{mail.text}</pre>}
      {view === "invitation" && mail.invitation && <InvitationView file={mail.invitation} />}
    </article>
  );
}

import { useEffect } from "preact/hooks";
import type { SessionLine } from "../../shared/protocol/password-routes.ts";
import type { Desk } from "../models/desk.ts";
import { passwordText } from "../text/passwords.ts";
import { agoText, shortDay } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { ChangePassword } from "./ChangePassword.tsx";
import { PhoneCard } from "./PhoneCard.tsx";

const words = passwordText.signedIn;

/** Where I am signed in, and my password. */
export function SignInSection({ desk }: { desk: Desk }) {
  const { signedIn, notices } = desk;
  useEffect(() => {
    void signedIn.load();
    return () => signedIn.closeChange();
  }, [signedIn]);
  const sessions = signedIn.sessions.value;
  const ending = signedIn.ending.value;
  const hasOthers = (sessions?.length ?? 0) > 1;
  const endOthers = async () => {
    const ended = await signedIn.endOthers();
    if (ended !== null) notices.say(words.endedOthers(ended));
  };
  return (
    <div class="sign-ins">
      <section class="card" aria-labelledby="sign-ins-title">
        <div class="sign-ins-head">
          <div>
            <h2 id="sign-ins-title">{words.title}</h2>
            <p class="soft">{words.lead}</p>
          </div>
          {hasOthers && (
            <Button isBusy={ending === "others"} onClick={() => void endOthers()}>
              {words.endOthers}
            </Button>
          )}
        </div>
        <Problem code={signedIn.problem.value} onRetry={() => void signedIn.load()} />
        <ul class="sign-ins-list" aria-busy={sessions === null}>
          {sessions?.map((line) => (
            <Line
              key={line.id}
              line={line}
              now={desk.ticker.slowNow.value}
              isEnding={ending === line.id}
              onEnd={async () => {
                if (await signedIn.end(line.id)) notices.say(words.ended(nameOf(line)));
              }}
            />
          ))}
        </ul>
      </section>
      {sessions && <PhoneCard desk={desk} />}
      {sessions && <ChangePassword desk={desk} />}
    </div>
  );
}

type LineProps = { line: SessionLine; now: number; isEnding: boolean; onEnd: () => Promise<void> };

function Line({ line, now, isEnding, onEnd }: LineProps) {
  const name = nameOf(line);
  return (
    <li class="sign-ins-line">
      <span class="sign-ins-mark">
        <Icon name={iconOf(line)} size={20} />
      </span>
      <div class="sign-ins-words">
        <p class="sign-ins-name">
          <bdi>{name}</bdi>
          {line.isThis && <span class="tag tag-now">{words.thisOne}</span>}
        </p>
        <p class="soft small">
          {[
            words.kinds[line.kind],
            words.since(shortDay(line.createdAt)),
            line.isThis ? "" : usedText(line, now),
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </p>
      </div>
      {!line.isThis && (
        <Button size="small" isBusy={isEnding} label={words.endLabel(name)} onClick={() => void onEnd()}>
          {words.end}
        </Button>
      )}
    </li>
  );
}

function nameOf({ label }: SessionLine): string {
  return label === "" ? words.unnamed : label;
}

function iconOf({ kind, label }: SessionLine): IconName {
  if (kind === "app") return "keyboard";
  return kind === "phone" || /\b(iOS|Android)\b/.test(label) ? "phone" : "desktop";
}

/** Written down once a minute: who is younger than two is there now. */
function usedText({ seenAt }: SessionLine, now: number): string {
  const minutes = Math.floor((now - seenAt) / 60_000);
  if (minutes < 2) return words.now;
  return words.used(minutes < 60 ? words.minutesAgo(minutes) : agoText(seenAt, now));
}

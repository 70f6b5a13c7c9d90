import { useEffect, useId, useState } from "preact/hooks";
import type { ConnectionView } from "../../shared/model/connections.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { Desk } from "../models/desk.ts";
import { connectionsText } from "../text/connections.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Segmented } from "../ui/Segmented.tsx";

const words = connectionsText.caldav;
const kinds = ["nextcloud", "fastmail", "icloud", "other"] as const;
type Kind = (typeof kinds)[number];
/** Everybody's server is the same there. */
const known: Partial<Record<Kind, string>> = {
  fastmail: words.fastmail.server,
  icloud: words.icloud.server,
};
const fieldOf = {
  no_such_host: 0,
  private_host: 0,
  no_caldav: 0,
  no_calendar: 0,
  not_https: 0,
  no_answer: 0,
  wrong_password: 2,
};

type CalDavDialogProps = { desk: Desk; again: ConnectionView | null; onClose: () => void };

/** Server, user and app password of a calendar that speaks CalDAV. */
export function CalDavDialog({ desk, again, onClose }: CalDavDialogProps) {
  const { connections, setUp, notices } = desk;
  const [kind, setKind] = useState<Kind>(again ? "other" : "nextcloud");
  const [server, setServer] = useState("");
  const [username, setUsername] = useState(again?.accountName ?? "");
  const [password, setPassword] = useState("");
  const formId = useId();
  useEffect(() => () => connections.forgetCalDav(), [connections]);
  const refusal = connections.calDavRefusal.value;
  const reason = Object.keys(words.problems).find((each) => each === refusal?.reason) as
    | keyof typeof words.problems
    | undefined; // Just looked up.
  const isBusy = connections.busy.value === "caldav";
  const isFilled = server.trim() !== "" && username.trim() !== "" && password !== "";
  const choose = (next: Kind) => {
    const isTyped = server !== "" && !Object.values(known).includes(server);
    setKind(next);
    if (!isTyped) setServer(known[next] ?? "");
  };
  const submit = async () => {
    if (!isFilled) return;
    const draft = { server: server.trim(), username: username.trim(), password };
    if (!(await connections.connectCalDav(draft, again?.id ?? null))) {
      const wrong = connections.calDavRefusal.peek()?.reason;
      const at = wrong && wrong in fieldOf ? fieldOf[wrong as keyof typeof fieldOf] : 0; // Just looked up.
      document.querySelectorAll<HTMLInputElement>(`[id="${formId}"] .field input`)[at]?.focus();
      return;
    }
    void setUp.load();
    notices.say(words.connected);
    onClose();
  };
  const isPasswordWrong = reason === "wrong_password";
  const problem = refusal && (reason ? words.problems[reason] : text.errors[refusal.code]);
  const problemId = `${formId}-problem`;
  return (
    <Dialog
      title={again ? words.againTitle(again.accountName) : words.title}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button look="primary" type="submit" form={formId} isBusy={isBusy} isDisabled={!isFilled}>
            {isBusy ? words.connecting : words.connect}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p class="soft">{words.lead}</p>
        <div class="caldav-kinds">
          <Segmented
            label={words.kinds}
            value={kind}
            segments={kinds.map((value) => ({ value, label: words[value].name }))}
            onChange={choose}
          />
        </div>
        <p class="caldav-hint">{words[kind].hint}</p>
        <label class="field">
          <span>{words.server}</span>
          <input
            value={server}
            maxLength={limits.urlChars}
            inputMode="url"
            placeholder={words[kind].server}
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            autoFocus
            aria-invalid={refusal !== null && !isPasswordWrong}
            aria-describedby={problem ? problemId : undefined}
            onInput={(event) => setServer(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{words.username}</span>
          <input
            value={username}
            maxLength={limits.emailChars}
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setUsername(event.currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{words.password}</span>
          <input
            type="password"
            value={password}
            maxLength={limits.passwordChars}
            autocomplete="off"
            aria-invalid={isPasswordWrong}
            aria-describedby={problem ? problemId : undefined}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <span class="field-hint">{words.passwordHint}</span>
        </label>
        <p class="field-problem" id={problemId} role="alert">
          {problem}
        </p>
      </form>
    </Dialog>
  );
}

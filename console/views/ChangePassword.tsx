import type { Desk } from "../models/desk.ts";
import { passwordText } from "../text/passwords.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { NewPasswordField, PasswordField } from "../ui/PasswordField.tsx";

const words = passwordText.change;

/** My password, and the form for another one. */
export function ChangePassword({ desk }: { desk: Desk }) {
  const { signedIn, notices } = desk;
  if (!signedIn.hasPassword.value) {
    return (
      <section class="card">
        <h2>{words.title}</h2>
        <p class="soft small">{words.none}</p>
      </section>
    );
  }
  const { member, workspace } = desk.session.value;
  const isChanging = signedIn.isChanging.value;
  const isBusy = signedIn.isBusy.value;
  const failure = signedIn.changeFailure.value;
  const change = async () => {
    const ended = await signedIn.change();
    if (ended !== null) notices.say(words.done(ended));
  };
  return (
    <section class="card" aria-labelledby="password-title">
      <div class="sign-ins-head">
        <div>
          <h2 id="password-title">{words.title}</h2>
          <p class="soft">{words.lead}</p>
        </div>
        {!isChanging && <Button onClick={signedIn.openChange}>{words.open}</Button>}
      </div>
      {isChanging && (
        <form
          class="form password-change"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void change();
          }}
        >
          {/* For the browser's own store of passwords. */}
          <input type="hidden" name="email" autocomplete="username" value={member.email} />
          <PasswordField
            label={words.current}
            value={signedIn.current.value}
            onInput={signedIn.writeCurrent}
            problem={signedIn.isCurrentWrong.value ? words.wrong : null}
            isFirst
          />
          <NewPasswordField
            label={words.next}
            value={signedIn.next.value}
            onInput={signedIn.writeNext}
            about={[member.email, member.firstName, member.lastName, workspace.name]}
            problem={signedIn.nextProblem.value}
          />
          <p class="field-problem" role="alert">
            {failure && text.errors[failure]}
          </p>
          <div class="password-change-tools">
            <Button look="primary" type="submit" isBusy={isBusy}>
              {isBusy ? words.submitting : words.submit}
            </Button>
            <Button look="quiet" onClick={signedIn.closeChange}>
              {text.common.cancel}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

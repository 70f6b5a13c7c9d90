import type { SsoEntry as Entry } from "../models/sso-entry.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";

/** How the last way through a provider ended, above the form. */
export function SsoEnd({ entry }: { entry: Entry }) {
  const problem = entry.problem.value;
  if (!problem) return null;
  return (
    <p class="sso-end" role="alert">
      {ssoText.problems[problem]}
    </p>
  );
}

/** "Continue with ..." for an address whose company has set it up; nothing for others. */
export function SsoWays({ entry }: { entry: Entry }) {
  const ways = entry.ways.value;
  const refusal = entry.refusal.value;
  if (ways.length === 0) return null;
  return (
    <div class="sso-ways">
      {entry.isOnlyWay.value && <p class="soft small">{ssoText.signIn.only}</p>}
      {ways.map((way) => (
        <Button
          key={way.id}
          look={entry.isOnlyWay.value ? "primary" : "plain"}
          size="large"
          isBusy={entry.isLeaving.value}
          onClick={() => void entry.go(way.id)}
        >
          <span class="cut">{ssoText.signIn.continueWith(way.name)}</span>
        </Button>
      ))}
      {refusal && (
        <p class="sign-in-problem" role="alert">
          {refusal === "unavailable" ? ssoText.problems.unreachable : text.errors[refusal]}
        </p>
      )}
      {!entry.isOnlyWay.value && <p class="sso-or">{ssoText.signIn.or}</p>}
    </div>
  );
}

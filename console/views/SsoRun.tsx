import type { VerifyRun } from "../../shared/protocol/sso-routes.ts";
import { ssoText } from "../text/sso.ts";
import { Icon } from "../ui/Icon.tsx";

const words = ssoText.guide.tryIt;

/** What a try brought back. */
export function SsoRun({ run }: { run: VerifyRun }) {
  const { told, problems } = run;
  const name = told ? [told.firstName, told.lastName].filter(Boolean).join(" ") : "";
  return (
    <div class={problems.length === 0 ? "sso-run sso-run-good" : "sso-run sso-run-bad"} role="status">
      <p class="sso-run-title">
        <Icon name={problems.length === 0 ? "check" : "warning"} />
        {problems.length === 0 ? words.good : words.bad}
      </p>
      {problems.map((problem) => (
        <p key={problem} class="small">
          {ssoText.runProblems[problem]}
        </p>
      ))}
      {told && (
        <dl class="sso-told">
          <dt>{words.email}</dt>
          <dd>
            {told.email ?? words.none}
            {told.isEmailVerified !== null && told.email !== null && (
              <span class="soft small"> {told.isEmailVerified ? words.verified : words.unverified}</span>
            )}
          </dd>
          <dt>{words.name}</dt>
          <dd>{name || words.none}</dd>
          <dt>{words.subject}</dt>
          <dd>{told.subject}</dd>
          <dt>{words.issuer}</dt>
          <dd>{told.issuer}</dd>
        </dl>
      )}
      {told && told.attributes.length > 0 && (
        <details class="sso-more">
          <summary>{words.more}</summary>
          <dl class="sso-told">
            {told.attributes.flatMap(({ name: attribute, values }) => [
              <dt key={`${attribute} name`}>{attribute}</dt>,
              <dd key={attribute}>{values.join(", ")}</dd>,
            ])}
          </dl>
        </details>
      )}
    </div>
  );
}

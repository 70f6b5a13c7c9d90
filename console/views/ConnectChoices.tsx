import { useState } from "preact/hooks";
import type { OAuthProvider } from "../../shared/model/connections.ts";
import type { Desk } from "../models/desk.ts";
import { pathOf } from "../models/place.ts";
import { connectionsText } from "../text/connections.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { ProviderMark } from "../ui/ProviderMark.tsx";
import { CalDavDialog } from "./CalDavDialog.tsx";
import { WaitBegin } from "./WaitCard.tsx";

const words = connectionsText.calendars;
const integrations = { page: "settings", conversationId: null, section: "integrations" } as const;

/** The ways to connect a calendar; where a provider is not set up yet, who can do that. */
export function ConnectChoices({ desk, isFirst }: { desk: Desk; isFirst: boolean }) {
  const { connections } = desk;
  const [isAsking, setAsking] = useState(false);
  return (
    <section class="card">
      <h2>{isFirst ? words.add : words.addMore}</h2>
      <Problem code={connections.connectRefusal.value} />
      <ul class="connect-list">
        <OAuthChoice desk={desk} provider="google" />
        <OAuthChoice desk={desk} provider="microsoft" />
        <li>
          <button type="button" class="connect-choice" onClick={() => setAsking(true)}>
            <ProviderMark of="caldav" />
            <span class="connect-words">
              <span class="strong">{words.caldav.title}</span>
              <span class="soft small">{words.caldav.hint}</span>
            </span>
            <span class="connect-go">
              <Icon name="next" size={16} />
            </span>
          </button>
        </li>
      </ul>
      {connections.isSetUp("microsoft") && <WaitBegin desk={desk} provider="microsoft" />}
      {isAsking && <CalDavDialog desk={desk} again={null} onClose={() => setAsking(false)} />}
    </section>
  );
}

function OAuthChoice({ desk, provider }: { desk: Desk; provider: "google" | "microsoft" }) {
  const { connections } = desk;
  if (!connections.isSetUp(provider)) {
    return (
      <li class="connect-choice connect-closed">
        <ProviderMark of={provider} />
        <span class="connect-words">
          <span class="strong">{words[provider].title}</span>
          <SetUpFirst desk={desk} provider={provider} />
        </span>
      </li>
    );
  }
  const isGoing = connections.busy.value === provider;
  return (
    <li>
      <button
        type="button"
        class="connect-choice"
        aria-busy={isGoing || undefined}
        onClick={() => void connections.begin(provider, null, "/console/me/calendars")}
      >
        <ProviderMark of={provider} />
        <span class="connect-words">
          <span class="strong">{words[provider].title}</span>
          <span class="soft small">{isGoing ? words.going : words[provider].hint}</span>
        </span>
        <span class="connect-go">
          <Icon name="next" size={16} />
        </span>
      </button>
    </li>
  );
}

const registrations: Record<OAuthProvider, string> = {
  google: "Google",
  microsoft: "Microsoft",
  zoom: "Zoom",
};

/** A provider that nobody has registered at: admins go there, others can ask them. */
export function SetUpFirst({ desk, provider }: { desk: Desk; provider: OAuthProvider }) {
  const name = registrations[provider];
  if (desk.session.value.member.role === "admin") {
    return (
      <a
        class="small"
        href={pathOf(integrations)}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          desk.integrations.show(provider);
          desk.places.go(integrations);
        }}
      >
        {words.setUpFirst(name)}
      </a>
    );
  }
  return (
    <span class="connect-ask">
      <span class="soft small">{words.notSetUp(name)}</span>
      <CopyButton
        label={words.copyForAdmin}
        copied={words.copied}
        value={`${location.origin}${pathOf(integrations)}`}
      />
    </span>
  );
}
